/* SPDX-License-Identifier: Apache-2.0 */
/* What the three share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "../../system/guest/watch.h"

#ifndef CALLS
#define CALLS 0
#endif
#ifndef SEED
#define SEED 1
#endif

enum { FUZZER, VICTIM, MONITOR };

#define VICTIM_MEMORY 0x6180000u
#define REPORTS 20u      /* lines of the victim */
#define REPORT_FRAMES 50 /* frames for each */

/* Outside of the fuzzer's image: no reset touches it. */
struct board {
    prtos_u32_t calls, state;
    prtos_u32_t codes[9]; /* how often -n was answered; 0: not negative */
    prtos_u32_t strange;  /* answers below -8 */
    prtos_u32_t damage;   /* registers that a call changed */
};
#define BOARD ((volatile struct board *)0x6500000)
#define HEALTH ((volatile struct health *)0x6510000)
#define REPORTED (*(volatile prtos_u32_t *)0x6518000)

#endif
