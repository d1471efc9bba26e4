/* SPDX-License-Identifier: Apache-2.0 */
/* Lives and shows it; what happens to it is its controller's doing. */
#include "board.h"

static prtos_u32_t data = 0x600d;

void partition_main(void)
{
    partition_control_table_t *pct = prtos_get_pct();
    volatile partition_control_table_t *seen = pct;

    BOARD->starts++;
    BOARD->reset_counter = pct->reset_counter;
    BOARD->reset_status = pct->reset_status;
    BOARD->data = data;
    BOARD->pended = pct->ext_irqs_pend & ~(1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    BOARD->port = prtos_create_sampling_port("say", 64, PRTOS_SOURCE_PORT, 0);
    data = 0xbad;
    prtos_set_timer(PRTOS_HW_CLOCK, 1, 1000);
    for (;;) {
        BOARD->beats++;
        BOARD->flags = seen->flags;
        if (seen->ext_irqs_pend >> PRTOS_VT_EXT_SHUTDOWN & 1) {
            BOARD->shutdowns++;
            prtos_clear_irqpend(0, 1u << PRTOS_VT_EXT_SHUTDOWN);
        }
        prtos_idle_self();
    }
}
