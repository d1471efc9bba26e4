/* SPDX-License-Identifier: Apache-2.0 */
/* A small kernel inside a partition: processes in address spaces of their own, system calls, a
 * timer that takes turns, and the end of whoever does what it may not. Everything happens in
 * handlers: the context that a handler leaves is where the return goes. */
#include <stdio.h>
#include <string.h>
#include "processes.h"

#define TURN 500 /* us */
#define CANARY 0x600dcafeu
#define NONE 0xffu

static struct process processes[] = {
    {"adds up threes", WORK, 3, CALL, 0, 0, NO_CONTEXT},
    {"adds up fives", WORK, 5, CALL, 0, 0, NO_CONTEXT},
    {"writes through a null pointer", WRITE, 0, PAGE, 0, 0, NO_CONTEXT},
    {"writes to the kernel", WRITE, WINDOW, PAGE, 0, 0, NO_CONTEXT},
    {"writes to process 0", WRITE, SPACE_PAGE(0, MEMORY), PAGE, 0, 0, NO_CONTEXT},
    {"writes to its own page directory", WRITE, SPACE_PAGE(5, DIRECTORY), PAGE, 0, 0, NO_CONTEXT},
    {"writes to the control tables", WRITE, PRTOS_PCTRLTAB_ADDR, PAGE, 0, 0, NO_CONTEXT},
    {"writes to the hypervisor", WRITE, CONFIG_PRTOS_OFFSET, PAGE, 0, 0, NO_CONTEXT},
    {"jumps into the kernel", JUMP, WINDOW, PAGE, 0, 0, NO_CONTEXT},
    {"makes a hypercall", MAKE_HYPERCALL, 0, PROTECTION, 0, 0, NO_CONTEXT},
    {"forges the return of a handler", FORGE_RETURN, WINDOW, PROTECTION, 0, 0, NO_CONTEXT},
    {"turns interrupts off", STOP_INTERRUPTS, 0, PROTECTION, 0, 0, NO_CONTEXT},
};

#define PROCESSES (sizeof(processes) / sizeof(processes[0]))

static prtos_u32_t current, canary = CANARY, turns, wrong;

/* All have ended. */
static void finish(void)
{
    prtos_u32_t i, spaces = 0;

    space_use(0);
    for (i = 0; i < PROCESSES; i++)
        spaces += space_end(i) != 0;
    printf("[P0] the timer has taken turns: %s\n", turns > 2 ? "yes" : "no");
    printf("[P0] address spaces given back: %d of %d\n", spaces, (prtos_u32_t)PROCESSES);
    printf("[P0] verdict: %s\n",
           !wrong && canary == CANARY && spaces == PROCESSES ? "PASS" : "FAIL");
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}

static prtos_u32_t next_of(prtos_u32_t from)
{
    prtos_u32_t i;

    for (i = 1; i <= PROCESSES; i++)
        if (processes[(from + i) % PROCESSES].root)
            return (from + i) % PROCESSES;
    return NONE;
}

/* Leaves the current process and goes on with the next one. */
static void switch_process(context_t *context)
{
    prtos_u32_t next = next_of(current);

    if (next == NONE)
        finish();
    processes[current].context = *context;
    current = next;
    *context = processes[current].context;
    space_use(processes[current].root);
}

static void end_process(context_t *context, enum event event)
{
    static const char *const how[] = {"done", "page fault", "protection fault"};
    struct process *process = &processes[current];
    prtos_s32_t good = event == process->ended_by;

    printf("[P0] process %d %s: %s%s\n", current, process->what, how[event], good ? "" : ", WRONG");
    wrong += !good;
    process->root = 0;
    switch_process(context);
}

static void system_called(context_t *context)
{
    struct process *process = &processes[current];
    prtos_u32_t number = CONTEXT_CALL(context), argument = CONTEXT_ARGUMENT(context);

    if (number == CALL_SAY) {
        printf("[P0] process %d says %d\n", current, argument);
        wrong += argument != process->target * ROUNDS || argument != process->memory->sum;
    } else if (number == CALL_YIELD) {
        switch_process(context);
    } else {
        end_process(context, CALL);
    }
}

void kernel_event(enum event event, context_t *context)
{
    if (event == CALL) {
        system_called(context);
    } else if (event == TIMER) {
        turns++;
        switch_process(context);
    } else {
        end_process(context, event);
    }
}

void partition_main(void)
{
    context_t start;
    prtos_u32_t i;

    memset(&start, 0, sizeof(start));
    wrong += !machine_start(&start);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_EXEC_TIMER);
    prtos_set_timer(PRTOS_EXEC_CLOCK, TURN, TURN);
    for (i = 0; i < PROCESSES; i++) {
        processes[i].context = start;
        wrong += !space_make(&processes[i], i);
        processes[i].memory->part = processes[i].part;
        processes[i].memory->target = processes[i].target;
    }
    printf("[P0] %d processes, each with page tables of its own\n", (prtos_u32_t)PROCESSES);
    wrong += !space_use(processes[0].root);
    process_enter(&start);
}
