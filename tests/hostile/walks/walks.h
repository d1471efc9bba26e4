/* SPDX-License-Identifier: Apache-2.0 */
/* What the team and its victim share. */
#ifndef TESTS_WALKS_H
#define TESTS_WALKS_H

#include "../../system/guest/watch.h"

struct board {
    prtos_u32_t flips, done;
    struct health health;
};
#define BOARD ((volatile struct board *)0x6500000)
#define VICTIM_MEMORY 0x6180000u
#define FROZEN 0x6300000u /* read-only for the team */

#endif
