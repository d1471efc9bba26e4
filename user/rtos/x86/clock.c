/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks, timers and slots on 32-bit x86: from the control table and the clock page, without a trap
 * but to arm a timer. The hypervisor's timers count in us: they are armed a little late, never early. */
#include "kernel.h"

#define US 1000

static const volatile struct prtos_clock *clock_page(void)
{
    return (const volatile struct prtos_clock *)(PRTOS_PCTRLTAB_ADDR + PORT_PCT->clock_offset);
}

/* ns since the base that `exec` selects. */
static rtos_time_t clock_read(int exec)
{
    const volatile struct prtos_clock *page = clock_page();
    prtos_u32_t sequence, shift;
    prtos_u64_t count, ns;

    do {
        sequence = page->sequence;
        count = port_stamp() - page->base_count;
        shift = page->shift;
        ns = (prtos_u64_t)(prtos_u32_t)count * page->mult >> shift;
        if (unlikely(count >> 32))
            ns += (prtos_u64_t)(prtos_u32_t)(count >> 32) * page->mult << (32 - shift);
        ns += exec ? page->exec_ns : page->base_ns;
    } while (unlikely(sequence != page->sequence || sequence & 1));
    return (rtos_time_t)ns;
}

rtos_time_t port_now(void)
{
    return clock_read(0);
}

rtos_time_t port_executed(void)
{
    return clock_read(1);
}

prtos_u64_t port_stamp_rate(void)
{
    return (prtos_u64_t)PORT_PCT->cpu_khz * 1000;
}

static void timer_arm(prtos_u32_t clock, rtos_time_t moment)
{
    prtos_set_timer(clock, (rtos_time_t)(((prtos_u64_t)moment + US - 1) / US), 0);
}

void port_timer_arm(rtos_time_t moment)
{
    /* 0 would disarm it. */
    timer_arm(PRTOS_HW_CLOCK, moment > 0 ? moment : 1);
}

void port_slice_arm(rtos_time_t moment)
{
    timer_arm(PRTOS_EXEC_CLOCK, moment);
}

/* The hypervisor does not say when a slot began. When it gave the vCPU the processor is that moment,
 * unless the slot before was the vCPU's too or interrupts were off: then now is, which is later. */
#define NEAR 20000

rtos_time_t port_slot_began(void)
{
    rtos_time_t now = port_now(), dispatched = (rtos_time_t)clock_page()->base_ns;

    return now - dispatched < NEAR ? dispatched : now;
}

rtos_time_t port_slot_length(void)
{
    return (rtos_time_t)PORT_PCT->cyclic_sched_info.slot_duration * US;
}

prtos_u32_t port_slot_index(void)
{
    return PORT_PCT->cyclic_sched_info.num_of_slots;
}
