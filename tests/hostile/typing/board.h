/* SPDX-License-Identifier: Apache-2.0 */
/* What team and boss tell each other, and the pages that they fight over. */
#ifndef BOARD_H
#define BOARD_H

#include <prtos.h>

#define TEAM 1
#define TICK 50           /* us: no processor is longer alone where instructions are counted */
#define JUDGED 0x6200000u /* only the judge changes its type */
#define FREE 0x6201000u   /* everybody does */
#define SPARE 0x6202000u  /* a directory, sometimes */
#define MAPPED 0x6203000u /* what legal entries map */
#define CORE_MEMORY 0x1000000u
#define BITS (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define ILLEGAL (CORE_MEMORY | BITS)

struct board {
    volatile prtos_u32_t rounds; /* of the judge */
    volatile prtos_u32_t done;
    volatile prtos_u32_t open; /* the judge is about to make the page a table, or has */
    volatile prtos_u32_t copies, refused_copies;
    volatile prtos_u32_t lives[3], faults[3], turns[3];
};

/* From just before the call to far into it. */
static inline void delay(prtos_u32_t turn)
{
    volatile prtos_u32_t i;

    for (i = turn % 32 * 64; i; i--)
        ;
}

#define BOARD ((struct board *)0x6300000)

#endif
