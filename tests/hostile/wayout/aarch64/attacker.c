/* SPDX-License-Identifier: Apache-2.0 */
/* Its name in the XML says which fault it makes, again and again if nobody stops it: `data`,
 * `fetch`, `call`, or `deliver`: an interrupt to a dispatcher that is no address. */
#include <string.h>
#include "wayout.h"

#define CORE 0x100000ul

static void deliver(void)
{
    prtos_get_pct()->arch.trap_entry = 1;
    prtos_route_irq(PRTOS_EXTIRQ_TYPE, 27, 5);
    prtos_clear_irqmask(0, 1u << 27);
    prtos_set_irqpend(0, 1u << 27);
}

void partition_main(void)
{
    const char *way = prtos_get_pct()->name;

    prtos_idle_self();
    BOARD->event = !strcmp(way, "data")    ? PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT
                   : !strcmp(way, "fetch") ? PRTOS_HM_EV_ARM_INSTR_BACKGROUND_FAULT
                   : !strcmp(way, "call")  ? PRTOS_HM_EV_ARM_UNDEF_INSTR
                                           : PRTOS_HM_EV_FATAL_ERROR;
    BOARD->begun++;
    if (!strcmp(way, "data"))
        *(volatile prtos_u32_t *)CORE = 1;
    else if (!strcmp(way, "fetch"))
        ((void (*)(void))CORE)();
    else if (!strcmp(way, "call"))
        __asm__ __volatile__("1: hvc #1\n\tb 1b");
    else
        deliver();
    BOARD->back++;
    for (;;)
        prtos_idle_self();
}
