# SPDX-License-Identifier: Apache-2.0
"""Runs the pair system and takes what the observers wrote out of the machine's memory.

    quiet = run(folder, arch, seed=0, frames=200)   # the attacker sleeps
    quiet.traces[FIRST]                             # array of (what, value, time), flat
    difference(quiet, loud)                         # "" or the first entry that differs, in words
"""
import array
import dataclasses
import pathlib
import re

from boot import ROOT, boot
from ram import ram

FIRST, SECOND = 1, 2
ORDERS, BOARD = 0x6C00000, 0x6D00000
TRACE, TRACE_BYTES = 0x8000000, 0x1000000
KINDS = ("calls ports interrupts faults resets pages console table batches logs registers").split()
LATE = 1000 # ns behind the nominal start, more than any neighbour among the observers takes
HEADER = (ROOT / "tests/isolation/pair/observer.h").read_text()
NAMES = [name.lower() for name in re.findall(r"^    SEEN_(\w+),", HEADER, re.M)]


@dataclasses.dataclass
class Run:
    traces: dict
    lives: int
    resumed: int
    restarted: int
    done: dict  # {kind of attack: how often}


def words_at(memory, address: int, count: int) -> array.array:
    return array.array("I", memory.read(address, 4 * count))


def trace_of(memory, observer: int, frames: int) -> array.array:
    base = TRACE + (observer - FIRST) * TRACE_BYTES
    entries, lost, done, ports = words_at(memory, base, 4)
    assert done == 1 and ports == 1 and not lost, f"observer {observer}: {entries} entries, {lost} lost, end {done}"
    assert entries >= 2 * frames * 20
    return words_at(memory, base + 16, 3 * entries)


def orders(first: int, seed: int, frames: int) -> list:
    """Words for QEMU that put the orders into memory before anything runs."""
    base = first + ORDERS
    pairs = ((base, seed), (base + 4, frames))
    return [
        word
        for address, value in pairs
        for word in ("-device", f"loader,addr={address:#x},data={value:#x},data-len=4")
    ]


def run(folder: pathlib.Path, arch: str, seed: int, frames: int, smp: int = 1) -> Run:
    with ram(folder, arch) as memory:
        words = memory.words + ["-rtc", "base=2026-01-01,clock=vm"]
        words += orders(memory.first, seed, frames)
        boot(folder, timeout=60 + frames / 20, arch=arch, smp=smp, extra=words)
        traces = {each: trace_of(memory, each, frames) for each in (FIRST, SECOND)}
        board = words_at(memory, BOARD, 4 + len(KINDS))
    return Run(traces, *board[1:4], dict(zip(KINDS, board[4:])))


def without_times(trace: array.array) -> array.array:
    """What and value, one after the other."""
    return array.array("Q", (what << 32 | value for what, value in zip(trace[::3], trace[1::3])))


def entry_text(trace: array.array, number: int) -> str:
    if 3 * number >= len(trace):
        return "nothing"
    what, value, time = trace[3 * number : 3 * number + 3]
    return f"{NAMES[what]} {value:#x} at {time}"


def slot_starts(trace: array.array) -> list:
    """(position in the plan, ns of the clock at the first instruction) of each slot."""
    clocks = [trace[n + 2] for n in range(0, len(trace), 3) if NAMES[trace[n]] == "clock"]
    slots = [trace[n + 1] >> 16 for n in range(0, len(trace), 3) if NAMES[trace[n]] == "slot"]
    return list(zip(slots, clocks))


def untimely(loud: Run, plan: list, frame: int) -> str:
    """"" or the first slot that began before its nominal time or LATE ns behind it. `plan`: start of
    each slot, `frame`: both in ns."""
    for observer, trace in loud.traces.items():
        starts = slot_starts(trace)
        own = sorted({position for position, _ in starts})
        # The clock counts from the observer's slot before the first one.
        origin = plan[own[own.index(starts[0][0]) - 1]]
        for number, (position, clock) in enumerate(starts):
            late = (clock + origin - plan[position]) % frame
            if late >= LATE:
                early = f"{frame - late} ns early" if late > frame // 2 else f"{late} ns late"
                return f"observer {observer}, slot {number} began {early}"
    return ""


def difference(quiet: Run, loud: Run, times: bool = True) -> str:
    """Byte for byte; `times`: also when each thing was seen."""
    for observer, one in quiet.traces.items():
        other = loud.traces[observer]
        if (one == other) if times else (without_times(one) == without_times(other)):
            continue
        keep = (0, 1, 2) if times else (0, 1)
        count = min(len(one), len(other)) // 3
        where = next(
            (n for n in range(count) if any(one[3 * n + k] != other[3 * n + k] for k in keep)), count
        )
        slot = next((one[3 * n + 1] for n in range(where, -1, -1) if not one[3 * n]), 0)
        return (
            f"observer {observer}, slot {slot}, entry {where}: alone {entry_text(one, where)}, "
            f"attacked {entry_text(other, where)}"
        )
    return ""
