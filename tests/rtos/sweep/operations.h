/* SPDX-License-Identifier: Apache-2.0 */
/* What is cut: operations that begin and end with the same state, judged by what they did. */
#ifndef SWEEP_OPERATIONS_H
#define SWEEP_OPERATIONS_H

#include <rtos.h>

struct operation {
    const char *name;
    void (*run)(void);     /* in the main thread */
    const char *expected;  /* what its threads note, in order */
    void (*prepare)(void); /* before the time is taken; may be null */
};

extern const struct operation operations[];
extern const unsigned n_operations;

/* What was noted since the last call; empty again afterwards. */
const char *notes_take(void);

/* Nothing is left: counts, owners, priorities, queues as at first. */
int is_clean(void);

/* Makes the objects and the helping threads; `main_thread` has priority 5. */
void operations_init(struct rtos_thread *main_thread);

/* The moment at which the operation will begin. */
extern rtos_time_t begin_moment;

#endif
