/* SPDX-License-Identifier: Apache-2.0 */
/* Threads at fault: traps, an overrun stack, silence; and at last a fault in the fault handler,
 * which is the partition's. */
#include <stdio.h>
#include "conform.h"
#include "own.h"

/* The library that measures says for how long interrupts were off. */
#ifdef METER
#define OFF(where) (prtos_u32_t) rtos_irq_max_off(where)
#else
#define OFF(where) ((void)(where), 0)
#endif
#define OFF_LIMIT 3000 /* the longest: a wait that arms both timers, two calls of the hypervisor */

static struct rtos_fault_info last;
static prtos_u32_t n_faults, stumble_in_handler;

static void on_fault(const struct rtos_fault_info *info)
{
    last = *info;
    n_faults++;
    if (stumble_in_handler)
        fault_opcode();
}

static void misuse(void *arg)
{
    (void)arg;
    fault_operand();
}

static void unknown(void *arg)
{
    (void)arg;
    fault_opcode();
}

static void write_nowhere(void *arg)
{
    *(volatile prtos_u32_t *)arg = 1;
}

static void overrun(void *arg)
{
    volatile char *low = (volatile char *)arg;
    prtos_u32_t i;

    for (i = 0; i < 16; i++)
        low[i] = 0;
    rtos_thread_yield();
    rtos_thread_delay(RTOS_US(1)); /* it is left here at the latest */
}

static prtos_u32_t rounds;

static void fall_silent(void *arg)
{
    struct rtos_watch *watch = arg;
    int i;

    rounds++;
    for (i = 0; i < 3; i++) {
        rtos_watch_kick(watch);
        rtos_thread_delay(RTOS_US(100));
    }
    for (;;)
        ;
}

static void check_fault(const char *name, void (*entry)(void *), void *arg, int fault,
                        prtos_u32_t trap)
{
    enum rtos_thread_state state;

    n_faults = 0;
    work(0, entry, arg, 8);
    rtos_thread_delay(RTOS_US(20));
    check(name, 1, (prtos_s32_t)n_faults);
    check("fault", fault, last.fault);
    check("of", 1, last.thread == &workers[0].thread);
    check("trap", (prtos_s32_t)trap, (prtos_s32_t)last.trap);
    rtos_thread_get_state(&workers[0].thread, &state);
    check("dormant", RTOS_DORMANT, state);
}

void check_faults(void)
{
    static struct rtos_watch watch;
    void *where;

    check("handler", RTOS_OK, rtos_fault_set_handler(on_fault));
    check_fault("operand", misuse, 0, RTOS_FAULT_TRAP, OPERAND_TRAP);
    check_fault("opcode", unknown, 0, RTOS_FAULT_TRAP, OPCODE_TRAP);
    check_fault("nowhere", write_nowhere, (void *)0x7000000, RTOS_FAULT_TRAP, NOWHERE_TRAP);
    check_fault("stack", overrun, workers[0].stack, RTOS_FAULT_STACK, 0);
    n_faults = 0;
    work(1, fall_silent, &watch, 4);
    rtos_watch_add(&watch, &workers[1].thread, RTOS_US(500));
    in_fresh_slot();
    rtos_thread_delay(RTOS_MS(4));
    rtos_watch_remove(&watch);
    rtos_thread_stop(&workers[1].thread);
    check_range("restarts", 4, 20, watch.n_restarts);
    check("rounds", (prtos_s32_t)watch.n_restarts + 1, (prtos_s32_t)rounds);
    check("silent", RTOS_FAULT_SILENT, last.fault);
    check_range("off", 0, OFF_LIMIT, OFF(&where));
    check_end();
    if (prtos_get_pct()->reset_counter)
        prtos_halt_system();
    stumble_in_handler = 1;
    work(0, misuse, 0, 8); /* does not come back: the partition starts again */
}
