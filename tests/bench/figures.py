# SPDX-License-Identifier: Apache-2.0
"""The figures: which system gives each, how it is read from a run, what our goal is. bench.py calls
measure() of each group and prints what comes back; nothing here writes files."""
import dataclasses
import functools
import pathlib
import re
import subprocess

import lab
import table

NO_PLUGIN = "skipped: the QEMU plugin was not built"
PROGRAMS = {
    "calls": ["writer", "reader"],
    "hypercalls": ["caller", "other"],
    "switch": ["first", "second", "sleeper"],
    "timer": ["timer"],
    "growth": ["measured"],
    "events": ["boss", "pair", "victim"],
    "cross": ["sender", "listener"],
    "lines": ["owner"],
    "slots": ["observer", "neighbour"],
    "rtos": ["checked", "trusted"],
}


@dataclasses.dataclass
class Figure:
    """One row. `samples`: the worst counts; `goal` None: for information."""

    key: str
    text: str
    samples: list
    goal: int | None
    unit: str = "instr."
    missing: str = ""  # why it could not be measured
    note: str = ""
    profile: tuple = ()  # (system, program, begin point or "timer", end point or None)

    @property
    def value(self) -> int:
        return max(self.samples)

    @property
    def verdict(self) -> str:
        # What this core or this machine cannot do is no failure of the measurement.
        if self.missing:
            first = self.missing.split(":")[0]
            return first if first in ("absent", "skipped") else "MISSING"
        if self.goal is None:
            return "-"
        return "ok" if self.value <= self.goal else "OVER"

    @property
    def spread(self) -> str:
        if len(self.samples) < 2:
            return ""
        values = [min(self.samples), table.rank(self.samples, 0.5), table.rank(self.samples, 0.999)]
        return " / ".join(map(str, values)) + f"  n={len(self.samples)}"


@dataclasses.dataclass
class Bench:
    """What all groups share."""

    build: pathlib.Path
    plugin: pathlib.Path | None

    @functools.cached_property
    def arch(self) -> str:
        return self.system("calls").arch

    def goal(self, key: str, goal):
        """That of the architecture, where it has its own."""
        return GOALS.get(self.arch, {}).get(key, goal)

    def system(self, name: str) -> lab.System:
        return lab.System(self.build, self.build / "bench" / name, PROGRAMS[name])

    def probe(self, **fields) -> lab.Probe:
        if not self.plugin:
            raise lab.Unmeasured(NO_PLUGIN)
        return lab.Probe(self.plugin, **fields)


def guarded(figure: Figure, take) -> Figure:
    """`take()` gives the samples."""
    try:
        figure.samples = take()
        if not figure.samples:
            raise lab.Unmeasured("no samples")
    except (lab.Unmeasured, KeyError) as error:
        figure.missing = str(error)
    return figure


# key, text, program, series, goal, point of the profile
CALLS = (
    ("get_time_hw", "get_time, hardware clock", "writer", "get_time hw", 60, ""),
    ("get_time_exec", "get_time, execution clock", "writer", "get_time exec", 60, ""),
    ("hw_cli", "hw_cli", "writer", "hw_cli", None, ""),
    ("hw_sti", "hw_sti, nothing pending", "writer", "hw_sti", None, ""),
    ("set_irqmask", "set_irqmask, extended", "writer", "set_irqmask", None, ""),
    ("clear_irqmask", "clear_irqmask, extended", "writer", "clear_irqmask", None, ""),
    ("hypercall", "hypercall that does nothing (get_vcpuid)", "writer", "get_vcpuid", 70, "vcpuid"),
    ("sampling_write", "sampling write, 64 bytes", "writer", "sampling write small", 230, "sampling_write"),
    ("sampling_read", "sampling read, 64 bytes", "reader", "sampling read small", 230, "sampling_read"),
    ("queuing_send", "queuing send, 64 bytes", "writer", "queuing send small", 220, "queuing_send"),
    ("queuing_receive", "queuing receive, 64 bytes", "reader", "queuing receive small", 220, "queuing_receive"),
    ("exception", "a fault, PROPAGATE, handler, back", "writer", "divide", 350, "divide"),
    ("exception_opcode", "invalid opcode, the same way", "writer", "opcode", 350, "divide"),
    ("console", "console line of 64 bytes (write_console)", "writer", "console 64", 1500, "console"),
    ("printf", "printf of a line of 64 bytes", "writer", "printf 64", None, ""),
)
# Where they differ from those of x86 beside the figures.
GOALS = {
    "aarch64": {
        "hypercall": 90, "sampling_write": 250, "sampling_read": 250, "exception": None,
        "exception_opcode": None, "switch_1": 400, "switch_2": 180, "switch_4": 180, "switch_last": 400,
    },
}  # fmt: skip
DIRECTIONS = (
    ("sampling write", "writer"),
    ("sampling read", "reader"),
    ("queuing send", "writer"),
    ("queuing receive", "reader"),
)
# Slopes, from the shortest message. The step over the end of the first piece (2 KB, design.md) holds the
# whole cost of letting interrupts in; it is shown for itself and belongs to no slope.
STEPS = ((64, 1064, 300), (64, 4096, 300), (64, 65536, 300), (1064, 2064, None))


def measure_calls(bench: Bench) -> list:
    system = bench.system("calls")
    run = lab.run(system)
    figures = []
    for key, text, program, series, goal, point in CALLS:
        path = ("calls", program, f"{point}_begin", f"{point}_end") if point else ()
        figure = Figure(key, text, [], bench.goal(key, goal), profile=path)
        figures.append(guarded(figure, lambda p=program, s=series: run.samples(p, s)))
    for name, program in DIRECTIONS:
        for low, high, goal in STEPS:
            figures.append(measure_step(run, name, program, low, high, goal))
    failed = Figure("calls_failed", "calls with another result than expected", [], 0, "calls")
    series = [run.series[p].get("failed", []) for p in run.series]
    failed.samples = [sum(len(one) for one in series)]
    figures.append(failed)
    figures.append(guarded(Figure("traps", "ways into the core in 6 calls without a trap", [], 0, "traps"),
                           lambda: count_traps(bench, system)))
    return figures


def measure_ports(bench: Bench) -> list:
    """Each direction over the sizes of message that the programs know."""
    run = lab.run(bench.system("calls"))
    figures = []
    for name, program in DIRECTIONS:
        sizes = [int(one.rsplit(" ", 1)[1]) for one in run.series[program] if re.fullmatch(rf"{name} \d+", one)]
        for size in sorted(sizes):
            figure = Figure(f"ports:{size}:{name.replace(' ', '_')}", f"{name}, {size} bytes", [], None)
            figures.append(guarded(figure, lambda p=program, n=f"{name} {size}": run.samples(p, n)))
    return figures


def measure_step(run: lab.Run, name: str, program: str, low: int, high: int, goal) -> Figure:
    key = f"{name}_{low}_{high}".replace(" ", "_")
    figure = Figure(key, f"{name}, each 1000 bytes from {low} to {high}", [], goal)

    def take():
        below = run.samples(program, f"{name} {low}")
        above = run.samples(program, f"{name} {high}")
        # Sorted against each other: the slowest with the slowest.
        return [
            round((b - a) * 1000 / (high - low)) for a, b in zip(sorted(below), sorted(above))
        ]

    return guarded(figure, take)


def count_traps(bench: Bench, system: lab.System) -> list:
    """For each turn, how often the core was entered between the two points."""
    address = system.programs["writer"].address
    marks = {name: address[f"bench_at_quiet_{name}"] for name in ("begin", "end")}
    counts = []
    for _, _, kind in lab.run(system, bench.probe(marks=marks)).events:
        if kind == "begin":
            counts.append(0)
            inside = True
        elif kind == "end":
            inside = False
        elif kind == "core" and counts and inside:
            counts[-1] += 1
    return counts


# slot id -> (its start in the frame, program, text, goal)
FRAME = 700_000
SWITCHES = {
    1: (100_000, "second", "behind a partition that runs", 350),
    2: (300_000, "first", "behind an idle span", 200),
    4: (500_000, "second", "behind a partition that sleeps in idle_self", 200),
}


def nominal_delay(time: int, run: lab.Run, start: int, frame: int) -> int:
    """Since the last nominal start of the slot."""
    return (time - run.plan_since - start) % frame


def slot_delays(times: list, first: int, frame: int) -> list:
    """How late slots of consecutive frames began; `first`: nominal start of any of them before."""
    delays = [(times[0] - first) % frame]
    for before, time in zip(times, times[1:]):
        delays.append(delays[-1] + time - before - frame)
        # Late by more than half a frame is a slot that was missed.
        if not 0 <= delays[-1] < frame // 2:
            raise lab.Unmeasured(f"a slot began {delays[-1]} ns behind its nominal time")
    return delays


def slot_starts(run: lab.Run, program: str, number: int) -> dict:
    """For each slot id of a spinning partition: (ns of its first instruction, instructions since the
    last one of the partition before). The plugin says how far the stamp lies behind."""
    stamps = sorted(
        (time, slot)
        for slot in range(5)
        for time in run.series[program].get(f"stamp {slot}", [])
    )
    found, entered, left = {}, None, None
    place = iter(stamps)
    for count, _, kind in run.events:
        if kind == "core":
            left = count
        elif kind == number:
            entered = (count, count - left)
        elif kind == program:
            time, slot = next(place, (None, None))
            if time is not None:
                found.setdefault(slot, []).append((time - (count - entered[0]), entered[1]))
    return found


def measure_switch(bench: Bench) -> list:
    system = bench.system("switch")
    numbers = {"first": 0, "second": 1}
    marks = {name: system.programs[name].address["bench_at_stamp"] for name in numbers}
    try:
        run = lab.run(system, bench.probe(marks=marks))
        exact = {name: slot_starts(run, name, number) for name, number in numbers.items()}
    except lab.Unmeasured:
        run, exact = lab.run(system), None
    figures = []
    for slot, (start, program, text, goal) in SWITCHES.items():
        key = f"switch_{slot}"
        figure = Figure(key, f"slot start {text}, from its nominal time", [], bench.goal(key, goal))
        figure.profile = ("switch", "first", "timer", None)
        if exact:
            rows = exact[program].get(slot, [])[5:]
            figure.samples = [nominal_delay(t, run, start, FRAME) for t, _ in rows]
        else:
            # Up to a turn of the loop too much.
            times = run.samples(program, f"noticed {slot}")[5:]
            figure.samples = [nominal_delay(t, run, start, FRAME) for t in times]
            figure.text += " (at most)"
        figures.append(figure)
    goal = bench.goal("switch_last", 350)
    since = Figure("switch_last", "last instruction of one to the first of the next", [], goal)
    if exact:
        since.samples = [count for _, count in exact["second"].get(1, [])[5:]]
    else:
        since.missing = NO_PLUGIN
    return figures + [since, check_counter(run, exact)]


def check_counter(run: lab.Run, exact: dict | None) -> Figure:
    """From a stamp of the first partition to the next one of the second, right behind it: what the
    guest's clock says against what the plugin counted; each of the two clock pages rounds down once."""
    figure = Figure("counter", "guest's clock against counted instructions over 100 us", [], 2)
    if not exact:
        figure.missing = NO_PLUGIN
        return figure
    times = sorted(
        (time, program)
        for program in exact
        for slot in range(5)
        for time in run.series[program].get(f"stamp {slot}", [])
    )
    counts = [(count, kind) for count, _, kind in run.events if kind in exact]
    pairs = list(zip(times, counts))
    for ((time, program), (count, kind)), ((time2, program2), (count2, _)) in zip(pairs, pairs[1:]):
        if program != kind:
            figure.missing = "stamps and marks do not belong together"
        if (program, program2) == ("first", "second") and time2 - time < 101_000:
            figure.samples.append(abs((time2 - time) - (count2 - count)))
    return figure


TIMERS = (
    ("timer", "timer expiry to the handler, computing", "computing", 450),
    ("timer_periodic", "timer expiry to the handler, periodic", "periodic", 450),
    ("timer_sleeping", "timer expiry to the handler, in wait_irq", "sleeping", None),
    ("timer_calling", "timer expiry to the handler, amid hypercalls", "calling", None),
)


def measure_timer(bench: Bench) -> list:
    run = lab.run(bench.system("timer"))
    figures = []
    for key, text, series, goal in TIMERS:
        figure = Figure(key, text, [], goal, profile=("timer", "timer", "timer", "on_timer"))
        figures.append(guarded(figure, lambda s=series: run.samples("timer", s)))
    jitter = Figure("timer_jitter", "jitter of the timer, computing (max - min)", [], 80)

    def take():
        samples = run.samples("timer", "computing")
        if len(samples) < 1000:
            raise lab.Unmeasured(f"only {len(samples)} expiries")
        return [max(samples) - min(samples)]

    figures.append(guarded(jitter, take))
    early = Figure("timer_early", "timers that fired early", [], 0, "timers")
    early.samples = [len(run.series["timer"].get("early", []))]
    return figures + [early]


SLOT_FRAME, SLOT_START = 180_000, 140_000
UNIFORM = ("sleeps", "computes")  # the same wherever the slot's end finds it


def measure_slots(bench: Bench) -> list:
    run = lab.run(bench.system("slots"), limit=300)
    actions = run.series["observer"]["actions"]
    kinds = [n for n in run.series["observer"] if n not in ("actions", "found stopped")]
    figures = []
    for number, name in enumerate(kinds):
        goal = 300 if name == "sleeps" else 1500
        note = "" if name in UNIFORM else table.SAMPLED
        figure = Figure(f"slot_{number}", f"slot start, the neighbour: {name}", [], goal, note=note)

        def take(series=name, index=number):
            if not actions[index]:
                raise lab.Unmeasured("absent: this core refuses the calls of this neighbour")
            times = run.samples("observer", series)
            if len(times) < 200:
                raise lab.Unmeasured(f"only {len(times)} slots")
            return slot_delays(times, run.plan_since + SLOT_START, SLOT_FRAME)

        figures.append(guarded(figure, take))
    return figures


def boot_bytes(build: pathlib.Path, folder: pathlib.Path) -> int:
    """What is checked and loaded at boot: configuration and images as stored, and expanded."""
    tools = build.parents[1] / "user" / "bin"
    makefile = (folder / "Makefile").read_text()
    names = re.search(r"^PARTITIONS = (.*)", makefile, re.M)[1].split()
    total = 0
    for name in ["prtos_cf.pef.prtos_conf"] + [f"{one}.pef" for one in names]:
        path = folder / name
        result = subprocess.run(
            [tools / "prtoseformat", "read", "-s", path], check=True, capture_output=True, text=True
        )
        total += (path.stat().st_size + 15) // 16 * 16
        total += sum(map(int, re.findall(r"bytes: (\d+)", result.stdout + result.stderr)))
    return total


def measure_boot(bench: Bench) -> list:
    figures = []
    for name in ("hello", "ports", "calls"):
        folder = bench.build / ("bench" if name in PROGRAMS else "partitions") / name
        system = lab.System(bench.build, folder, [])
        size = boot_bytes(bench.build, folder)
        text = f"boot of {name}: start to the first partition"
        figure = Figure(f"boot_{name}", text, [], 1_000_000 + 10 * size, note=f"{size} bytes")
        figures.append(guarded(figure, lambda s=system: boot_count(bench, s)))
    return figures


def boot_count(bench: Bench, system: lab.System) -> list:
    events = lab.run(system, bench.probe(limit=64, partial=True)).events
    begin = next(count for count, _, kind in events if kind == "core")
    end = next(count for count, _, kind in events if isinstance(kind, int))
    return [end - begin]
