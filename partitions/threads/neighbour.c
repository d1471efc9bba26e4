/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the last 4 ms of each frame and works in all of them: what it takes is time that passes on
 * the hardware clock of the other partition, but not on that one's execution clock. */
#include <prtos.h>

void partition_main(void)
{
    volatile prtos_u32_t work = 0;

    for (;;)
        work++;
}
