/* SPDX-License-Identifier: Apache-2.0 */
/* Its own memory and what the others may only read: nothing of it changes. */
#include <string.h>
#include "walks.h"

#define MARK 0x51515151u

void partition_main(void)
{
    volatile prtos_u32_t *frozen = (volatile prtos_u32_t *)FROZEN;
    prtos_u32_t i, changed = 0;

    memset((void *)FROZEN, MARK & 0xff, 0x2000);
    watch_begin(&BOARD->health, VICTIM_MEMORY, 10000000);
    while (!BOARD->done) {
        watch_frame();
        for (i = 0; i < 0x2000 / 4; i++)
            changed += frozen[i] != MARK;
    }
    check("frozen", 0, (prtos_s32_t)changed);
    check("words", 0, (prtos_s32_t)BOARD->health.words);
    check("registers", 0, (prtos_s32_t)BOARD->health.registers);
    check("table", 0, (prtos_s32_t)BOARD->health.table);
    check_end();
    prtos_halt_system();
}
