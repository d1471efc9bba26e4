/* SPDX-License-Identifier: Apache-2.0 */
/* What attacker, victim and monitor share. */
#ifndef TESTS_WAYOUT_H
#define TESTS_WAYOUT_H

#include "../../system/guest/watch.h"

enum { ATTACKER, VICTIM, MONITOR };

#define VICTIM_MEMORY 0x6180000u
#define FRAME_NS 1000000u

struct board {
    prtos_u32_t begun, back; /* times the attacker went in, and came back */
    prtos_u32_t event;       /* that the processor would raise */
};
#define BOARD ((volatile struct board *)0x6500000)
#define HEALTH ((volatile struct health *)0x6510000)

#endif
