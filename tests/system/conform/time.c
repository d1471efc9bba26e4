/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks, timers, waiting, masks, pending bits and routing: effects as well as codes. */
#include "conform.h"
#include <irqs.h>

#define FRAME 20000 /* us */
#define SLOT 6000

static volatile prtos_u32_t seen[32], order[8], n_order;

static void handler(trap_ctxt_t *ctxt)
{
    prtos_u32_t n = ctxt->irq_nr - BAIL_PRTOSEXT_TRAP(0);

    seen[n & 31]++;
    if (n_order < 8)
        order[n_order++] = n & 31;
}

static prtos_s32_t now_us(prtos_u32_t clock)
{
    prtos_time_t time = -1;

    call(get_time_nr, clock, PTR2ADDR(&time), 0, 0, 0);
    return (prtos_s32_t)time;
}

static prtos_s32_t set_timer(prtos_u32_t clock, prtos_s32_t abs, prtos_u32_t interval)
{
    return call(set_timer_nr, clock, TIMES((prtos_u32_t)abs, abs < 0 ? ~0u : 0, interval, 0));
}

static prtos_u32_t pending(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();

    return pct->ext_irqs_pend;
}

static void wait_us(prtos_s32_t us)
{
    prtos_u64_t end = clock_ns() + (prtos_u64_t)us * 1000;

    while (clock_ns() < end)
        ;
}

/* To the start of a slot, nothing pending. */
static void fresh(void)
{
    prtos_idle_self();
    call(clear_irqpend_nr, ~0u, ~0u, 0, 0, 0);
    check_word("fresh", 0, pending());
}

void check_time(void)
{
    prtos_s32_t hw, exec;
    prtos_u64_t ns;

    fresh();
    hw = now_us(0);
    ns = clock_ns();
    check_range("time.page", (prtos_u32_t)hw, (prtos_u32_t)hw + 3, (prtos_u32_t)(ns / 1000));
    exec = now_us(1);
    wait_us(100);
    check_range("time.hw", 100, 110, (prtos_u32_t)(now_us(0) - hw));
    check_range("time.exec", 95, 110, (prtos_u32_t)(now_us(1) - exec));
    exec = now_us(1);
    check("idle", OK, call(idle_self_nr, 0, 0, 0, 0, 0));
    check_range("idle.hw", FRAME - 5, FRAME + 5, (prtos_u32_t)(now_us(0) - hw));
    check_range("idle.exec", 0, 10, (prtos_u32_t)(now_us(1) - exec));
    check_word("idle.slot-start", 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START, pending());
    check("wait.slot-end", OK, call(wait_irq_nr, 0, 0, 0, 0, 0));
    check_range("wait.hw", 2 * FRAME - 5, 2 * FRAME + 5, (prtos_u32_t)(now_us(0) - hw));
}

static void check_timers(void)
{
    fresh();
    check("timer.once", OK, set_timer(0, now_us(0) + 50, 0));
    call(get_vcpuid_nr, 0, 0, 0, 0, 0);
    check_word("timer.not-yet", 0, pending());
    wait_us(60);
    call(get_vcpuid_nr, 0, 0, 0, 0, 0);
    check_word("timer.fired", 1u << PRTOS_VT_EXT_HW_TIMER, pending());
    call(clear_irqpend_nr, 0, ~0u, 0, 0, 0);
    wait_us(200);
    call(get_vcpuid_nr, 0, 0, 0, 0, 0);
    check_word("timer.only-once", 0, pending());
    check("timer.past", OK, set_timer(0, 1, 0));
    wait_us(5);
    check_word("timer.past.fired", 1u << PRTOS_VT_EXT_HW_TIMER, pending());
    call(clear_irqpend_nr, 0, ~0u, 0, 0, 0);
    check("timer.exec", OK, set_timer(1, now_us(1) + 50, 100));
    wait_us(60);
    check_word("timer.exec.fired", 1u << PRTOS_VT_EXT_EXEC_TIMER, pending());
    call(clear_irqpend_nr, 0, ~0u, 0, 0, 0);
    wait_us(100);
    check_word("timer.exec.again", 1u << PRTOS_VT_EXT_EXEC_TIMER, pending());
    check("timer.disarm", OK, set_timer(1, 0, 100));
    call(clear_irqpend_nr, 0, ~0u, 0, 0, 0);
    wait_us(300);
    check_word("timer.disarmed", 0, pending());
    check("timer.replaced", OK, set_timer(0, now_us(0) + 50, 0));
    check("timer.replace", OK, set_timer(0, now_us(0) + 1000, 0));
    wait_us(100);
    check_word("timer.replaced.quiet", 0, pending());
    set_timer(0, 0, 0);
}

/* Masks of the hypervisor's calls and what they let through. */
static void check_masks(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();
    prtos_u32_t i;

    for (i = 0; i < 32; i++)
        install_trap_handler((prtos_s32_t)BAIL_PRTOSEXT_TRAP(i), handler);
    fresh();
    check_word("mask.ext", ~0u, pct->ext_irqs_to_mask);
    check("mask.clear", OK, call(clear_irqmask_nr, 0, 0x0f000000, 0, 0, 0));
    check_word("mask.cleared", 0xf0ffffff, pct->ext_irqs_to_mask);
    check("mask.set", OK, call(set_irqmask_nr, 0x1, 0x01000000, 0, 0, 0));
    check_word("mask.is-set", 0xf1ffffff, pct->ext_irqs_to_mask);
    check("pend", OK, call(set_irqpend_nr, 0xffff, 0x0b000000, 0, 0, 0));
    check_word("pend.ext", 0x0b000000, pending());
    check_word("pend.hw-not-owned", 0, pct->hw_irqs_pend);
    check_word("pend.not-delivered", 0, seen[24] + seen[25] + seen[27]);
    check("pend.clear", OK, call(clear_irqpend_nr, 0, 0x08000000, 0, 0, 0));
    check_word("pend.cleared", 0x03000000, pending());
    call(set_irqpend_nr, 0, 0x0c000000, 0, 0, 0);
    OWN_FLAG_SET;
    check_word("if.set", 0x200, pct->iflags & 0x200);
    check("deliver.25", 1, (prtos_s32_t)seen[25]);
    check("deliver.26", 1, (prtos_s32_t)seen[26]);
    check("deliver.27", 1, (prtos_s32_t)seen[27]);
    check("deliver.24-masked", 0, (prtos_s32_t)seen[24]);
    check_word("deliver.lowest-first", 25 << 16 | 26 << 8 | 27,
               order[0] << 16 | order[1] << 8 | order[2]);
    check_word("deliver.left", 0x01000000, pending());
    check("mask.deliver", OK, call(clear_irqmask_nr, 0, 0x01000000, 0, 0, 0));
    check("mask.delivered", 1, (prtos_s32_t)seen[24]);
    check("pend.deliver", OK, call(set_irqpend_nr, 0, 0x02000000, 0, 0, 0));
    check("pend.delivered", 2, (prtos_s32_t)seen[25]);
    OWN_FLAG_CLEAR;
    check_word("if.clear", 0, pct->iflags & 0x200);
    check("pend.no-mask-no-if", OK, call(set_irqpend_nr, 0, 1u << 16, 0, 0, 0));
    check("deliver.mem-protect", 1, (prtos_s32_t)seen[16]);
    check_word("deliver.mem-protect.left", 0, pending());
    call(set_irqmask_nr, ~0u, ~0u, 0, 0, 0);
}

static void check_routes(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();

    check_word("route.trap31", 0x1234, pct->trap_to_vector[31]);
    check_word("route.hw31", 0x2345, pct->hw_irq_to_vector[31]);
    check("route.ext", OK, call(route_irq_nr, 2, 27, BAIL_PRTOSEXT_TRAP(26), 0, 0));
    check_word("route.ext27", BAIL_PRTOSEXT_TRAP(26), pct->ext_irq_to_vector[27]);
    call(clear_irqmask_nr, 0, 0x08000000, 0, 0, 0);
    call(set_irqpend_nr, 0, 0x08000000, 0, 0, 0);
    OWN_FLAG_SET;
    check("route.delivered-26", 2, (prtos_s32_t)seen[26]);
    check("route.delivered-27", 1, (prtos_s32_t)seen[27]);
    OWN_FLAG_CLEAR;
    call(route_irq_nr, 2, 27, BAIL_PRTOSEXT_TRAP(27), 0, 0);
    call(set_irqmask_nr, ~0u, ~0u, 0, 0, 0);
}

void check_irqs(void)
{
    check_timers();
    check_masks();
    check_routes();
}
