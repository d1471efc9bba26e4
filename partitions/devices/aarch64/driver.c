/* SPDX-License-Identifier: Apache-2.0 */
/* Drives the real-time clock (PL031, line 2) and the pins (PL061, line 7) of QEMU's `virt`, both
 * without a call of the hypervisor. The clock's alarm comes once; a pin with nothing on it is low,
 * and interrupts for as long as it is asked to. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "registers.h"

#define CLOCK_LINE 2
#define PINS_LINE 7
#define LINES (1u << CLOCK_LINE | 1u << PINS_LINE)
#define PIN 1u
#define TIMES_LOW 5
#define FRAMES_PER_SECOND 34
#define SECONDS_PER_YEAR 31556952 /* the calendar's mean */

static volatile prtos_u32_t alarms, lows;

static void on_alarm(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    *CLOCK_CLEAR = 1;
    alarms++;
    prtos_clear_irqmask(1u << CLOCK_LINE, 0);
}

/* The line stays closed until it is unmasked again. */
static void on_low(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    if (++lows == TIMES_LOW)
        *PINS_ENABLE = 0;
    prtos_clear_irqmask(1u << PINS_LINE, 0);
}

static void check(const char *what, prtos_s32_t value, prtos_s32_t low, prtos_s32_t high)
{
    printf("[P0] %s: %s (%d to %d)\n", what, value >= low && value <= high ? "ok" : "FAILED", low,
           high);
    if (value < low || value > high)
        printf("[P0]   found %d\n", value);
}

static void pins_start(void)
{
    *PINS_DIRECTION = 0;
    *PINS_LEVEL = PIN;
    *PINS_HIGH = 0;
    *PINS_ENABLE = PIN;
}

static void alarm_set(prtos_u32_t seconds)
{
    *CLOCK_MATCH = *CLOCK_DATA + seconds;
    *CLOCK_MASK = 1;
}

void partition_main(void)
{
    prtos_s32_t frames;

    printf("[P0] lines owned 0x%x, year %d by the real-time clock\n", prtos_get_pct()->hw_irqs,
           1970 + *CLOCK_DATA / SECONDS_PER_YEAR);
    install_trap_handler(BAIL_PRTOSHW_TRAP(CLOCK_LINE), on_alarm);
    install_trap_handler(BAIL_PRTOSHW_TRAP(PINS_LINE), on_low);
    pins_start();
    hw_sti();
    prtos_idle_self();
    check("lines masked, over a frame: interrupts of the pin", (prtos_s32_t)lows, 0, 0);
    prtos_clear_irqmask(LINES, 0);
    prtos_idle_self();
    check("interrupts while the pin is low", (prtos_s32_t)lows, TIMES_LOW, TIMES_LOW);
    alarm_set(1);
    for (frames = 0; !alarms && frames <= FRAMES_PER_SECOND; frames++)
        prtos_idle_self();
    check("frames of 30 ms until the alarm in the next second", frames, 1, FRAMES_PER_SECOND);
    check("... alarms", (prtos_s32_t)alarms, 1, 1);
    prtos_halt_system();
}
