/* SPDX-License-Identifier: Apache-2.0 */
/* What is cut: operations that begin and end with the same state, judged by what they did. */
#ifndef SWEEP_OPERATIONS_H
#define SWEEP_OPERATIONS_H

#include <rtos.h>

struct operation {
    const char *name;
    void (*run)(void);    /* in the main thread */
    const char *expected; /* what its threads note, in order */
    /* Each may be null: before the slot begins in whose end it lies, before the time is taken, and
     * behind it. */
    void (*before)(void);
    void (*prepare)(void);
    void (*finish)(void);
};

/* sweep.c: all rounds of one of them, in the calling thread, which has priority 5. */
void sweep(const struct operation *operation);

/* What was noted since the last call; empty again afterwards. */
const char *notes_take(void);

/* Nothing is left: counts, owners, priorities, queues as at first. */
int is_clean(void);

/* The moment at which the operation will begin. */
extern rtos_time_t begin_moment;

#endif
