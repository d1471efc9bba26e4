/* SPDX-License-Identifier: Apache-2.0 */
/* Counts its slots. When its tool is broken it divides by zero; the health monitor then takes all
 * processors to the maintenance plan at once. */
#include <prtos.h>
#include "board.h"

void partition_main(void)
{
    volatile prtos_u32_t zero = 0;

    for (;;) {
        BOARD->shifts++;
        if (BOARD->broken)
            BOARD->shifts = 100 / zero;
        prtos_idle_self();
    }
}
