/* SPDX-License-Identifier: Apache-2.0 */
/* Has the slot after the sweeper's; says at the end what it noticed. */
#include "sweep.h"

void partition_main(void)
{
    watch_begin(&BOARD->health, VICTIM_MEMORY, 2000000);
    while (!BOARD->done)
        watch_frame();
    check_range("frames", 10, 100000, BOARD->health.frames);
    check("words", 0, BOARD->health.words);
    check("registers", 0, BOARD->health.registers);
    check("fpu", 0, BOARD->health.fpu);
    check("table", 0, BOARD->health.table);
    check_range("early", 0, 1500, BOARD->health.early);
    check_range("late", 0, 1500, BOARD->health.late);
    check_end();
    prtos_halt_system();
}
