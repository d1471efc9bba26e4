# SPDX-License-Identifier: Apache-2.0
"""The table on the terminal and documentation/performance*.md. bench.py calls it; it measures nothing."""
import pathlib

HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Written by `make bench`; what is changed by hand is lost. -->
# Performance on {arch}

All figures are guest instructions, counted by QEMU with `-icount shift=0,sleep=off`: one instruction is one
nanosecond of the machine's time and one count of {counter}, so every figure is exact and the same
on every machine, however busy. They are no times and no worst cases of a real processor: no cache, no
pipeline, no bus is modelled. What is judged is the worst sample, in the column *measured*.

Measure again, print the table and write this file:

    make bench{make}

[x86](performance.md), [AArch64](performance-aarch64.md)

"""

METHODS = {
    "calls": (
        "Single calls",
        """\
System `tests/bench/calls`: a writer and a reader on one CPU, one slot of each in a frame; the reader's ports
are open. Every sample is one call of the library function, with its arguments and its return, between two
{reading}; what two of them with nothing between give ({empty}) is subtracted. The first 6 frames are not
counted. A message is written, then read in the reader's next slot, so each write finds the last message read
and each read a new one. "Each 1000 bytes" is the difference between two sizes, divided. The exceptions come
back because the handler, installed with `install_trap_handler`, moves `ctxt->ip` on. The plugin counts how
often the core is entered in `get_time` (both clocks), `hw_sti`, `hw_cli`, `clear_irqmask` and `set_irqmask`.""",
    ),
    "switch": (
        "Switches",
        """\
System `tests/bench/switch`: spinning partitions read the counter and note the beginning of each slot; the
plugin counts from the partition's true first instruction to that reading, which is subtracted. *From its
nominal time*: to the first instruction of the partition, from the time that the plan names, in the core's own
hardware clock (plan start from the core's memory, {reading} converted through the clock page). *Last instruction
of one to the first of the next*: the instructions of the core between the two, counted by the plugin. The
difference between both is how late the timer's interrupt comes.""",
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
    "slots": (
        "Start of a slot beside any neighbour",
        """\
System `tests/bench/slots`: the observer's slot lies right behind its neighbour's; it notes when it returns from
`idle_self`, from the slot's nominal time. One boot, 260 slots of each kind of neighbour, which does one thing
without a pause and at varying distance; its successes are counted, a kind that achieved nothing is not reported
as measured. Whatever stops the neighbour, the observer starts it again.""",
    ),
    "ways": (
        "Longest pieces with interrupts off",
        """\
The plugin looks for the longest piece from each way into the core, or point where interrupts are let in, to the
next such point, in systems that make every call with every result it can have, and
fault in every way. `hc_` is a hypercall, `trap_` an exception or an interrupt, `_step` a piece of a long call,
`other` the timer and the idle loop. A call that is not listed takes less than the shortest listed one or does not
come back (`halt_system`, `reset_system`). The audit is for looking: each event it tells is some 460 instructions.

{ways}""",
    ),
    "boot": (
        "Boot",
        """From the core's first instruction (`start`) to the first instruction of the first partition, counted by the
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
    "size": (
        "Size of the core",
        """Sections of `build/{arch}/prtos_core`, the file that was measured. Code and constants: {code}.
Data: {data}.""",
    ),
}


def shown(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def cells(figure) -> tuple:
    goal = "" if figure.goal is None else shown(figure.goal)
    value = "" if figure.missing else shown(figure.value)
    return figure.text, value, goal, figure.unit, figure.verdict, figure.missing or figure.spread


def print_table(title: str, figures: list) -> None:
    rows = [("figure", "measured", "goal", "", "", "min / median / max")]
    rows += [cells(figure) for figure in figures]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    print(f"\n{title}")
    for row in rows:
        print(
            f"  {row[0]:{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}} "
            f"{row[3]:{widths[3]}} {row[4]:{widths[4]}}  {row[5]}".rstrip()
        )


def markdown_table(figures: list) -> str:
    lines = ["| figure | measured | goal | | min / median / max |", "| --- | ---: | ---: | --- | --- |"]
    for figure in figures:
        text, value, goal, unit, verdict, spread = cells(figure)
        unit = "" if unit == "instr." else f" {unit}"
        verdict = {"-": "for information", "OVER": "**over**"}.get(verdict, verdict)
        lines.append(f"| {text} | {value}{unit} | {goal} | {verdict} | {spread} |")
    return "\n".join(lines) + "\n"


def write_document(path: pathlib.Path, groups: dict, facts: list, rows: list, words: dict) -> None:
    """`groups`: name -> figures; `facts`: (what, value); `rows`: the core's sections."""
    text = HEAD.format(**words) + "| measured with | |\n| --- | --- |\n"
    text += "".join(f"| {what} | {value} |\n" for what, value in facts)
    for name, figures in groups.items():
        title, method = METHODS[name]
        text += f"\n## {title}\n\n{method.format(**words)}\n\n{markdown_table(figures)}"
    text += "\n| section | bytes |\n| --- | ---: |\n"
    text += "".join(f"| {name} | {shown(size)} |\n" for name, size in rows)
    new = path.with_name(path.name + ".new")
    new.write_text(text)
    new.replace(path)
