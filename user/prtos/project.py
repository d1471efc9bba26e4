# SPDX-License-Identifier: Apache-2.0
"""A project: a folder with a system file, sources and a Makefile after the pattern of
partitions/hello. Builds it by make, shows what goes on, and if a step fails its message first."""
import argparse
import os
import pathlib
import re
import select
import signal
import subprocess
import sys

from prtos import boards, model, paths
from prtos.terminal import Progress, Refused

SYSTEM_FILES = ("system.xml", "prtos_cf.xml", "prtos_cf.{arch}.xml")
IMAGE = "resident_sw"
NO_MAKE = "make is missing: apt-get install make"
STEP_FAILED = re.compile(rb"^make(?:\[\d+\])?: \*\*\* \[(?:.*: )?(.*)\] .*\n?", re.M)
GROUP = re.compile(rb"^make(?:\[\d+\])?: (?:Entering|Leaving) directory .*\n", re.M)
NOISE = re.compile(rb"^make(?:\[\d+\])?: \*\*\* Waiting.*\n?", re.M)
TREE_SYSTEM = paths.ROOT / "partitions"


def find(folder: pathlib.Path) -> pathlib.Path:
    """The folder of a project, or Refused."""
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder")
    if not (folder / "Makefile").is_file():
        raise Refused(f"{folder}: has no Makefile; `prtos new NAME` makes a project to start from")
    return folder.resolve()


def system_file(folder: pathlib.Path, arch: str) -> pathlib.Path | None:
    """The system description of a project for an architecture."""
    paths_there = (folder / name.format(arch=arch) for name in SYSTEM_FILES)
    return next((path for path in paths_there if path.is_file()), None)


def target(folder: pathlib.Path, options) -> tuple:
    """(architecture, platform or None) that a project is built for: its make rules know."""
    words = ["make", "-s", "-C", str(folder), "show-platform", *build_words(options)]
    try:
        done = subprocess.run(
            words, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise Refused(NO_MAKE) from error
    found = done.stdout.split()
    if done.returncode or len(found) != 2 or found[0] not in boards.BOARDS:
        return "x86", options.platform
    return tuple(found)


def processors(folder: pathlib.Path, options) -> int:
    """How many the system of a project needs."""
    arch, platform = target(folder, options)
    path = system_file(folder, arch)
    words = argparse.Namespace(platform=platform, include=[])
    found = path and model.read(path, words).model
    return max(1, len(found["processors"])) if found else 1


def environment() -> dict:
    """For make: no variable of an outer make, messages that can be told apart, this PRTOS."""
    drop = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "MAKEFILES")
    env = {key: value for key, value in os.environ.items() if key not in drop}
    return env | {"LC_ALL": "C.UTF-8", "BAIL_PATH": str(paths.BAIL), "PRTOS_PATH": str(paths.ROOT)}


def watch(command: list, folder: pathlib.Path, progress: Progress) -> tuple:
    """Runs a command of a build: (exit code, all that it said). It is ended if we are."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    said, detail = bytearray(), ""
    try:
        while True:
            if select.select([process.stdout], [], [], 0.1)[0]:
                data = os.read(process.stdout.fileno(), 65536)
                if not data:
                    break
                said += data
                lines = GROUP.sub(b"", data).decode("utf-8", "replace").split("\n")
                detail = next((line for line in reversed(lines) if line.strip()), detail)
            progress.tick(detail.strip())
        return process.wait(), bytes(said)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        process.stdout.close()
        progress.clear()


def failure(said: bytes) -> tuple:
    """Of what make said: (message of the step that failed, what it was making, everything else).
    make -w -O puts each step between lines of its own; a fault of the Makefile itself is no step."""
    parts = [NOISE.sub(b"", part) for part in GROUP.split(said)]
    for part in parts:
        found = STEP_FAILED.search(part)
        if found:
            others = b"".join(other for other in parts if other is not part)
            message = STEP_FAILED.sub(b"", part)
            return message, found[1].decode("utf-8", "replace"), STEP_FAILED.sub(b"", others)
    return b"".join(parts), "", b""


def write(data: bytes) -> None:
    sys.stderr.flush()
    sys.stderr.buffer.write(data)
    sys.stderr.buffer.flush()


def make(words: list, folder: pathlib.Path, name: str, progress: Progress) -> bytes:
    """One step: make in a folder; what it said, or Refused."""
    progress.step(name)
    jobs = f"-j{os.cpu_count() or 1}"
    command = ["make", "-s", "-w", "-Otarget", jobs, "-C", str(folder), *words]
    try:
        code, said = watch(command, folder, progress)
    except FileNotFoundError as error:
        raise Refused(NO_MAKE) from error
    if code == 0:
        return said
    message, what, others = failure(said)
    write(message.strip() + b"\n")
    if others.strip():
        write(b"\nother messages of the build:\n" + others.strip() + b"\n")
    raise Refused(f"{name} failed{f' at {what}' if what else ''}, see above")


def build_words(options) -> list:
    """Variables of rules.mk that the options set. A board's own file is named from where we are."""
    name = options.platform
    if name and "/" in name:
        name = os.path.abspath(name)
    return [f"PRTOS_PLATFORM={name}"] if name else []


def build(folder: pathlib.Path, options) -> pathlib.Path:
    """Builds a project; the bootable file."""
    folder = find(folder)
    progress = Progress()
    arch, platform = target(folder, options)
    build_folder = paths.build(arch)
    if paths.IN_TREE:
        words = ["DEPS=no", "V=0", f"ARCH={arch}", f"O={os.path.relpath(build_folder, paths.ROOT)}"]
        if folder.parent == TREE_SYSTEM and platform == boards.BOARDS[arch].platform:
            # A system of the tree is built outside of its sources, as `make systems` does.
            image = build_folder / "partitions" / folder.name / IMAGE
            words.append(os.path.relpath(image, paths.ROOT))
            make(words, paths.ROOT, f"building {folder.name}", progress)
            return image
        words += ["tools", "abi", "core"]
        make(words, paths.ROOT, "building tools, libraries, core", progress)
    words = ["all", f"ARCH={arch}", f"PRTOS_BUILD={build_folder}", *build_words(options)]
    said = make(words, folder, f"building {folder.name}", progress)
    show_warnings(said)
    return folder / IMAGE


def show_warnings(said: bytes) -> None:
    """Steps that warned, as they are."""
    for part in GROUP.split(said):
        if b"warning:" in part:
            write(part)
