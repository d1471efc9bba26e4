/* SPDX-License-Identifier: Apache-2.0 */
/* What the vCPUs of the partition know of each other: they share its memory. Each word has one
 * writer. */
#ifndef QUAD_H
#define QUAD_H

#include <prtos.h>

#define VCPUS 4

struct worker {
    volatile prtos_u32_t primes;   /* found in its share of the numbers */
    volatile prtos_u32_t finished; /* ... all of it */
    volatile prtos_u32_t turns;    /* slots since then */
    volatile prtos_u32_t odd;      /* things that were not as they must be */
};

extern struct worker workers[VCPUS];

/* A baton goes round the vCPUs; each stamps it with the time. */
void relay_run(prtos_u32_t self);
extern volatile prtos_u32_t relay_laps, relay_backwards;

#endif
