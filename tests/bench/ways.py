# SPDX-License-Identifier: Apache-2.0
"""The longest pieces of the core with interrupts off, by the way into it, over systems that together
make every call with every result. bench.py calls measure() and writes what comes back."""
import dataclasses
import os
import pathlib
import sys

import figures
import lab
import table

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOAL = 800
COMMON = ("tests/system/conform", "tests/hostile/pointers", "tests/hostile/fuzz")
TESTS = {
    "x86": (*COMMON, "tests/system/start", "tests/system/restart", "tests/hostile/attacks"),
    "aarch64": (*COMMON, "tests/system/stage1", "tests/hostile/reload"),
}
# Random calls with arguments that a model of the contract knows to be good and bad.
ORACLE = ("tests/hostile/oracle", "oracle-ways", "-DCALLS=12000 -DSEED=20261121u -DREPORTS=10u")
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


def test_folder(bench: figures.Bench, source: str, name: str = "", flags: str = "") -> pathlib.Path:
    os.environ["PRTOS_BUILD"] = str(bench.build.with_name("x86"))
    sys.path.append(str(ROOT / "tests" / "lib"))
    import guests  # which reads the variable

    return guests.build(source, name, flags, arch=bench.arch)


def folders(bench: figures.Bench) -> dict:
    """System: its built folder."""
    found = {source: test_folder(bench, source) for source in TESTS[bench.arch]}
    found[ORACLE[0]] = test_folder(bench, *ORACLE)
    for name in WORKED:
        found[f"partitions/{name}"] = bench.build / "partitions" / name
    return found


def judged(bench: figures.Bench, system: lab.System) -> lab.Run:
    return lab.run(system, bench.probe(stretches=True, limit=0, partial=True), limit=90)


def longest_ways(bench: figures.Bench) -> tuple:
    """(pieces, whole calls): of each way into the core the longest, longest first."""
    systems = {"tests/bench/slots": bench.system("slots")}
    for name, folder in folders(bench).items():
        systems[name] = lab.System(bench.build, folder, [])
    pieces: dict = {}
    calls: dict = {}
    for name, system in systems.items():
        run = judged(bench, system)
        for length, way, trail in run.stretches:
            if way not in LAST and (way not in pieces or length > pieces[way].length):
                pieces[way] = Way(way, length, name, trail)
        for way, length in run.calls.items():
            if way.startswith("core:hc_") and (way not in calls or length > calls[way].length):
                calls[way] = Way(way, length, name, [])
    return tuple(sorted(found.values(), key=lambda way: (-way.length, way.name)) for found in (pieces, calls))


def measure_ways(bench: figures.Bench) -> list:
    """One figure for each way and each whole call, and what the audit makes of the longest."""
    audited = figures.Figure("audited", "the longest with every audit module on, for what it tells", [], None)
    try:
        pieces, calls = longest_ways(bench)
        run = judged(bench, lab.System(bench.build, bench.build / "partitions" / AUDITED, []))
        audited.samples = [max(length for length, way, _ in run.stretches if way not in LAST)]
    except lab.Unmeasured as error:
        audited.missing = str(error)
        return [audited]
    found = [figures.Figure("longest", "the longest of all", [pieces[0].length], GOAL)]
    for way in pieces:
        name = way.name.removeprefix("core:")
        found.append(figures.Figure(name, f"`{name}`", [way.length], GOAL, note=f"in `{way.system}`"))
    for way in calls:
        name = way.name.removeprefix("core:")
        text = f"`{name}`, a whole call"
        # Whether an interrupt comes into a call of several pieces, any change may decide.
        note = table.SAMPLED if way.length > GOAL else f"in `{way.system}`"
        found.append(figures.Figure(f"call:{name}", text, [way.length], None, note=note))
    write_trails(bench.build / "bench" / "stretches.txt", pieces)
    return found + [audited]


def write_trails(path: pathlib.Path, ways: list) -> None:
    """What each passed through, for whoever wants to shorten it."""
    lines = ["# Longest pieces with interrupts off, by what was called: function@instructions since"]
    for way in ways:
        lines += [f"\n{way.length} {way.name} in {way.system}"]
        lines += [f"  {offset:6} {function}" for offset, function in way.trail]
    path.write_text("\n".join(lines) + "\n")
