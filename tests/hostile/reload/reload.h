/* SPDX-License-Identifier: Apache-2.0 */
/* What the target and the victim show. */
#ifndef TESTS_RELOAD_H
#define TESTS_RELOAD_H

#include "../../system/guest/watch.h"

enum { TARGET, BOSS, VICTIM };

struct board {
    prtos_u32_t starts, beats, data, data_end;
};
#define BOARD ((volatile struct board *)0x6500000)
#define HEALTH ((volatile struct health *)0x6510000)
#define VICTIM_MEMORY 0x6280000u

#endif
