/* SPDX-License-Identifier: Apache-2.0 */
/* Tells what it sees, in words that do not depend on anything but damage. */
#include <stdio.h>
#include "fuzz.h"

void partition_main(void)
{
    prtos_u32_t i;

    watch_begin(HEALTH, VICTIM_MEMORY, 1000000);
    for (;;) {
        for (i = 0; i < REPORT_FRAMES; i++)
            watch_frame();
        if (REPORTED < REPORTS) {
            printf("[P1] %d frames: %d words, %d registers, %d table, %d fpu, %s\n", HEALTH->frames,
                   HEALTH->words, HEALTH->registers, HEALTH->table, HEALTH->fpu,
                   HEALTH->late <= 1500 && HEALTH->early <= 1500 ? "in time" : "LATE");
            REPORTED++;
        }
    }
}
