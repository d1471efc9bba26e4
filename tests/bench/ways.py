# SPDX-License-Identifier: Apache-2.0
"""The longest pieces of the core with interrupts off, by the way into it, over systems that together
make every call with every result. bench.py calls measure() and writes what comes back."""
import dataclasses
import os
import pathlib
import sys

import figures
import lab

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOAL = 800
COMMON = ("tests/system/conform", "tests/hostile/pointers", "tests/hostile/fuzz")
TESTS = {
    "x86": (*COMMON, "tests/system/start", "tests/system/restart", "tests/hostile/attacks"),
    "aarch64": (*COMMON, "tests/system/stage1", "tests/hostile/reload"),
}
WORKED = ("health", "flagship", "fpu", "memprot")
AUDITED = "trace"  # of partitions/: all its audit modules are on
# A system that ends has no next slot.
LAST = ("core:hc_reset_system", "core:hc_halt_system")


@dataclasses.dataclass
class Way:
    """`trail`: (instructions since the beginning, function)."""

    name: str
    length: int
    system: str
    trail: list


def test_folder(bench: figures.Bench, source: str) -> pathlib.Path:
    os.environ["PRTOS_BUILD"] = str(bench.build.with_name("x86"))
    sys.path.append(str(ROOT / "tests" / "lib"))
    import guests  # which reads the variable

    return guests.build(source, arch=bench.arch)


def folders(bench: figures.Bench) -> dict:
    """System: its built folder."""
    found = {source: test_folder(bench, source) for source in TESTS[bench.arch]}
    for name in WORKED:
        found[f"partitions/{name}"] = bench.build / "partitions" / name
    return found


def pieces(bench: figures.Bench, system: lab.System) -> list:
    probe = bench.probe(stretches=True, limit=0, partial=True)
    return lab.run(system, probe, limit=90).stretches


def measure(bench: figures.Bench) -> tuple:
    """(two figures, the ways: longest first)."""
    figure = figures.Figure("stretch", "longest piece of the core with interrupts off", [], GOAL)
    audited = figures.Figure("audited", "the same with every audit module on, for what it tells", [], None)
    try:
        systems = {}
        if bench.arch == "x86":
            systems["tests/bench/slots"] = bench.system("slots")
        for name, folder in folders(bench).items():
            systems[name] = lab.System(bench.build, folder, [])
        longest = {}
        for name, system in systems.items():
            for length, way, trail in pieces(bench, system):
                if way not in LAST and (way not in longest or length > longest[way].length):
                    longest[way] = Way(way, length, name, trail)
        ways = sorted(longest.values(), key=lambda way: (-way.length, way.name))
        figure.samples = [way.length for way in ways]
        figure.text += f" ({ways[0].name})"
        folder = bench.build / "partitions" / AUDITED
        audit = pieces(bench, lab.System(bench.build, folder, []))
        audited.samples = [length for length, way, _ in audit if way not in LAST]
        return [figure, audited], ways
    except lab.Unmeasured as error:
        figure.missing = audited.missing = str(error)
        return [figure, audited], []


def markdown(ways: list) -> str:
    lines = ["| way into the core | longest piece | seen in |", "| --- | ---: | --- |"]
    for way in ways:
        lines.append(f"| `{way.name.removeprefix('core:')}` | {way.length} | `{way.system}` |")
    return "\n".join(lines) + "\n"
