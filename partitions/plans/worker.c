/* SPDX-License-Identifier: Apache-2.0 */
/* Counts its slots. When its tool is broken it writes where it has no memory; the health monitor
 * then takes all processors to the maintenance plan at once. */
#include <prtos.h>
#include "board.h"

void partition_main(void)
{
    for (;;) {
        BOARD->shifts++;
        if (BOARD->broken)
            *(volatile prtos_u32_t *)0xdead000 = BOARD->shifts;
        prtos_idle_self();
    }
}
