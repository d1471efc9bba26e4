/* SPDX-License-Identifier: Apache-2.0 */
/* What the target shows of its life in the area that it shares with its controller. */
#ifndef TESTS_CONFORM_BOARD_H
#define TESTS_CONFORM_BOARD_H

#include <prtos.h>

#define BOARD ((volatile struct board *)0x6900000)

struct board {
    prtos_u32_t beats;  /* slots it ran in */
    prtos_u32_t starts; /* times it came to its beginning */
    prtos_u32_t shutdowns;
    prtos_u32_t reset_counter, reset_status; /* of its control table */
    prtos_u32_t data; /* a word of its .data, which it changes after its start */
    prtos_s32_t port; /* what creating its port gave at the start */
    prtos_u32_t flags;
    prtos_u32_t timer;  /* HW timer's interrupts seen pending */
    prtos_u32_t pended; /* external interrupts pending at the start, slot start apart */
};

#endif
