# SPDX-License-Identifier: Apache-2.0
"""The words of documentation/performance.md: how each group of figures is measured. report.py prints them."""
import dataclasses

ARCHS = {"x86": "x86", "aarch64": "AArch64"}

HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Written by `make bench`; what is changed by hand is lost. -->
# Performance

All figures of PRTOS, each with the command that measures it. They are **counted guest instructions, not cycles and
not time**: QEMU counts them with `-icount shift=0,sleep=off`. One instruction is one nanosecond of the machine's
time and one count of its counter (the time stamp counter, on AArch64 the generic timer's, given 1 GHz), so a figure
is exact and the same on every machine, however busy. They are no worst cases of a real processor: no cache, no
pipeline, no bus is modelled.

    make bench                 # x86: all figures, the table on the terminal, this page
    make bench ARCH=aarch64    # AArch64

Both write their rows into [performance-x86.csv](performance-x86.csv) or
[performance-aarch64.csv](performance-aarch64.csv), from which this page and its curves are made. With `--only`, as
each section says (and `ARCH=aarch64`), the other rows stay as they are. `make test` measures again what is quick
and `make test-long` everything. With the compiler and the emulator named below, a median, a 99.9 % or a worst value
more than 2 % (and more than 1) above the file's, or a goal no longer kept, fails the test until the file is changed
with it. With others the tests print the difference.

*Worst* is the largest sample. The other columns hold the least, the median and the value that 99.9 % of the samples
do not exceed (of fewer than 1000 it is the worst); `all` means that every sample is the same. A worst value over
its goal is bold; a figure without a goal is for information. The unit is the instruction where no other is named.

"""

METHODS = {
    "calls": (
        "Single calls",
        """\
System `tests/bench/calls`: a writer and a reader on one CPU, one slot of each in a frame; the reader's ports
are open. Every sample is one call of the library function, with its arguments and its return, between two
readings of the counter, less what two of them with nothing between give. The first frames are not
counted. A message is written, then read in the reader's next slot, so each write finds the last message read
and each read a new one. "Each 1000 bytes" is the difference between two sizes, divided. The exceptions come
back because the handler, installed with `install_trap_handler`, moves `ctxt->ip` on. The plugin counts how
often the core is entered in `get_time` (both clocks), `hw_sti`, `hw_cli`, `clear_irqmask` and `set_irqmask`.""",
    ),
    "ports": (
        "Port calls by size",
        """\
System `tests/bench/calls`, with messages of 4 bytes to 64 KB in turn through channels of 64 KB, 120 of each. Behind
the first 2 KB a call lets interrupts in and goes on in pieces. On x86 each turn of a `rep movs`, 4 bytes, counts as
one instruction. Both axes are logarithmic.""",
    ),
    "hypercalls": (
        "Every hypercall",
        """\
System `tests/bench/hypercalls`, driven by `core/abi/hypercalls.toml` and `objects.toml`: each call, each operation
of an object and each command, made 1000 times with arguments that are good and, where a refusal is described, with
one that is not. A sample is the bare trap with five registers loaded, less two readings of the counter. `idle_self`
and `wait_irq` are counted by the plugin until the CPU sleeps, `halt_system` until the machine is switched off,
`iret` and `raise_partition_trap` within the core. What `reset_system` takes stands under
[restarts](#signals-switches-and-restarts). Messages have 64 bytes.""",
    ),
    "switch": (
        "Switches",
        """\
System `tests/bench/switch`: spinning partitions read the counter and note the beginning of each slot; the
plugin counts from the partition's true first instruction to that reading, which is subtracted. *From its
nominal time*: to the first instruction of the partition, from the time that the plan names, in the core's own
hardware clock (plan start from the core's memory, readings of the counter converted through the clock page).
*Last instruction of one to the first of the next*: the instructions of the core between the two, counted by the
plugin. The difference between both is how late the timer's interrupt comes.""",
    ),
    "timer": (
        "Timers",
        """\
System `tests/bench/timer`: from the armed time, converted exactly through the clock page, to the first line of
the C handler installed with `install_trap_handler`, 1200 expiries of each kind. The distance between arming and
expiry and the work in between vary. *Computing*: ordinary instructions, one-shot timers. *Periodic*: one timer
of 40 us. *In wait_irq*: the CPU was halted. *Amid hypercalls*: the expiry falls into calls of
`get_gid_by_name`.""",
    ),
    "events": (
        "Signals, switches and restarts",
        """\
Systems `tests/bench/events` (one CPU), `cross` (two) and `lines` (a device). The plugin counts the instructions
that each CPU executes itself: from one marked place of a program to the next, or from the CPU's way into the core.
No time passes into these figures. *In the core*: from the last instruction of one vCPU to the first of the next.
The device is the timer chip, on AArch64 a pin. A system is reset on one CPU, from the call on, with boot.""",
    ),
    "slots": (
        "Start of a slot beside any neighbour",
        """\
System `tests/bench/slots`: the observer's slot lies right behind its neighbour's; it notes when it returns from
`idle_self`, from the slot's nominal time. One boot, 260 slots of each kind of neighbour, which does one thing
without a pause and at varying distance; its successes are counted, a kind that achieved nothing is not reported
as measured. Whatever stops the neighbour, the observer starts it again. Where a slot's end finds a neighbour at work
moves with every change anywhere, so *sampled* figures are judged by their goal alone; what bounds them all is exact
and judged: the longest piece with interrupts off and the slot switch.""",
    ),
    "growth": (
        "Growth",
        """\
System `tests/bench/growth`: one partition makes the same calls in each of its slots while partitions, slots,
channels or CPUs are added around it. It has the last slot of the plan, behind a partition that computes, and the
last channel, which leads back to itself. The others have slots in turn and give them back. The plugin counts the
instructions of the first CPU, with the way to the call and back, 20 times each; of the timer from the interrupt, of
the slot switch in the core alone. A test demands that no line of a curve rises or falls by more than a few
instructions.""",
    ),
    "boot": (
        "Boot",
        """\
From the core's first instruction (`start`) to the first instruction of the first partition, counted by the
plugin; the firmware before it does not count, nor does the idle time until the first frame. Goal: 1 000 000 and
10 for each byte that is checked and loaded: the files of the configuration and of the partitions as they are
stored (rounded up to 16, as they lie in the container), and their segments once expanded.""",
    ),
    "rtos": (
        "Real-time kernel",
        """\
System `tests/bench/rtos`: one program, linked with `librtos.a` (arguments checked) and with
`librtos-nochecks.a` (trusted). Two threads and 30 more that wait; of a call that switches, the time is from the
call of one thread to the return of the other one's. *Interrupt to woken thread*: from the first line of a
handler installed with `install_trap_handler` to the return of the thread's `rtos_sem_take`, which the kernel's
handler ends; on AArch64 a handler that does not go back first ends its interrupt by a call, which has a row of its
own. x86 may take a quarter more than the goals of AArch64. Bytes are those of an object in the program's storage;
code is measured by `tests/rtos/test_sizes.py`.""",
    ),
    "ways": (
        "Longest paths",
        """\
The plugin looks for the longest piece with interrupts off, from each way into the core, or point where interrupts
are let in, to the next such point, in systems that make every call with every result it can have, and fault in
every way. `hc_` is a hypercall, `trap_` an exception or an interrupt, `_step` a piece of a long call, `other` the
timer and the idle loop. *A whole call* is what the core executes from the trap until the caller goes on, all pieces
together, of calls in which the CPU did not sleep and no interrupt came (of a call in pieces that is chance:
*sampled*). A call that is not listed takes less than the shortest listed one or does not come back (`halt_system`,
`reset_system`). The audit is for looking: each event it tells is some 460 instructions.""",
    ),
    "stack": (
        "Deepest stack",
        """\
Bytes of a CPU's stack from each way into the core, over the compiler's own call graphs (`scripts/stack_depth.py`,
which the build runs; the way itself stands in `build/<arch>/core/release/stack.txt`), the processor's frame of an
interrupt on top included. The goal is half of the stack.""",
    ),
    "size": (
        "Footprint of the core",
        """\
Sections of `prtos_core` as the Makefile's options make it: release, `DEBUG=1` (verbose bodies) and `LLVM=1`
(clang). The modules of the audit are chosen in the XML file and are in every build. Code and constants are what is
only read; bss holds the CPU's page tables, the boot stack and what is zero at boot. *Largest* is for information.""",
    ),
}


@dataclasses.dataclass(frozen=True)
class Curve:
    """A drawing of the rows whose keys are <name>:<number>:<line>."""

    name: str
    group: str
    title: str
    axis: str
    flat: bool = False  # a test demands it; the page says from where to where its lines go


CURVES = (
    Curve("ports", "ports", "Port calls by the size of the message", "bytes"),
    Curve("partitions", "growth", "Hot paths by the number of partitions", "partitions", flat=True),
    Curve("slots", "growth", "Hot paths by the number of slots in the plan", "slots", flat=True),
    Curve("channels", "growth", "Hot paths by the number of channels", "channels", flat=True),
    Curve("cpus", "growth", "Hot paths by the number of CPUs", "CPUs", flat=True),
)
