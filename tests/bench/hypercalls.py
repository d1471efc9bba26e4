# SPDX-License-Identifier: Apache-2.0
"""A figure for each hypercall, and for each operation and command of the objects, as core/abi describes them:
valid, and refused where a refusal is described. A new one without a row in tests/bench/hypercalls is MISSING."""
import pathlib
import tomllib

import lab
from figures import Bench, Figure, guarded

ABI = pathlib.Path(__file__).resolve().parents[2] / "core" / "abi"
OPERATIONS = {"read": 11, "write": 12, "seek": 13, "ctrl": 14}
# Calls that do not come back as others do: (begin, end), points of the program and functions of the core.
SLEEPING = ("idle_self", "wait_irq")
TAKEN = {"iret": "", "raise_partition_trap": "undefined"}  # lead elsewhere; behind which point they are meant
ENDING = {"halt_system": "arch_power_off"}
RESTARTING = ("reset_system",)  # measured with the boot


def described(name: str) -> dict:
    return tomllib.loads((ABI / f"{name}.toml").read_text())


def rows(arch: str) -> list:
    """(key in the program, name, can it be refused?) of everything that is described."""
    found = []
    for call in described("hypercalls")["call"]:
        if arch in call.get("arch", [arch]) and "state" not in call and call["nr"] not in OPERATIONS.values():
            found.append((str(call["nr"]), call["name"], "codes" in call))
    for one in described("objects")["class"]:
        if "state" in one:
            continue
        for operation in one["ops"]:
            key = f"{OPERATIONS[operation]}.{one['nr']}"
            name = f"{operation}_object {one['name']}"
            if operation != "ctrl":
                found.append((key, name, operation in one.get("codes", {})))
                continue
            for command in one["command"]:
                found.append((f"{key}.{command['nr']}", f"{name} {command['name']}", "codes" in command))
    return found


def points(run: lab.Run, begin: str, end: str) -> list:
    """Instructions from each `begin` to the next `end`."""
    found, since = [], None
    for count, _, kind in run.events:
        if kind == begin:
            since = count
        elif kind == end and since is not None:
            found.append(count - since)
            since = None
    return found


def taken(run: lab.Run, name: str, behind: str) -> list:
    """Instructions of the core in each entry in which it made this call, the first one behind the point."""
    found, entered, here, meant = [], None, False, not behind
    for count, _, kind in run.events:
        if kind == behind:
            meant = True
        elif kind == "core":
            entered, here = count, False
        elif kind == f"hc_{name}":
            here = meant
        elif isinstance(kind, int) and here:
            found.append(count - entered)
            here, meant = False, not behind
    return found


def probed(bench: Bench, system: lab.System) -> lab.Run:
    address, core = system.programs["caller"].address, system.core.address
    names = ("arch_idle", *ENDING.values(), *(f"hc_{name}" for name in TAKEN))
    marks = {name: core[name] for name in names if name in core}
    marks |= {name: address[f"bench_at_{name}"] for name in (*SLEEPING, *ENDING, "undefined")}
    return lab.run(system, bench.probe(marks=marks))


def samples(bench: Bench, run: lab.Run, name: str, series: str) -> list:
    """Of a call in the table of the program, or by the plugin."""
    if name.endswith(" valid"):
        name = name.removesuffix(" valid")
        if name in SLEEPING:
            return points(run, name, "arch_idle")
        if name in ENDING:
            return points(run, name, ENDING[name])
        if name in TAKEN:
            return taken(run, name, TAKEN[name])
    owner = "caller" if series in run.series["caller"] and run.series["caller"][series] else "other"
    return run.samples(owner, series)


def measure_hypercalls(bench: Bench) -> list:
    system = bench.system("hypercalls")
    run = probed(bench, system) if bench.plugin else lab.run(system)
    found = []
    for key, name, refusable in rows(bench.arch):
        if name not in RESTARTING:
            found.append((key, f"{name} valid"))
        if refusable:
            found.append((key, f"{name} refused"))
    figures = []
    for key, name in found:
        text = name.replace(" valid", "").replace(" refused", ", refused")
        series = f"{key} {name.rsplit(' ', 1)[1]}"
        figure = Figure(name.replace(" ", ":"), text, [], None)
        figures.append(guarded(figure, lambda n=name, s=series: samples(bench, run, n, s)))
    failed = [len(run.series[program].get("failed", [])) for program in run.series]
    return figures + [Figure("failed", "calls with another result than expected", [sum(failed)], 0, "calls")]
