# SPDX-License-Identifier: Apache-2.0
"""A project folder in a copy of user/bail/examples/, as a user of the tree has one."""
import os
import pathlib
import shutil
import subprocess

import boot

ROOT = boot.ROOT
BUILD = boot.BUILD
INCLUDE = BUILD / "include"
GUEST = pathlib.Path(__file__).resolve().parent / "guest"
COMMON = ["-ffreestanding", "-nostdinc", "-fno-builtin", "-Wall", "-Werror"]
FLAGS = ["-m32", "-march=i686", "-mno-sse", "-Dx86", *COMMON]
ARM_FLAGS = ["-march=armv8-a", "-mstrict-align", "-fsigned-char", "-Daarch64", *COMMON]
ARM_COMPILERS = {"gcc": ["aarch64-linux-gnu-gcc"], "clang": ["clang", "--target=aarch64-linux-gnu"]}
FORCED = ["-include", "prtos_inc/config.h", "-include", "prtos_inc/arch/arch_types.h"]


def mirror(folder: pathlib.Path) -> pathlib.Path:
    """The tree's shape below `folder`: user/bail is a copy, the rest is the tree itself. Gives the
    folder examples/."""
    (folder / "user").mkdir(parents=True)
    for name in ("core", "build"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "user" / "bin").symlink_to(ROOT / "user" / "bin")
    shutil.copytree(ROOT / "user" / "bail", folder / "user" / "bail")
    return folder / "user" / "bail" / "examples"


def make(folder: pathlib.Path, *words: str, ok=True, arch="x86") -> subprocess.CompletedProcess:
    """make in a project folder, with no variable of an outer make."""
    drop = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "ARCH")
    env = {key: value for key, value in os.environ.items() if key not in drop}
    done = subprocess.run(
        ["make", f"PRTOS_BUILD={boot.build_folder(arch)}", f"ARCH={arch}", *words],
        cwd=folder, env=env, capture_output=True, text=True,
    )
    assert (done.returncode == 0) == ok, done.stdout + done.stderr
    return done


def compile_guest(source: str, output: pathlib.Path, *words: str, cc="gcc", arch="x86"):
    """Compiles C text as a partition; the process tells how it went."""
    command = [cc, *FLAGS] if arch == "x86" else [*ARM_COMPILERS[cc], *ARM_FLAGS]
    include = boot.build_folder(arch) / "include"
    return subprocess.run(
        [*command, "-I", str(include), *FORCED, *words, "-x", "c", "-", "-o", str(output)],
        input=source, capture_output=True, text=True,
    )
