/* SPDX-License-Identifier: Apache-2.0 */
/* Has other values in the same registers, and no interrupts of anybody else. */
#include <stdio.h>
#include "guest.h"

#define ROUNDS 12
#define LISTENS 2000 /* looks in each slot, with everything enabled */

void partition_main(void)
{
    prtos_u32_t i, j, wrong = 0, seen = 0;

    for (i = 0; i < ROUNDS; i++) {
        WRITE(ICC_PMR, 0x50);
        WRITE(ICC_BPR1, 3);
        WRITE(ICC_IGRPEN1, 0);
        prtos_idle_self();
        wrong += READ(ICC_PMR) != 0x50 || READ(ICC_BPR1) != 3 || READ(ICC_IGRPEN1) != 0;
        WRITE(ICC_PMR, 0xff);
        WRITE(ICC_IGRPEN1, 1);
        for (j = 0; j < LISTENS; j++)
            seen += READ(ICC_IAR1) != 1023;
    }
    printf("[P1] # kept 0 %d\n", wrong);
    printf("[P1] # seen 0 %d\n", seen);
    printf("[P1] = 2\n");
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
