/* SPDX-License-Identifier: Apache-2.0 */
/* Timers, clocks, interrupt masks and the two ways to wait, each measured and checked. The
 * partition owns the first 6 ms of each frame of 10 ms. All times are in microseconds. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "checks.h"

#define FRAME 10000
#define SLOT 6000
#define GAP (FRAME - SLOT)
#define LATE 100 /* a timer never fires early, and at most this late while its partition runs */
#define MAX_STAMPS 64

#define HW_TIMER_BIT (1u << PRTOS_VT_EXT_HW_TIMER)
#define EXEC_TIMER_BIT (1u << PRTOS_VT_EXT_EXEC_TIMER)

/* Written by the handlers, read by the program: one array for each clock. */
static volatile prtos_s32_t hw_count, exec_count;
static prtos_time_t hw_stamp[MAX_STAMPS], exec_stamp[MAX_STAMPS];

static prtos_time_t clock_now(prtos_u32_t clock)
{
    prtos_time_t now;

    prtos_get_time(clock, &now);
    return now;
}

static void on_hw_timer(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    if (hw_count < MAX_STAMPS)
        hw_stamp[hw_count] = clock_now(PRTOS_HW_CLOCK);
    hw_count++;
}

static void on_exec_timer(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    if (exec_count < MAX_STAMPS)
        exec_stamp[exec_count] = clock_now(PRTOS_EXEC_CLOCK);
    exec_count++;
}

/* Returns at the start of the next slot. */
static prtos_time_t next_slot(void)
{
    prtos_idle_self();
    return clock_now(PRTOS_HW_CLOCK);
}

static void spin_until(prtos_time_t moment)
{
    while (clock_now(PRTOS_HW_CLOCK) < moment)
        ;
}

static void check_hw_one_shot(void)
{
    prtos_time_t due = next_slot() + 1500;
    prtos_s32_t waits = 0;

    hw_count = 0;
    prtos_set_timer(PRTOS_HW_CLOCK, due, 0);
    while (hw_count == 0) {
        prtos_wait_irq(); /* the processor sleeps until something is to be delivered */
        waits++;
    }
    check_bounds("hardware clock, once in 1500 us: late by", hw_stamp[0] - due, 0, LATE);
    check_bounds("... and wait_irq slept until then: calls", waits, 1, 1);
    spin_until(due + 3000);
    check_bounds("... and fires how often", hw_count, 1, 1);
}

static void check_hw_periodic(void)
{
    prtos_time_t due = next_slot() + 1000;
    prtos_time_t shortest = MAX_PRTOSTIME, longest = 0;
    prtos_s32_t i;

    hw_count = 0;
    prtos_set_timer(PRTOS_HW_CLOCK, due, 1000);
    while (hw_count < 5)
        prtos_wait_irq();
    prtos_set_timer(PRTOS_HW_CLOCK, 0, 0); /* disarms */
    for (i = 1; i < 5; i++) {
        prtos_time_t period = hw_stamp[i] - hw_stamp[i - 1];

        if (period < shortest)
            shortest = period;
        if (period > longest)
            longest = period;
    }
    check_bounds("hardware clock, each 1000 us: shortest period", shortest, 1000 - LATE, 1000);
    check_bounds("... longest period", longest, 1000, 1000 + LATE);
    check_bounds("... fifth one late by", hw_stamp[4] - due - 4000, 0, LATE);
    next_slot();
    check_bounds("... and after disarming in the next frame, fires", hw_count - 5, 0, 0);
}

/* 250, 750, ... 25 750 us after a slot start: 12 in each of three slots, and the eight of each gap
 * come as a single one at the start of the next slot. */
static void check_merged_periods(void)
{
    prtos_time_t start = next_slot();

    hw_count = 0;
    prtos_set_timer(PRTOS_HW_CLOCK, start + 250, 500);
    spin_until(start + 2 * FRAME + SLOT - 100);
    prtos_set_timer(PRTOS_HW_CLOCK, 0, 0);
    check_bounds("52 periods of 500 us over three slots: interrupts", hw_count, 38, 38);
}

static void check_exec_one_shot(void)
{
    prtos_time_t hw_start = next_slot();
    prtos_time_t due = clock_now(PRTOS_EXEC_CLOCK) + 8000;

    exec_count = 0;
    prtos_set_timer(PRTOS_EXEC_CLOCK, due, 0);
    while (exec_count == 0)
        ; /* working, since sleeping is not execution */
    check_bounds("execution clock, once in 8000 us: late by", exec_stamp[0] - due, 0, LATE);
    check_bounds("... meanwhile on the hardware clock", clock_now(PRTOS_HW_CLOCK) - hw_start,
                 8000 + GAP - LATE, 8000 + GAP + LATE);
}

static void check_exec_periodic(void)
{
    prtos_time_t due;

    next_slot();
    due = clock_now(PRTOS_EXEC_CLOCK) + 1000;
    exec_count = 0;
    prtos_set_timer(PRTOS_EXEC_CLOCK, due, 1000);
    while (exec_count < 10)
        ;
    prtos_set_timer(PRTOS_EXEC_CLOCK, 0, 0);
    check_bounds("execution clock, each 1000 us over two slots: tenth late by",
                 exec_stamp[9] - due - 9000, 0, LATE);
}

static void check_clocks(void)
{
    prtos_time_t hw_start = next_slot();
    prtos_time_t exec_start = clock_now(PRTOS_EXEC_CLOCK);
    prtos_s32_t backwards = 0;
    prtos_time_t last = 0;

    while (clock_now(PRTOS_HW_CLOCK) < hw_start + 2000) {
        prtos_time_t now = clock_now(PRTOS_HW_CLOCK);

        if (now < last)
            backwards++;
        last = now;
    }
    check_bounds("hardware clock in 2 ms of work: runs backwards", backwards, 0, 0);
    check_bounds("... the execution clock advances by", clock_now(PRTOS_EXEC_CLOCK) - exec_start,
                 2000 - LATE, 2000 + LATE);
    exec_start = clock_now(PRTOS_EXEC_CLOCK);
    check_bounds("idle_self: returns after a frame, less the time used", next_slot() - hw_start,
                 FRAME - LATE, FRAME + LATE);
    check_bounds("... the execution clock advances by", clock_now(PRTOS_EXEC_CLOCK) - exec_start, 0,
                 LATE);
}

/* A masked interrupt stays pending and comes when it is unmasked. */
static void check_mask(void)
{
    prtos_time_t start = next_slot();

    hw_count = 0;
    prtos_set_irqmask(0, HW_TIMER_BIT);
    prtos_set_timer(PRTOS_HW_CLOCK, start + 500, 0);
    spin_until(start + 1000);
    check_bounds("masked timer: delivered", hw_count, 0, 0);
    check_true("... pending", (prtos_get_pct()->ext_irqs_pend & HW_TIMER_BIT) != 0);
    prtos_clear_irqmask(0, HW_TIMER_BIT);
    check_bounds("... and after unmasking: delivered", hw_count, 1, 1);
}

/* The same with the virtual interrupt flag, the processor's own stays on. */
static void check_flag(void)
{
    prtos_time_t start = next_slot();

    hw_count = 0;
    hw_cli();
    prtos_set_timer(PRTOS_HW_CLOCK, start + 500, 0);
    spin_until(start + 1000);
    check_bounds("interrupts off: delivered", hw_count, 0, 0);
    hw_sti();
    check_bounds("... and on again: delivered", hw_count, 1, 1);
    prtos_set_irqpend(0, HW_TIMER_BIT);
    check_bounds("raised by the program itself: delivered", hw_count, 2, 2);
    hw_cli();
    prtos_set_irqpend(0, HW_TIMER_BIT);
    prtos_clear_irqpend(0, HW_TIMER_BIT);
    hw_sti();
    check_bounds("... and taken back before: delivered", hw_count, 2, 2);
}

static void check_refusals(void)
{
    prtos_time_t now;

    check_bounds("timer in negative time: refused with", prtos_set_timer(PRTOS_HW_CLOCK, -1, 0),
                 PRTOS_INVALID_PARAM, PRTOS_INVALID_PARAM);
    check_bounds("timer of a clock that does not exist: refused with", prtos_set_timer(7, 1, 0),
                 PRTOS_INVALID_PARAM, PRTOS_INVALID_PARAM);
    check_bounds("time of a clock that does not exist: refused with", prtos_get_time(7, &now),
                 PRTOS_INVALID_PARAM, PRTOS_INVALID_PARAM);
}

void partition_main(void)
{
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_hw_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_exec_timer);
    prtos_clear_irqmask(0, HW_TIMER_BIT | EXEC_TIMER_BIT);
    hw_sti();
    printf("[P0] 6 ms of each 10 ms are mine; figures in microseconds or counts\n");

    check_hw_one_shot();
    check_hw_periodic();
    check_merged_periods();
    check_exec_one_shot();
    check_exec_periodic();
    check_clocks();
    check_mask();
    check_flag();
    check_refusals();
    checks_end();
    prtos_halt_system();
}
