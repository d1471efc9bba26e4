/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts of two devices of QEMU's `virt` that come in the slot, outside it, and while the line
 * is masked: a pin (PL061) that is low as long as it is asked for, the clock's alarm (PL031). */
#include <irqs.h>
#include "../../system/guest/check.h"

#define CLOCK_LINE (1u << 2)
#define PIN_LINE (1u << 7)
#define FRAMES_PER_SECOND 101u
#define SOON 20000u /* ns behind the slot's begin */

#define REGISTER(address) (*(volatile prtos_u32_t *)(address))
#define CLOCK_DATA REGISTER(0x9010000)
#define CLOCK_MATCH REGISTER(0x9010004)
#define CLOCK_MASK REGISTER(0x9010010)
#define CLOCK_CLEAR REGISTER(0x901001c)
#define PINS_DIRECTION REGISTER(0x9030400)
#define PINS_LEVEL REGISTER(0x9030404)
#define PINS_HIGH REGISTER(0x903040c)
#define PINS_ENABLE REGISTER(0x9030410)

static volatile prtos_u32_t n, left, alarms, late;

/* The line stays closed until it is unmasked again. */
static void on_pin(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    n++;
    if (!--left)
        PINS_ENABLE = 0;
    prtos_clear_irqmask(PIN_LINE, 0);
}

static void on_alarm(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    late = (prtos_u32_t)(clock_ns() - dispatch_ns());
    alarms++;
    CLOCK_CLEAR = 1;
    prtos_clear_irqmask(CLOCK_LINE, 0);
}

static void pin_low(prtos_u32_t times)
{
    left = times;
    PINS_ENABLE = 1;
}

static void spin(prtos_u32_t ns)
{
    prtos_u64_t end = clock_ns() + ns;

    while (clock_ns() < end)
        ;
}

static void check_pin(void)
{
    PINS_DIRECTION = 0;
    PINS_LEVEL = 1;
    PINS_HIGH = 0;
    pin_low(1);
    spin(200000);
    check_word("in-slot", 1, n);
    pin_low(3);
    spin(200000);
    check_word("level", 4, n);
    call(set_irqmask_nr, PIN_LINE, 0, 0, 0, 0);
    pin_low(1);
    spin(200000);
    check_word("masked.nothing", 4, n);
    call(clear_irqmask_nr, PIN_LINE, 0, 0, 0, 0);
    check_word("masked.kept", 5, n);
    call(set_irqmask_nr, PIN_LINE, 0, 0, 0, 0);
    pin_low(1);
    spin(200000);
    PINS_ENABLE = 0;
    call(clear_irqpend_nr, PIN_LINE, 0, 0, 0, 0);
    call(clear_irqmask_nr, PIN_LINE, 0, 0, 0, 0);
    check_word("taken-back", 5, n);
    pin_low(1);
    spin(200000);
    check_word("in-slot.again", 6, n);
}

/* Most of the time is others': the alarm waits for the begin of a slot. */
static void check_alarm(void)
{
    prtos_u32_t frames;

    CLOCK_MATCH = CLOCK_DATA + 1;
    CLOCK_MASK = 1;
    check_word("not-yet", 0, alarms);
    for (frames = 0; !alarms && frames <= FRAMES_PER_SECOND; frames++)
        prtos_idle_self();
    check_word("outside", 1, alarms);
    check_range("outside.frames", 2, FRAMES_PER_SECOND, frames);
    check_range("outside.late", 0, SOON, late);
    prtos_idle_self();
    check_word("outside.once", 1, alarms);
    check_word("outside.none", 6, n);
}

void partition_main(void)
{
    install_trap_handler(BAIL_PRTOSHW_TRAP(2), on_alarm);
    install_trap_handler(BAIL_PRTOSHW_TRAP(7), on_pin);
    call(clear_irqmask_nr, CLOCK_LINE | PIN_LINE, 0, 0, 0, 0);
    hw_sti();
    prtos_idle_self();
    check_pin();
    prtos_idle_self();
    check_alarm();
    check_end();
}
