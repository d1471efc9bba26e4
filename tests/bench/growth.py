# SPDX-License-Identifier: Apache-2.0
"""How the hot paths behave while a system grows: one more partition, slot, channel or CPU at a time is added to
the system of tests/bench/growth, whose one partition makes the same calls in each. bench.py calls measure_growth()."""
import dataclasses
import os
import pathlib
import shutil
import subprocess

import lab
from figures import Bench, Figure

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "user" / "bin"
AXES = {
    "partitions": (1, 2, 4, 8, 16, 32, 64),
    "slots": (1, 2, 10, 100, 300, 1000),
    "channels": (1, 2, 10, 50, 100, 200, 500),
    "cpus": (1, 2, 3, 4),
}
PATHS = {
    "null": "hypercall that does nothing (get_vcpuid)",
    "write": "sampling write, 64 bytes",
    "read": "sampling read, 64 bytes",
    "signal": "IPVI to itself, to the handler",
    "timer": "timer interrupt to the handler",
    "slot": "slot switch, from a partition that runs",
}
WARM = 4
LONG, SHORT, FIRST = 50, 20, 100  # us: the slot in front of the measured one, others, the first
CARRIERS = 8  # partitions that share the other channels
UART = '<Partition id="{0}" name="other{0}" console="Uart">'


@dataclasses.dataclass
class Size:
    """How large a system is."""

    partitions: int = 2
    slots: int = 2
    channels: int = 1
    cpus: int = 1


def size_of(axis: str, number: int) -> Size:
    size = dataclasses.replace(Size(), **{axis: number})
    if axis == "partitions":
        size.slots = number
    if axis == "channels" and number > 1:
        size.partitions = 1 + CARRIERS
    if axis == "cpus":
        size.partitions = 1 + number
    return size


def slots(size: Size) -> str:
    """The others' in turn, then the long one, then the measured partition's: the last of all."""
    rows, time, here = [], FIRST, size.partitions - size.cpus
    for number in range(size.slots - 1):
        last = number == size.slots - 2
        owner = 1 if last else 1 + number % here
        rows.append((time, LONG if last else SHORT, owner))
        time += LONG if last else SHORT
    rows.append((time, 200, 0))
    return "\n".join(
        f'<Slot id="{i}" start="{start}us" duration="{length}us" partitionId="{owner}"/>'
        for i, (start, length, owner) in enumerate(rows)
    )


def processors(size: Size) -> str:
    """The further ones have a partition each that sleeps."""
    plan = '<Processor id="{}"><CyclicPlanTable><Plan id="0" majorFrame="40ms">{}</Plan></CyclicPlanTable></Processor>'
    text = plan.format(0, slots(size))
    for cpu in range(1, size.cpus):
        text += plan.format(cpu, f'<Slot id="0" start="0us" duration="40us" partitionId="{1 + cpu}"/>')
    return text


def carrier(number: int) -> int:
    return 1 + number % CARRIERS


def ports(partition: int, size: Size) -> str:
    rows = [
        f'<Port name="{way}{i}" type="sampling" direction="{direction}"/>'
        for i in range(size.channels - 1)
        if carrier(i) == partition
        for way, direction in (("o", "source"), ("i", "destination"))
    ]
    return f"<PortTable>{''.join(rows)}</PortTable>" if rows else ""


def others(size: Size) -> str:
    text = ""
    for partition in range(1, size.partitions):
        start = 0x8000000 + partition * 0x40000
        text += UART.format(partition)
        text += f'<PhysicalMemoryAreas><Area start="{start:#x}" size="256KB"/></PhysicalMemoryAreas>'
        text += ports(partition, size) + "</Partition>\n"
    return text


def channels(size: Size) -> str:
    """In front of the measured one."""
    return "".join(
        '<SamplingChannel maxMessageLength="64B" validPeriod="infinite">'
        f'<Source partitionId="{carrier(i)}" portName="o{i}"/>'
        f'<Destination partitionId="{carrier(i)}" portName="i{i}"/></SamplingChannel>\n'
        for i in range(size.channels - 1)
    )


def describe(base: str, size: Size) -> str:
    head, rest = base.split("<Processor id", 1)
    text = head + processors(size) + rest.split("</Processor>", 1)[1]
    text = text.replace("</PartitionTable>", others(size) + "</PartitionTable>")
    return text.replace("<Channels>", "<Channels>" + channels(size))


def tool(name: str, *words, cwd: pathlib.Path) -> None:
    environment = {**os.environ, "PRTOS_PATH": str(ROOT)}
    done = subprocess.run([BIN / name, *words], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise lab.Unmeasured(f"{name}: {done.stdout}{done.stderr}")


def build(bench: Bench, size: Size, name: str) -> lab.System:
    """The programs that are built, under another description."""
    base = bench.build / "bench" / "growth"
    folder = bench.build / "bench" / f"growth-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(base / "measured", folder)
    (folder / "prtos_cf.xml").write_text(describe((base / "prtos_cf.xml").read_text(), size))
    conf = "prtos_cf.bin.prtos_conf"
    tool("prtoscparser", "-a", bench.arch, "-o", conf, "prtos_cf.xml", cwd=folder)
    tool("prtoseformat", "build", "-m", "-o", "prtos_cf.pef.prtos_conf", conf, cwd=folder)
    names = ["measured"] + [f"other{i}" for i in range(1, size.partitions)]
    words = [word for i, one in enumerate(names) for word in ("-p", f"{i}:{base}/{one}.pef")]
    core = f"{bench.build}/prtos_core.pef:prtos_cf.pef.prtos_conf"
    tool("prtospack", "build", "-h", core, *words, "container.bin", cwd=folder)
    tool("rswbuild", "container.bin", "resident_sw", cwd=folder)
    return lab.System(bench.build, folder, ["measured"])


def counts(run: lab.Run) -> dict:
    """{path: instructions of the first CPU, once for each round}."""
    found: dict = {path: [] for path in PATHS}
    since: dict = {}
    running, entered = None, 0
    for count, _, kind in run.events:
        if kind == "core":
            entered = count
        elif isinstance(kind, int):
            if (running, kind) == (1, 0):
                found["slot"].append(count - entered)
            running = kind
        elif kind == "timer_end":
            found["timer"].append(count - entered)
        elif kind.endswith("_begin"):
            since[kind.removesuffix("_begin")] = count
        elif kind.endswith("_end"):
            path = kind.removesuffix("_end")
            found[path].append(count - since[path])
    return found


def measure_point(bench: Bench, axis: str, number: int) -> list:
    figures = {
        path: Figure(f"{axis}:{number}:{path}", f"{text}, {axis} {number}", [], None)
        for path, text in PATHS.items()
        if path != "slot" or axis in ("channels", "cpus") or number > 1
    }

    def take():
        system = build(bench, size_of(axis, number), f"{axis}-{number}")
        address = system.programs["measured"].address
        names = [name.removeprefix("bench_at_") for name in address if name.startswith("bench_at_")]
        run = lab.run(system, bench.probe(marks={name: address[f"bench_at_{name}"] for name in names}))
        if run.series["measured"].get("failed"):
            raise lab.Unmeasured("a call gave another result than expected")
        return counts(run)

    try:
        found = take()
    except lab.Unmeasured as error:
        found, reason = {}, str(error)
    for path, figure in figures.items():
        figure.samples = found.get(path, [])[WARM:]
        if not figure.samples:
            figure.missing = reason if not found else "no samples"
    return list(figures.values())


def measure_growth(bench: Bench, ends: bool = False) -> list:
    """`ends`: only the largest system of each axis."""
    points = [(axis, number) for axis, numbers in AXES.items() for number in numbers]
    if ends:
        points = [(axis, numbers[-1]) for axis, numbers in AXES.items()]
    return [figure for axis, number in points for figure in measure_point(bench, axis, number)]
