/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's port with contexts (ucontext), one fiber for each thread of the kernel, one for
 * partition_main() and one for idling; time goes on where the partition works or sleeps. */
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <stdlib.h>
#include <ucontext.h>

#include "apex_host.h"

#define N_FIBERS 64
#define FIBER_STACK 65536

struct fiber {
    ucontext_t context;
    const void *owner; /* the kernel's stack for it */
    void (*entry)(void);
    char *stack;
    void *fake;
};

struct host_port host_port;
static struct fiber fibers[N_FIBERS], boot_fiber, idle_fiber, test_fiber, *running = &test_fiber;
static const void *test_bottom;
static size_t test_size;
static rtos_time_t slot_end, slot_next;

static void fiber_switch(struct fiber *to)
{
    struct fiber *from = running;

    __sanitizer_start_switch_fiber(&from->fake, to == &test_fiber ? test_bottom : to->stack,
                                   to == &test_fiber ? test_size : FIBER_STACK);
    running = to;
    swapcontext(&from->context, &to->context);
    __sanitizer_finish_switch_fiber(running->fake, NULL, NULL);
}

static void fiber_main(void)
{
    const void *bottom;
    size_t size;

    __sanitizer_finish_switch_fiber(NULL, &bottom, &size);
    if (!test_bottom) {
        test_bottom = bottom;
        test_size = size;
    }
    running->entry();
    abort();
}

static void fiber_make(struct fiber *fiber, void (*entry)(void))
{
    if (!fiber->stack)
        fiber->stack = malloc(FIBER_STACK);
    __asan_unpoison_memory_region(fiber->stack, FIBER_STACK);
    fiber->entry = entry;
    fiber->fake = NULL;
    getcontext(&fiber->context);
    fiber->context.uc_stack.ss_sp = fiber->stack;
    fiber->context.uc_stack.ss_size = FIBER_STACK;
    fiber->context.uc_link = NULL;
    makecontext(&fiber->context, fiber_main, 0);
}

/* A thread may be made anew on the stack on which it runs: not the fiber that runs now. */
void *port_stack_init(void *stack, rtos_size_t size)
{
    struct fiber *fiber = fibers;

    (void)size;
    while (fiber->owner && (fiber->owner != stack || fiber == running))
        assert_true(++fiber < fibers + N_FIBERS);
    fiber->owner = stack;
    fiber_make(fiber, rtos_thread_main);
    return fiber;
}

void port_switch(void **from, void *to)
{
    *from = running;
    host_port.n_switches++;
    fiber_switch(to);
}

void port_switch_from_idle(void *to)
{
    host_port.n_switches++;
    fiber_switch(to);
}

void port_switch_to_idle(void **from, void *stack)
{
    (void)stack;
    if (from)
        *from = running;
    fiber_make(&idle_fiber, rtos_idle);
    fiber_switch(&idle_fiber);
}

void port_start(void)
{
    host_port.interrupts_on = 1;
    rtos_resume();
}

void host_run(void (*main)(void))
{
    fiber_make(&boot_fiber, main);
    fiber_switch(&boot_fiber);
}

void host_end(void)
{
    fiber_switch(&test_fiber);
    abort();
}

static void host_interrupt(void (*work)(void))
{
    prtos_u32_t on = host_port.interrupts_on;

    host_port.interrupts_on = 0;
    rtos_kernel.nesting += NESTING_IRQ;
    work();
    rtos_kernel.nesting -= NESTING_IRQ;
    if (rtos_kernel.nesting == NESTING_NONE)
        rtos_switch();
    host_port.interrupts_on = on;
}

static void rang(void)
{
    host_port.armed = 0;
    rtos_timer_rang();
}

void (*host_time_passed)(void);

static void time_tell(void)
{
    if (host_time_passed)
        host_time_passed();
}

/* In front of a moment that is far away the slot may end, and others follow. */
static void events_look(void)
{
    if (host_port.now >= slot_end) {
        host_port.now = host_port.slot_began = slot_next;
        slot_end = slot_next + HOST_SLOT;
        slot_next += HOST_FRAME;
        time_tell();
        host_interrupt(rtos_slot_began);
    }
    if (host_port.armed && host_port.armed <= host_port.now) {
        time_tell();
        host_interrupt(rang);
    }
}

static rtos_time_t step_of(rtos_time_t wanted)
{
    rtos_time_t left = slot_end - host_port.now;

    if (host_port.armed && host_port.armed - host_port.now < left)
        left = host_port.armed - host_port.now;
    if (left < 0)
        left = 0;
    return wanted < left ? wanted : left;
}

void host_spend(SYSTEM_TIME_TYPE ns)
{
    while (ns > 0) {
        rtos_time_t step = step_of(ns);

        host_port.now += step;
        host_port.executed += step;
        ns -= step;
        events_look();
    }
}

/* Nothing is ready: on to what comes next, if anything comes. */
void port_sleep(int nothing_due)
{
    (void)nothing_due;
    host_port.interrupts_on = 1;
    if (!rtos_kernel.soonest && (apex_state.period_start || !&apex_partition))
        host_end();
    host_port.now += step_of(RTOS_NEVER);
    events_look();
}

void host_trap(prtos_u32_t trap)
{
    host_port.interrupts_on = 0;
    rtos_fault_trap(trap, 0x1234);
    host_port.interrupts_on = 1;
}

void host_port_reset(void)
{
    host_port = (struct host_port){
        .interrupts_on = 1, .slot_index = HOST_SLOT_INDEX, .slot_length = HOST_SLOT};
    host_port.now = host_port.slot_began = 1234567;
    slot_end = host_port.now + HOST_SLOT;
    slot_next = host_port.now + HOST_FRAME;
    rtos_kernel = (struct rtos_kernel_state){.current = NULL};
    for (struct fiber *fiber = fibers; fiber < fibers + N_FIBERS; fiber++)
        fiber->owner = NULL;
}

rtos_time_t port_now(void)
{
    return host_port.now;
}

rtos_time_t port_executed(void)
{
    return host_port.executed;
}

prtos_u64_t port_stamp_rate(void)
{
    return 1000000000u;
}

void port_timer_arm(rtos_time_t moment)
{
    host_port.armed = moment;
}

void port_slice_arm(rtos_time_t moment)
{
    (void)moment;
}

rtos_time_t port_slot_began(void)
{
    return host_port.slot_began;
}

rtos_time_t port_slot_end(void)
{
    return slot_end;
}

rtos_time_t port_slot_length(void)
{
    return host_port.slot_length;
}

prtos_u32_t port_slot_index(void)
{
    return host_port.slot_index;
}

int port_irq_is_kernels(prtos_u32_t irq)
{
    return irq == 32 || irq == 33 || irq == 40;
}

void port_irq_open(prtos_u32_t irq)
{
    host_port.open_hi |= irq < 32 ? 0 : 1u << (irq - 32);
}

void port_irq_close(prtos_u32_t irq)
{
    (void)irq;
}

void port_irq_mask(prtos_u32_t irq, int masked)
{
    (void)irq;
    (void)masked;
}

void port_traps_open(void)
{
}

void port_partition_error(prtos_u32_t trap, rtos_size_t address)
{
    (void)trap;
    (void)address;
    host_port.n_errors++;
}

static void queuing_irq(void)
{
    rtos_irq_run(32 + PRTOS_VT_EXT_QUEUING_PORT);
}

void host_queue_changed(void)
{
    if (host_port.open_hi >> PRTOS_VT_EXT_QUEUING_PORT & 1)
        host_interrupt(queuing_irq);
}
