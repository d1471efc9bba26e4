# SPDX-License-Identifier: Apache-2.0
"""The figures of the real-time kernel; bench.py calls measure_rtos()."""
import lab
from figures import Bench, Figure, guarded

# series, text, goal on AArch64
CALLS = (
    ("yield switch", "thread_yield, switch", 120),
    ("sem take switch", "sem_take, switch", 180),
    ("sem give switch", "sem_give, switch", 200),
    ("sem give", "sem_give", 45),
    ("sem take", "sem_take", 35),
    ("mutex lock", "mutex_lock", 40),
    ("mutex unlock", "mutex_unlock", 30),
    ("mutex lock switch", "mutex_lock, switch, the owner inherits", None),
    ("mutex unlock switch", "mutex_unlock, switch, the priority goes back", None),
    ("queue send", "queue_send", None),
    ("queue receive", "queue_receive", None),
    ("queue send switch", "queue_send, switch", None),
    ("queue receive switch", "queue_receive, switch", None),
    ("event set", "event_set", None),
    ("pool alloc", "pool_alloc", None),
    ("pool free", "pool_free", None),
    ("heap alloc", "heap_alloc", None),
    ("heap free", "heap_free", None),
    ("sched lock", "sched_lock", None),
    ("sched unlock", "sched_unlock", None),
    ("timer start", "timer_start, not the soonest moment", None),
    ("now", "now", None),
)
IRQ_GOAL = 250


def woken(run: lab.Run, program: str) -> list:
    """From the first line of a plain handler to the thread that the kernel's handler woke, without
    the call with which a handler that does not go back ends its interrupt."""
    plain = max(run.samples(program, "delivery")) + max(run.samples(program, "delivery end"))
    return [sample - plain for sample in run.samples(program, "irq thread")]


def goal_of(goal: int | None, arch: str) -> int | None:
    """x86 may take a quarter more."""
    return goal * 5 // 4 if goal and arch == "x86" else goal


def measure_rtos(bench: Bench) -> list:
    run = lab.run(bench.system("rtos"))
    found = []
    for program in ("checked", "trusted"):
        for series, text, goal in CALLS:
            key = f"rtos_{program}_{series}".replace(" ", "_")
            figure = Figure(key, f"{text}, arguments {program}", [], goal_of(goal, bench.arch))
            found.append(guarded(figure, lambda p=program, s=series: run.samples(p, s)))
        text, goal = f"interrupt to woken thread, arguments {program}", goal_of(IRQ_GOAL, bench.arch)
        figure = Figure(f"rtos_{program}_irq", text, [], goal)
        found.append(guarded(figure, lambda p=program: woken(run, p)))
        figure = Figure(f"rtos_{program}_irq_end", f"end of the interrupt, the hypervisor's, {program}", [], None)
        found.append(guarded(figure, lambda p=program: run.samples(p, "delivery end")))
    symbols = run.system.programs["checked"].size
    for name in sorted(name for name in symbols if name.startswith("bytes_of_")):
        text = f"struct rtos_{name.removeprefix('bytes_of_')}"
        found.append(Figure(name, text, [symbols[name]], None, "bytes"))
    failed = [len(run.series[program].get("failed", [])) for program in ("checked", "trusted")]
    return found + [Figure("rtos_failed", "calls with another result than expected", failed, 0, "calls")]
