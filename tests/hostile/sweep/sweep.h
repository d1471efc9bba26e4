/* SPDX-License-Identifier: Apache-2.0 */
/* What sweeper and victim share, and the way to try one instruction. */
#ifndef TESTS_SWEEP_H
#define TESTS_SWEEP_H

#include "../../system/guest/watch.h"

struct board {
    prtos_u32_t done;
    struct health health;
};
#define BOARD ((volatile struct board *)0x6500000)
#define VICTIM_MEMORY 0x6180000u

#define AT_EL1 0x3c5u /* PSTATE with D, A, I, F masked */
#define AT_EL0 0x3c0u

/* probe.S */
extern prtos_u32_t probe_code[2];
extern prtos_u32_t probe_caught, probe_events; /* own exceptions, health events of the last one */
extern char probe_vectors[], probe_entry[];
prtos_u64_t probe_run(prtos_u64_t value, prtos_u64_t pstate);

/* sweeper.c: an instruction with this value in x0, which is then what it has left there. 0: nothing
 * has stopped it. */
prtos_u32_t probe_stopped(prtos_u32_t word, prtos_u64_t *value, prtos_u64_t pstate);

/* reach.c */
void reach(void);

#endif
