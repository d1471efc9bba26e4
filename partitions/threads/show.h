/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of text from several threads, and threads with little writing. */
#ifndef THREADS_SHOW_H
#define THREADS_SHOW_H

#include <rtos.h>

/* Makes the mutex that keeps lines whole. */
void show_init(void);

/* printf() of one line. */
void show(const char *format, ...);

#define STACK 4096

/* A thread with a stack of its own. */
struct worker {
    struct rtos_thread thread;
    char stack[STACK] __attribute__((aligned(8)));
};

/* Makes a thread and starts it. */
void worker_start(struct worker *worker, const char *name, void (*entry)(void *arg), void *arg,
                  unsigned priority);

#endif
