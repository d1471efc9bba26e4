/* SPDX-License-Identifier: Apache-2.0 */
/* What boss and victim share; nothing clears it, not even a restart of the system. */
#ifndef BENCH_BOARD_H
#define BENCH_BOARD_H

enum { NOTHING, WARM, COLD };

struct board {
    prtos_u32_t command; /* to the victim, which takes it away */
    prtos_u32_t lives;   /* of the system */
    prtos_u32_t failed;  /* calls with another result than expected */
};

#define BOARD ((volatile struct board *)0x7000000) /* shared area of the XML */

#endif
