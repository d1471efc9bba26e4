# SPDX-License-Identifier: Apache-2.0
"""Cores with a fault, for tests of the tests: text of a source is replaced in a copy of core/, the
copy is built, and systems are packed with what came out. The tree itself is never touched.

    faulty = core("x86", [("core/kernel/sched.c", "IDLE_PIECE 1500u", "IDLE_PIECE 0u")])
    system = packed(folder, faulty, "late", {0: "a.pef", 1: "b.pef"})   # the built system of folder
"""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil

from boot import ROOT
from guests import built, run, tool

PLACE = ROOT / "build" / "mutants"


def sync(source: pathlib.Path, target: pathlib.Path) -> None:
    """A file that is as it was keeps its time, so that only what changed is built again."""
    files = {path.relative_to(source): path for path in source.rglob("*") if path.is_file()}
    for name, path in files.items():
        copy = target / name
        if not copy.exists() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    for copy in [path for path in target.rglob("*") if path.is_file()]:
        if copy.relative_to(target) not in files:
            copy.unlink()


def tree() -> pathlib.Path:
    """The sources, core/ as a copy and all else by links."""
    place = PLACE / "tree"
    place.mkdir(parents=True, exist_ok=True)
    for name in ("Makefile", "config", "scripts", "tests", "user", "partitions", "documentation"):
        with contextlib.suppress(FileExistsError):
            (place / name).symlink_to(ROOT / name)
    sync(ROOT / "core", place / "core")
    return place


def replaced(text: str, old: str, new: str, name: str) -> str:
    assert text.count(old) == 1, f"{name}: {text.count(old)} times, not once:\n{old}"
    return text.replace(old, new)


def core(arch: str, changes: list) -> pathlib.Path:
    """Folder with prtos_core and prtos_core.pef of a core with [(file, text, instead)]."""
    stamp = hashlib.sha256(repr(changes).encode())
    for path in sorted((ROOT / "core").rglob("*")):
        if path.is_file():
            stamp.update(path.read_bytes())
    PLACE.mkdir(parents=True, exist_ok=True)
    out = PLACE / arch / hashlib.sha256(repr(changes).encode()).hexdigest()[:12]

    def make():
        with open(PLACE / "lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place, common = tree(), PLACE / arch / "all"
            for name, old, new in changes:
                path = place / name
                path.write_text(replaced(path.read_text(), old, new, name))
            words = ["make", "-s", "-C", place, f"ARCH={arch}", f"O={common}", "DEPS=no", "CORE_WARN=-w"]
            try:
                run([*words, common / "prtos_core"], env={**os.environ, "MAKEFLAGS": ""})
            finally:
                sync(ROOT / "core", place / "core")
            shutil.copy(common / "prtos_core", out)
        tool("prtoseformat", "build", "-o", "prtos_core.pef", "prtos_core", cwd=out)

    return built(out, stamp.hexdigest(), make)


def packed(system: pathlib.Path, faulty: pathlib.Path, name: str, programs: dict) -> pathlib.Path:
    """The programs {id: file} and the configuration of a built system around another core."""
    target = system.with_name(f"{system.name}-{name}")
    stamp = (system / "stamp").read_text() + (faulty / "stamp").read_text()

    def make():
        conf = "prtos_cf.pef.prtos_conf"
        for file in {*programs.values(), conf}:
            shutil.copy(system / file, target / file)
        words = ["build", "-h", f"{faulty}/prtos_core.pef:{conf}"]
        for number, file in programs.items():
            words += ["-p", f"{number}:{file}"]
        tool("prtospack", *words, "container.bin", cwd=target)
        tool("rswbuild", "container.bin", "resident_sw", cwd=target)

    return built(target, hashlib.sha256(stamp.encode()).hexdigest(), make)
