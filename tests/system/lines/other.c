/* SPDX-License-Identifier: Apache-2.0 */
/* Owns line 6 and must not hear of the others. */
#include "../../system/guest/check.h"

#define FRAMES 6

void partition_main(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();
    prtos_u32_t i, seen = 0;

    check_word("owned", 1u << 6, pct->hw_irqs);
    for (i = 0; i < FRAMES; i++) {
        seen |= pct->hw_irqs_pend;
        prtos_idle_self();
    }
    check_word("nothing", 0, seen);
    call(set_irqpend_nr, ~0u, 0, 0, 0, 0);
    check_word("own-only", 1u << 6, pct->hw_irqs_pend);
    check_end();
}
