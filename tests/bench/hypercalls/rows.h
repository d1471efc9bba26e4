/* SPDX-License-Identifier: Apache-2.0 */
/* A row for each hypercall, operation and command that is measured. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <prtos.h>

#define OTHER 1   /* the other partition */
#define NOBODY 99 /* a partition that there is not */
#define MAX_ROWS 96
#define SMALL 64

/* A call that is made, or none if `nr` is 0: a multicall stands in no row beside its own. */
struct made {
    prtos_u32_t nr;
    prtos_word_t args[5];
};

struct row {
    const char *name; /* number, of a call to an object with its class, of a command with that */
    prtos_u32_t nr;
    prtos_word_t valid[5], refused[5];
    prtos_u32_t flags;
    struct made before, after; /* the valid call, not measured */
};

#define ROW_NEVER_REFUSED 1
#define ROW_NEVER_VALID 2 /* measured elsewhere: it does not come back as other calls do */

extern struct row rows[];
extern const prtos_u32_t n_rows;

/* Of the architecture. */
extern struct row own_rows[];
extern const prtos_u32_t n_own_rows;

/* Opens ports, fills in addresses that are not known before. */
void rows_prepare(void);
void own_prepare(void);

/* In front of each round. */
void rows_round(void);

#endif
