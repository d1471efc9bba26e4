/* SPDX-License-Identifier: Apache-2.0 */
/* See rtos_port.h. rtos_start() comes back to the test by a long jump. */
#include <setjmp.h>
#include <string.h>

#include <rtos/fpu.h>

#include "host.h"
#include "kernel.h"

struct host_port host_port;
static jmp_buf to_test;

void host_reset(void)
{
    /* Clocks never go back. */
    host_port = (struct host_port){.interrupts_on = 1,
                                   .now = host_port.now + 1000000,
                                   .executed = host_port.executed,
                                   .slot_length = 1LL << 60};
    rtos_kernel = (struct rtos_kernel_state){.current = (struct rtos_thread *)0};
}

void host_start(void)
{
    if (!setjmp(to_test))
        rtos_start();
}

void host_interrupt(void (*work)(void))
{
    prtos_u32_t on = host_port.interrupts_on;

    host_port.interrupts_on = 0;
    rtos_kernel.nesting += NESTING_IRQ;
    work();
    rtos_kernel.nesting -= NESTING_IRQ;
    if (rtos_kernel.nesting == NESTING_NONE) {
        if (!rtos_kernel.current)
            rtos_kernel.current = ready_first();
        else
            rtos_switch();
    }
    host_port.interrupts_on = on;
}

static void rang(void)
{
    host_port.armed = 0;
    rtos_timer_rang();
}

static void sliced(void)
{
    host_port.slice_armed = 0;
    rtos_slice_over();
}

void host_pass(rtos_time_t duration, int running)
{
    rtos_time_t end = host_port.now + duration;

    while (running && host_port.armed && host_port.armed <= end) {
        if (host_port.armed > host_port.now) {
            host_port.executed += host_port.armed - host_port.now;
            host_port.now = host_port.armed;
        }
        host_interrupt(rang);
    }
    if (running)
        host_port.executed += end - host_port.now;
    host_port.now = end;
    if (rtos_slice_over)
        while (host_port.slice_armed && host_port.slice_armed <= host_port.executed)
            host_interrupt(sliced);
}

void host_slot(prtos_u32_t index, rtos_time_t length)
{
    host_port.slot_began = host_port.now;
    host_port.slot_length = length;
    host_port.slot_index = index;
    host_interrupt(rtos_slot_began);
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
    host_port.n_arms++;
}

void port_slice_arm(rtos_time_t moment)
{
    host_port.slice_armed = moment;
}

rtos_time_t port_slot_began(void)
{
    return host_port.slot_began;
}

rtos_time_t port_slot_end(void)
{
    return host_port.slot_began + host_port.slot_length;
}

rtos_time_t port_slot_next(void)
{
    return host_port.slot_next;
}

rtos_time_t port_slot_length(void)
{
    return host_port.slot_length;
}

prtos_u32_t port_slot_index(void)
{
    return host_port.slot_index;
}

void *port_stack_init(void *stack, rtos_size_t size)
{
    return (char *)stack + size;
}

void port_switch(void **from, void *to)
{
    (void)from;
    (void)to;
    host_port.n_switches++;
}

void port_switch_to_idle(void **from, void *stack)
{
    (void)from;
    (void)stack;
    host_port.n_switches++;
    if (!rtos_kernel.current && !from)
        longjmp(to_test, 1);
}

void port_switch_from_idle(void *to)
{
    (void)to;
    host_port.n_switches++;
    longjmp(to_test, 1);
}

void port_sleep(int nothing_due)
{
    (void)nothing_due;
    longjmp(to_test, 1);
}

void port_start(void)
{
    host_port.interrupts_on = 1;
    rtos_resume();
}

int port_irq_is_kernels(prtos_u32_t irq)
{
    return irq == 32 || irq == 33 || irq == 40;
}

void port_irq_open(prtos_u32_t irq)
{
    *(irq < 32 ? &host_port.open_lo : &host_port.open_hi) |= 1u << irq % 32;
}

void port_irq_close(prtos_u32_t irq)
{
    *(irq < 32 ? &host_port.open_lo : &host_port.open_hi) &= ~(1u << irq % 32);
}

void port_irq_mask(prtos_u32_t irq, int masked)
{
    prtos_u32_t *word = irq < 32 ? &host_port.masked_lo : &host_port.masked_hi;

    *word = (*word & ~(1u << irq % 32)) | (prtos_u32_t)(masked != 0) << irq % 32;
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

void host_trap(prtos_u32_t trap)
{
    jmp_buf outer;

    memcpy(&outer, &to_test, sizeof(outer));
    host_port.interrupts_on = 0;
    if (!setjmp(to_test))
        rtos_fault_trap(trap, 0);
    memcpy(&to_test, &outer, sizeof(outer));
    host_port.interrupts_on = 1;
}

int port_fpu_exists(void)
{
    return !host_port.fpu_absent;
}

void port_fpu_init(struct rtos_fpu *room)
{
    room->room[0] = 0;
}

void port_fpu_save(struct rtos_fpu *room)
{
    room->room[0] = host_port.fpu;
}

void port_fpu_load(const struct rtos_fpu *room)
{
    host_port.fpu = room->room[0];
}
