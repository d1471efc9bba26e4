# SPDX-License-Identifier: Apache-2.0
"""Boots a built system for a test and gives its transcript.

    result = boot("hello")                  # build/x86/partitions/hello, counted instructions
    result = boot("hello", arch="aarch64")  # build/aarch64/partitions/hello
    result = boot(path, icount=False, smp=2, cpu="max", timeout=30)
    result.text, result.lines, result.rc, result.halted

The run ends by itself or at the limit (rc None). A failed test shows the command of each run.
"""
import dataclasses
import os
import pathlib
import sys
import uuid

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "user"))
from prtos import machine as qemu  # noqa: E402

# Of x86; the other architectures' stand beside it.
BUILD = ROOT / os.environ.get("PRTOS_BUILD", "build/x86")
ARCHS = os.environ.get("ARCHS", " ".join(qemu.BOARDS)).split()
CODE = slice(0x1000, 0x8000)  # of the core's file: enough to tell it from any other
LOADED = {"x86": (0xFC000000, 0x1000000), "aarch64": (0x40100000,)}  # linked, and before paging
RUNS: list = []  # results of the running test

# For a test that runs on every architecture; it hands `arch` to build() and boot().
both = pytest.mark.parametrize("arch", ARCHS)


def build_folder(arch: str, llvm: bool = False) -> pathlib.Path:
    """Where everything for an architecture was built; `llvm`: by clang."""
    return BUILD.with_name(BUILD.name.replace("x86", arch) + ("-llvm" if llvm else ""))


def system_folder(name: str, arch: str = "x86") -> pathlib.Path:
    """Where the system partitions/<name> was built."""
    return build_folder(arch) / "partitions" / name


def make_machine(target, icount: bool = True, arch: str = "x86", **fields) -> qemu.Machine:
    """`target`: name of a system, folder of a built one, or a file to boot."""
    target = pathlib.Path(target)
    if not target.is_absolute() and len(target.parts) == 1:
        target = system_folder(str(target), arch)
    image = qemu.find_image(target, fields.get("iso", False))
    words = qemu.system_arguments(target) if target.is_dir() else []
    given, extra = qemu.split_machine_words(words)
    if os.path.abspath(image).startswith(str(ROOT) + os.sep):
        image = pathlib.Path(os.path.relpath(image))
    given["icount"] = icount
    machine = qemu.Machine(image, extra=extra, **given)
    more = fields.pop("extra", [])
    return dataclasses.replace(machine, extra=extra + list(more), **fields)


def coverage_words(machine: qemu.Machine) -> list:
    """PRTOS_COVERAGE=plugin:folder: words that have the run write which instructions of the core it
    executed, if what boots is the core of the build folder (tests/coverage)."""
    if not (wanted := os.environ.get("PRTOS_COVERAGE")):
        return []
    plugin, folder = wanted.split(":")
    core = (build_folder(machine.board.arch) / "prtos_core.bin").read_bytes()
    if core[CODE] not in machine.image.read_bytes():
        return []
    first = LOADED[machine.board.arch]
    ranges = ",".join(f"low={at:x},high={at + len(core):x}" for at in first)
    return ["-plugin", f"{plugin},out={folder}/{uuid.uuid4().hex},{ranges}"]


def boot(target, icount: bool = True, timeout: float = 60, halted: bool = True, **fields):
    """Runs to the end. `halted`: demand that the core ended it in the normal way.
    Fields: arch (for a name), iso, smp, cpu, memory, extra (words for QEMU)."""
    machine = make_machine(target, icount, **fields)
    machine = dataclasses.replace(machine, extra=machine.extra + coverage_words(machine))
    result = qemu.run(machine, timeout)
    RUNS.append(result)
    if halted and not result.halted:
        how = f"no end within {timeout} s" if result.rc is None else f"QEMU's exit code {result.rc}"
        raise AssertionError(f"the run did not end by a normal halt: {how}")
    return result


def boot_screen(target, timeout: float = 60, until=None, **fields) -> list:
    """Boots with a VGA card: the 25 lines of its text when the machine has powered itself off, or
    as soon as until(lines) is true."""
    machine = make_machine(target, fields.pop("icount", False), **fields)
    return qemu.run_screen(machine, timeout, until)
