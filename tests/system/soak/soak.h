/* SPDX-License-Identifier: Apache-2.0 */
/* What the two share. */
#ifndef TESTS_SOAK_H
#define TESTS_SOAK_H

#include "check.h"

#ifndef SECONDS
#define SECONDS 60u
#endif

enum { WORKER, BOSS };

/* The worker's books over its lives. */
struct board {
    prtos_u32_t lives, slots, faults, sent, written, refused;
};
#define BOARD ((volatile struct board *)0x6500000)

#endif
