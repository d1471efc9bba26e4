/* SPDX-License-Identifier: Apache-2.0 */
/* System partition: copies illegal entries into the judged page, whatever it is at the moment. */
#include <irqs.h>
#include "../../system/guest/check.h"
#include "board.h"

#define SIZE 4096

static void on_tick(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

static void copy(prtos_u32_t from)
{
    if (prtos_memory_copy(TEAM, JUDGED, PRTOS_PARTITION_SELF, from, SIZE) == SIZE)
        BOARD->copies++;
    else
        BOARD->refused_copies++;
}

void partition_main(void)
{
    static prtos_u32_t entries[SIZE / 4];
    prtos_u32_t i;

    for (i = 0; i < SIZE / 4; i++)
        entries[i] = ILLEGAL;
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_tick);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_HW_TIMER);
    prtos_set_timer(PRTOS_HW_CLOCK, TICK, TICK);
    hw_sti();
    while (!BOARD->done) {
        if (BOARD->open)
            delay(BOARD->rounds + 7);
        while (BOARD->open)
            copy(PTR2ADDR(entries));
    }
    check_range("copies", 0, ~0u, BOARD->copies);
    check_range("copies.refused", 10, ~0u, BOARD->refused_copies);
    check_end();
    prtos_halt_system();
}
