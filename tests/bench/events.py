# SPDX-License-Identifier: Apache-2.0
"""What happens between partitions, vCPUs and CPUs, and restarts: instructions that the plugin counts on each CPU for
itself, between places that the programs mark and the core's ways in and out. bench.py calls measure_events()."""
import lab
from figures import Bench, Figure

BOSS, PAIR, VICTIM = range(3)  # partitions of the system events
SENDER, LISTENER = 0, 1  # CPUs of the system cross
# key: text; in the order of the page
TEXTS = {
    "vcpu": "switch from one vCPU of a partition to the next, in the core",
    "frame": "switch of partitions where a frame ends, in the core",
    "plan": "the same with a plan switch",
    "signal_call": "IPVI to a partition on the same CPU: the call",
    "signal": "... from the timer interrupt that begins its slot to the handler",
    "cross_call": "IPVI to a partition on another CPU: the call",
    "cross_running": "... from the interrupt to the handler, on that CPU, which computed",
    "cross_sleeping": "... from its sleep in wait_irq to the handler, on that CPU",
    "message_call": "queuing send, 64 bytes, to a reader on another CPU: the call",
    "message_running": "... from the interrupt to the reader's handler, on that CPU, which computed",
    "message_sleeping": "... from its sleep in wait_irq to the reader's handler, on that CPU",
    "line": "interrupt of a device to its owner's handler",
    "partition_warm": "warm reset of a partition by itself, to its first instruction",
    "partition_cold": "cold reset of a partition by itself, to its first instruction",
    "system_warm": "warm reset of the system, to a partition's first instruction",
    "system_cold": "cold reset of the system, to a partition's first instruction",
}
RESETS = {"partition_warm": VICTIM, "partition_cold": VICTIM, "system_warm": BOSS, "system_cold": BOSS}
WARM = 4  # of each kind that are not counted: the first find everything as it was at boot


def points(system: lab.System) -> dict:
    """{name: address} of all marked places of its programs."""
    return {
        name.removeprefix("bench_at_"): address
        for symbols in system.programs.values()
        for name, address in symbols.address.items()
        if name.startswith("bench_at_")
    }


class Switches:
    """Follows one CPU of the system events."""

    def __init__(self, system: lab.System):
        self.pair = system.programs["pair"]
        self.found: dict = {}
        self.running = self.place = self.reset = None
        self.entered = self.raised = 0
        self.planned = False

    def add(self, key: str, count: int) -> None:
        self.found.setdefault(key, []).append(count)

    def partition(self, count: int, address: int, number: int) -> None:
        """A partition is entered."""
        place = self.pair.at(address) if number == PAIR else ""
        if self.reset:
            name, since = self.reset
            if RESETS[name] == number:
                self.add(name, count - since)
            self.reset = None
        elif (self.running, self.place, place) == (PAIR, "first", "second"):
            self.add("vcpu", count - self.entered)
        elif (self.running, number) == (VICTIM, BOSS):
            self.add("plan" if self.planned else "frame", count - self.entered)
            self.planned = False
        self.running, self.place = number, place

    def mark(self, count: int, name: str) -> None:
        if name == "plan":
            self.planned = True
        elif name == "raise_begin":
            self.raised = count
        elif name == "raise_end":
            self.add("signal_call", count - self.raised)
        elif name == "signal_end":
            self.add("signal", count - self.entered)
        else:
            self.reset = (name, count)

    def follow(self, events: list) -> dict:
        for count, address, kind in events:
            if kind == "core":
                self.entered = count
            elif isinstance(kind, int):
                self.partition(count, address, kind)
            elif kind:
                self.mark(count, kind)
        return self.found


def switches(bench: Bench) -> dict:
    system = bench.system("events")
    run = lab.run(system, bench.probe(marks=points(system)))
    if run.series["boss"].get("failed"):
        raise lab.Unmeasured("events: a call gave another result than expected")
    return Switches(system).follow(run.events)


def sent(events: list) -> dict:
    """The calls of a CPU."""
    found: dict = {"cross_call": [], "message_call": []}
    since = 0
    for count, _, kind in events:
        if kind in ("raise_begin", "send_begin"):
            since = count
        elif kind in ("raise_end", "send_end"):
            found["cross_call" if kind == "raise_end" else "message_call"].append(count - since)
    return found


def heard(events: list) -> dict:
    """What a CPU does from its way into the core, or from where it sleeps there, to the handler."""
    found: dict = {}
    since, how = 0, ""
    for count, _, kind in events:
        if kind in ("core", "arch_idle"):
            since, how = count, "running" if kind == "core" else "sleeping"
        elif kind in ("signal_end", "message_end"):
            what = "cross" if kind == "signal_end" else "message"
            found.setdefault(f"{what}_{how}", []).append(count - since)
    return found


def signals(bench: Bench) -> dict:
    system = bench.system("cross")
    marks = {**points(system), "arch_idle": system.core.address["arch_idle"]}
    run = lab.run(system, bench.probe(marks=marks))
    if run.series["sender"].get("failed"):
        raise lab.Unmeasured("cross: a call gave another result than expected")
    return {**sent(run.cpus[SENDER]), **heard(run.cpus[LISTENER])}


def lines(bench: Bench) -> dict:
    system = bench.system("lines")
    run = lab.run(system, bench.probe(marks=points(system)))
    found, entered = [], 0
    for count, _, kind in run.events:
        if kind == "core":
            entered = count
        elif kind == "line_end":
            found.append(count - entered)
    return {"line": found}


def measure_events(bench: Bench) -> list:
    found, missing = {}, "no samples"
    for take in (switches, signals, lines):
        try:
            found |= take(bench)
        except lab.Unmeasured as error:
            missing = str(error)
    figures = []
    for key, text in TEXTS.items():
        samples = found.get(key, [])
        figure = Figure(key, text, samples if key.startswith("system_") else samples[WARM:], None)
        figure.missing = "" if figure.samples else missing
        figures.append(figure)
    return figures
