/* SPDX-License-Identifier: Apache-2.0 */
/* Drives the PC's interval timer (8254, ports 0x40 to 0x43, line 0) and its real-time clock
 * (MC146818, ports 0x70 and 0x71, line 8), both without a call of the hypervisor. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "ports.h"

#define TIMER_LINE 0
#define CLOCK_LINE 8
#define LINES (1u << TIMER_LINE | 1u << CLOCK_LINE)
#define HW_VECTOR(line) (0x20 + (line)) /* where lines go unless routed elsewhere */

#define TIMER_COUNT 0x40
#define TIMER_COMMAND 0x43
#define TIMER_RATE 0x34 /* channel 0, both bytes, mode 2 */
#define TIMER_HZ 1193182
#define TICK_HZ 1000

#define CLOCK_INDEX 0x70
#define CLOCK_DATA 0x71
#define CLOCK_YEAR 0x09
#define CLOCK_A 0x0a
#define CLOCK_B 0x0b
#define CLOCK_C 0x0c
#define CLOCK_PERIODIC 0x40
#define CLOCK_512_HZ 0x27

static volatile prtos_u32_t ticks, beats;
static volatile prtos_time_t first, last;

static prtos_time_t now(void)
{
    prtos_time_t time;

    prtos_get_time(PRTOS_HW_CLOCK, &time);
    return time;
}

static prtos_u8_t clock_read(prtos_u8_t reg)
{
    port_out(CLOCK_INDEX, reg);
    return port_in(CLOCK_DATA);
}

static void clock_write(prtos_u8_t reg, prtos_u8_t value)
{
    port_out(CLOCK_INDEX, reg);
    port_out(CLOCK_DATA, value);
}

static void on_tick(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    last = now();
    if (!ticks++)
        first = last;
}

/* The clock holds its line until its register C is read. */
static void on_beat(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    beats += (clock_read(CLOCK_C) & CLOCK_PERIODIC) != 0;
}

static void check(const char *what, prtos_s32_t value, prtos_s32_t low, prtos_s32_t high)
{
    printf("[P0] %s: %s (%d to %d)\n", what, value >= low && value <= high ? "ok" : "FAILED", low,
           high);
    if (value < low || value > high)
        printf("[P0]   found %d\n", value);
}

/* What fired before is forgotten. A beat that came outside the slot was not seen, and its register
 * C not read: no more beats until that has been done. */
static void slot_begin(void)
{
    prtos_idle_self();
    prtos_clear_irqpend(LINES, 0);
    clock_read(CLOCK_C);
}

static void devices_start(void)
{
    prtos_u32_t divisor = TIMER_HZ / TICK_HZ;

    install_trap_handler(HW_VECTOR(TIMER_LINE), on_tick);
    install_trap_handler(HW_VECTOR(CLOCK_LINE), on_beat);
    port_out(TIMER_COMMAND, TIMER_RATE);
    port_out(TIMER_COUNT, (prtos_u8_t)divisor);
    port_out(TIMER_COUNT, (prtos_u8_t)(divisor >> 8));
    clock_write(CLOCK_A, CLOCK_512_HZ);
    clock_write(CLOCK_B, clock_read(CLOCK_B) | CLOCK_PERIODIC);
    prtos_clear_irqmask(LINES, 0);
}

void partition_main(void)
{
    prtos_time_t end;

    printf("[P0] lines owned 0x%x, year 20%02x by the real-time clock\n", prtos_get_pct()->hw_irqs,
           clock_read(CLOCK_YEAR));
    devices_start();
    slot_begin();
    ticks = beats = 0;
    end = now() + 15500;
    hw_sti();
    while (now() < end)
        ;
    hw_cli();
    check("ticks of the timer in 15.5 ms", (prtos_s32_t)ticks, 15, 16);
    check("... us from first to last, each", (prtos_s32_t)(last - first) / ((prtos_s32_t)ticks - 1),
          995, 1005);
    check("beats of the clock in 15.5 ms", (prtos_s32_t)beats, 7, 8);
    prtos_set_irqmask(LINES, 0);
    ticks = beats = 0;
    hw_sti();
    slot_begin();
    check("lines masked, over a frame: ticks", (prtos_s32_t)ticks, 0, 0);
    check("... beats", (prtos_s32_t)beats, 0, 0);
    prtos_idle_self();
    prtos_halt_system();
}
