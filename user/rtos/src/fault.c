/* SPDX-License-Identifier: Apache-2.0 */
/* Threads at fault: named, stopped, perhaps started again; the others go on. */
#include <rtos/watch.h>

#include "fault.h"
#include "kernel.h"

static rtos_fault_handler fault_handler;

enum rtos_status rtos_fault_set_handler(rtos_fault_handler handler)
{
    CHECK_NOT_IRQ();
    fault_handler = handler;
    port_traps_open();
    return RTOS_OK;
}

const char *rtos_fault_name(enum rtos_fault fault)
{
    static const char *const names[] = {"trap", "stack overflow", "silent"};

    return (prtos_u32_t)fault < sizeof(names) / sizeof(names[0]) ? names[fault] : "?";
}

/* With interrupts off. The running thread has no context any more: the end of the interrupt, or who
 * called, goes on with another one. */
void rtos_fault_stop(struct rtos_thread *thread, const struct rtos_fault_info *info)
{
    if (thread == rtos_kernel.current) {
        rtos_kernel.current = (struct rtos_thread *)0;
        rtos_kernel.nesting &= ~NESTING_LOCKS;
    }
    if (thread->state != STATE_DORMANT && !IS_AWAY(thread))
        rtos_thread_end(thread);
    /* As an interrupt handler: a second fault within it is nobody's. */
    if (fault_handler) {
        rtos_kernel.nesting += NESTING_IRQ;
        fault_handler(info);
        rtos_kernel.nesting -= NESTING_IRQ;
    }
}

/* At a switch: its stack's lowest word was overwritten. */
void rtos_fault_stack(struct rtos_thread *thread)
{
    struct rtos_fault_info info = {.thread = thread, .fault = RTOS_FAULT_STACK};

    rtos_fault_stop(thread, &info);
}

/* A trap of the processor; the port calls it with interrupts off, outside of interrupt handlers on
 * the kernel's stack. Comes back only if nobody can be held to account. */
void rtos_fault_trap(prtos_u32_t trap, rtos_size_t address)
{
    struct rtos_thread *thread = rtos_kernel.current;
    struct rtos_fault_info info = {
        .thread = thread, .fault = RTOS_FAULT_TRAP, .trap = trap, .address = address};

    if (!thread || kernel_in_irq()) {
        port_partition_error(trap, address);
        return;
    }
    rtos_fault_stop(thread, &info);
    rtos_resume();
}
