# SPDX-License-Identifier: Apache-2.0
"""One run of a measured system: boots it with counted instructions, waits until the core has halted,
reads the series of samples out of the stopped machine's memory, and the plugin's log. bench.py and
its parts call it; it judges nothing."""
import bisect
import collections
import dataclasses
import os
import pathlib
import re
import select
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "user"))
from prtos import machine as qemu  # noqa: E402

SERIES_HEAD = struct.Struct("<IIII32s")
SERIES_SAMPLES = 1536
EVENT = struct.Struct("<QII")
MARK = 0x100
CPU_BIT = 24
# Of the core: a call in which the CPU slept or an interrupt came took longer than its own path.
FOREIGN = ("arch_idle", "entry_timer", "interrupt")
ROOT_NAME = re.compile(r"(hc_|trap_|.*_step$)")  # what names a way through the core


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where things of an architecture are. `ram`: physical address of what partitions count as 0.
    `cuts`: where interrupts are let in, and where one that was let in arrives: behind the return to a
    guest one may come before the guest's first instruction, so what it costs is a piece of its own."""

    base: int  # of the core, as it sees itself
    load: int  # the same, physical
    room: int
    ram: int
    pointer: str
    cpu: str  # QEMU's processor, with a counter of 1 GHz
    cuts: tuple


LAYOUTS = {
    "x86": Layout(
        0xFC000000, 0x01000000, 0x01000000, 0, "<I", "qemu32",
        ("arch_breathe", "exit_breathe", "arch_idle", "entry_timer", "interrupt"),
    ),
    "aarch64": Layout(
        0x40100000, 0x40100000, 0x400000, 0x40000000, "<Q", "cortex-a72,cntfrq=1000000000",
        ("arch_breathe", "exit_long", "arch_idle", "interrupt"),
    ),
}  # fmt: skip


class Unmeasured(Exception):
    """A figure could not be taken; says why."""


class Symbols:
    """Names and addresses of one ELF file."""

    def __init__(self, path: pathlib.Path):
        listing = subprocess.run(["nm", path], check=True, capture_output=True, text=True).stdout
        rows = [line.split() for line in listing.splitlines()]
        rows = [row for row in rows if len(row) == 3]
        self.address = {name: int(value, 16) for value, kind, name in rows}
        code = [(int(v, 16), n) for v, k, n in rows if k in "tTwW" and not n.startswith("bench_at")]
        self.code = sorted(code)
        listing = subprocess.run(["nm", "-S", path], check=True, capture_output=True, text=True)
        sizes = [line.split() for line in listing.stdout.splitlines()]
        self.size = {row[3]: int(row[1], 16) for row in sizes if len(row) == 4}

    def at(self, address: int) -> str:
        """The function an address lies in."""
        index = bisect.bisect_right(self.code, (address, "\xff")) - 1
        if index < 0:
            return hex(address)
        start, name = self.code[index]
        # Assembly behind a function may have no name.
        return name if address < start + self.size.get(name, 1 << 32) else f"(behind {name})"


class System:
    """A built system: its folder, its programs, the core in it."""

    def __init__(self, build: pathlib.Path, folder: pathlib.Path, programs: list):
        self.build = build
        self.folder = folder
        self.image = folder / "resident_sw"
        self.arch = qemu.board_of(self.image).arch
        self.layout = LAYOUTS[self.arch]
        self.core = Symbols(build / "prtos_core")
        self.programs = {name: Symbols(folder / name) for name in programs}
        names = (f"prtos_cf.{self.arch}.xml", "prtos_cf.xml")
        xml = next(folder / name for name in names if (folder / name).exists()).read_text()
        self.cpus = xml.count("<Processor ")
        # The first area of each partition, in the order of the partitions.
        self.areas = [
            (int(start, 16), int(number) * {"KB": 1024, "MB": 1024 * 1024}[unit])
            for start, number, unit in re.findall(
                r'<PhysicalMemoryAreas>\s*<Area start="(0x\w+)" size="(\d+)(KB|MB)"', xml
            )
        ]

    def symbol(self, address: int) -> str:
        """core:function or program:function."""
        layout = self.layout
        if layout.base <= address < layout.base + layout.room:
            return "core:" + self.core.at(address)
        for (low, size), (name, symbols) in zip(self.areas, self.programs.items()):
            if low <= address < low + size:
                return name + ":" + symbols.at(address)
        if layout.load <= address < layout.load + layout.room:
            return "core:" + self.core.at(address - layout.load + layout.base)
        return "firmware"


    def core_inlined(self, addresses: list) -> dict:
        """What the compiler had inlined where: address -> "/function"."""
        command = ["addr2line", "-a", "-f", "-e", self.build / "prtos_core"]
        words = "\n".join(map(hex, addresses))
        result = subprocess.run(command, input=words, capture_output=True, text=True, check=False)
        lines = result.stdout.splitlines()
        found = {}
        for place, name, _ in zip(lines[::3], lines[1::3], lines[2::3]):
            if name != "??" and self.core.at(int(place, 16)) != name:
                found[int(place, 16)] = "/" + name
        return found


@dataclasses.dataclass
class Probe:
    """What the plugin looks at: marks by name, windows as (begin, end) addresses; end None: until a
    partition is entered."""

    plugin: pathlib.Path
    marks: dict = dataclasses.field(default_factory=dict)
    windows: list = dataclasses.field(default_factory=list)
    stretches: bool = False  # look for the longest ways through the core
    limit: int = 1 << 22  # events that are logged
    partial: bool = False  # later ones may be lost

    def specification(self, system: System) -> str:
        # Ranges in this order: 1 core, 2 core at its load address, 3.. partitions.
        own = system.layout
        lines = [f"range {own.base:x} {own.base + own.room - 1:x}"]
        moved = own.load != own.base  # else there is nothing in the second range
        lines += [f"range {own.load:x} {own.load + own.room - 1:x}" if moved else "range 1 0"]
        lines += [f"range {low:x} {low + size - 1:x}" for low, size in system.areas]
        lines += [f"mark {address:x}" for address in self.marks.values()]
        for begin, end in self.windows:
            lines += [f"begin {begin:x}", f"end {end:x}" if end else "leave 3"]
        if self.stretches:
            for name in own.cuts:
                lines.append(f"{'void' if name in FOREIGN else 'cut'} {system.core.address[name]:x}")
            for address, name in system.core.code:
                kind = "root" if ROOT_NAME.match(name) else "step"
                lines.append(f"{kind} {address:x}")
        return "\n".join(lines + [f"limit {self.limit:x}"]) + "\n"


@dataclasses.dataclass
class Run:
    """What one run gave."""

    system: System
    text: str
    series: dict  # program -> {name: [samples]}
    plan_since: int  # ns of the hardware clock
    timer_entry: int | None  # address; not on every architecture
    cpus: list  # of each CPU its events (count, address, kind), kind: "core", partition number, None, a mark's name
    hits: dict  # address -> executions within the windows
    windows: int
    stretches: list  # (length, function, [(offset, function)]), longest first
    calls: dict  # function: instructions of the longest call that began there and came back
    seconds: float

    @property
    def events(self) -> list:
        """Of the first CPU."""
        return self.cpus[0]

    def samples(self, program: str, name: str) -> list:
        values = self.series.get(program, {}).get(name, [])
        if not values:
            raise Unmeasured(f"{self.system.folder.name}: {program} has no samples of '{name}'")
        return values

    def profile(self) -> list:
        """(executions for each window, function), most first."""
        total = collections.Counter()
        inlined = self.system.core_inlined([a for a in self.hits if a >= self.system.layout.base])
        for address, hits in self.hits.items():
            total[self.system.symbol(address) + inlined.get(address, "")] += hits
        return [(hits / max(self.windows, 1), name) for name, hits in total.most_common()]


def read_series(control, address: int, folder: str) -> dict:
    found = {}
    size = SERIES_HEAD.size + 8 * SERIES_SAMPLES
    while True:
        data = control.memory(address, size, folder)
        magic, used, lost, _, name = SERIES_HEAD.unpack_from(data)
        if magic != 0x48434E42:
            return found
        name = name.split(b"\0")[0].decode()
        found[name] = list(struct.unpack_from(f"<{used}Q", data, SERIES_HEAD.size))
        address += size


def core_constant(system: System, name: str) -> int:
    """A number of the core's headers, see offsets.c."""
    text = (system.build / "bench" / "offsets.s").read_text()
    return int(re.search(rf"->{name} \$?(\d+)", text)[1])


def physical_of(system: System, address: int) -> int:
    """Of an address of the core."""
    return address - system.layout.base + system.layout.load


def read_timer_entry(control, system: System, folder: str) -> int | None:
    """The core's first instruction of a timer interrupt, from the gate of its vector."""
    if "idt" not in system.core.address:
        return None
    gate = system.core.address["idt"] + 8 * core_constant(system, "TIMER")
    physical = physical_of(system, gate)
    low, _, _, high = struct.unpack("<HHHH", control.memory(physical, 8, folder))
    return high << 16 | low


def read_plan_since(control, system: System, folder: str) -> int:
    """Nanoseconds at which plan 0 began on CPU 0."""
    offset = core_constant(system, "CPU_PLAN_SINCE")
    physical = physical_of(system, system.core.address["cpus"])
    size = struct.calcsize(system.layout.pointer)
    cpu = struct.unpack(system.layout.pointer, control.memory(physical, size, folder))[0]
    cpu = physical_of(system, cpu)
    return struct.unpack("<Q", control.memory(cpu + offset, 8, folder))[0]


def wait_for_end(process, limit: float) -> str:
    """The console up to the core's last word."""
    data = b""
    end = time.monotonic() + limit
    while b"System halted." not in data:
        left = end - time.monotonic()
        if left <= 0:
            raise Unmeasured(f"no end within {limit:g} s; the last words were {data[-300:]!r}")
        if select.select([process.stdout], [], [], left)[0]:
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                raise Unmeasured(f"QEMU ended: {process.stderr.read()!r}, after {data[-300:]!r}")
            data += piece
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def command_of(system: System, probe, folder: str) -> list:
    """No exit device: the machine stands still at its end and keeps its memory."""
    machine = qemu.Machine(system.image, icount=True, cpu=system.layout.cpu, smp=system.cpus)
    words = machine.command(os.path.join(folder, "qmp"))
    if system.arch == "x86":
        index = words.index("isa-debug-exit,iobase=0xf4,iosize=4")
        del words[index - 1 : index + 1]
    words.append("-no-shutdown")
    if probe:
        specification = pathlib.Path(folder, "spec")
        specification.write_text(probe.specification(system))
        words += ["-plugin", f"file={probe.plugin.resolve()},spec={specification},out={folder}/log"]
    return words


def read_events(probe: Probe, folder: str, cpus: int) -> list:
    """A list for each CPU."""
    names = list(probe.marks)
    kinds = {0: None, 1: "core", 2: "core"}
    events: list = [[] for _ in range(cpus)]
    for count, address, kind in EVENT.iter_unpack(pathlib.Path(folder, "log").read_bytes()):
        cpu, kind = kind >> CPU_BIT, kind & (1 << CPU_BIT) - 1
        kind = names[kind - MARK] if kind >= MARK else kinds.get(kind, kind - 3)
        events[cpu].append((count, address, kind))
    return events


def read_hits(probe: Probe, system: System, folder: str) -> tuple:
    hits, windows, stretches, calls = {}, 0, [], {}
    for line in pathlib.Path(folder, "log.hits").read_text().splitlines():
        word, *rest = line.split()
        if word == "windows":
            windows = int(rest[0])
        elif word == "lost":
            if int(rest[0]) and not probe.partial:
                raise Unmeasured(f"the plugin's log lost {rest[0]} events")
        elif word == "stretch":
            name = system.symbol(int(rest[0], 16)) if int(rest[0], 16) else "core:other"
            stretches.append((int(rest[1]), name, []))
        elif word == "call":
            calls[system.symbol(int(rest[0], 16))] = int(rest[1])
        elif word == "step":
            stretches[-1][2].append((int(rest[1]), system.symbol(int(rest[0], 16))))
        else:
            hits[int(word, 16)] = int(rest[0])
    return hits, windows, sorted(stretches, reverse=True), calls


def run(system: System, probe: Probe | None = None, limit: float = 120) -> Run:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        process = qemu.start(command_of(system, probe, folder))
        try:
            text = wait_for_end(process, limit)
            control = qemu.Control(os.path.join(folder, "qmp"), 10)
            control.ask("stop")
            series = {
                name: read_series(control, symbols.address["bench_table"] + system.layout.ram, folder)
                for name, symbols in system.programs.items()
                if "bench_table" in symbols.address
            }
            since = read_plan_since(control, system, folder)
            entry = read_timer_entry(control, system, folder)
            control.ask("quit")
            process.wait(10)
        finally:
            qemu.stop(process)
            process.stdout.close()
            process.stderr.close()
        events = read_events(probe, folder, system.cpus) if probe else []
        found = read_hits(probe, system, folder) if probe else ({}, 0, [], {})
    seconds = time.monotonic() - began
    return Run(system, text, series, since, entry, events, *found, seconds)
