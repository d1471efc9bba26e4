/* SPDX-License-Identifier: Apache-2.0 */
/* What the partitions and the judge share. */
#ifndef TESTS_PAIR_H
#define TESTS_PAIR_H

#include "check.h"

enum { ATTACKER, FIRST, SECOND, KEEPER };

/* Written by the machine before it starts, read by all: nothing else differs between two runs. */
struct orders {
    prtos_u32_t seed; /* of the attacker; 0: it sleeps */
    prtos_u32_t frames;
};
#define ORDERS ((const volatile struct orders *)0x6c00000)

#define KINDS 11u

/* The attacker's memory over its lives, and the keeper's. */
struct board {
    prtos_u32_t random, lives, resumed, restarted;
    prtos_u32_t done[KINDS];
};
#define BOARD ((volatile struct board *)0x6d00000)

/* What an observer saw. A value never is a time: those stand in `time`, in steps of the counter
 * from the observer's start. */
struct entry {
    prtos_u32_t what, value, time;
};
struct trace {
    prtos_u32_t entries, lost, done, ports;
    struct entry entry[];
};
#define TRACE_BYTES 0x1000000u
#define TRACE_OF(id) ((struct trace *)(prtos_address_t)(0x8000000u + ((id)-FIRST) * TRACE_BYTES))

#define LARGE 0x10000u /* bytes of the attacker's messages */

#endif
