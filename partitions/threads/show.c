/* SPDX-License-Identifier: Apache-2.0 */
/* See show.h. */
#include <bail.h>
#include <stdio.h>
#include "show.h"

static struct rtos_mutex console;

void show_init(void)
{
    rtos_mutex_init(&console, RTOS_MUTEX_INHERIT, 0);
}

void show(const char *format, ...)
{
    va_list args;

    rtos_mutex_lock(&console, RTOS_FOREVER);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    rtos_mutex_unlock(&console);
}

void worker_start(struct worker *worker, const char *name, void (*entry)(void *arg), void *arg,
                  unsigned priority)
{
    struct rtos_thread_config config = {entry, arg, worker->stack, STACK, priority, name};

    if (rtos_thread_init(&worker->thread, &config) || rtos_thread_start(&worker->thread))
        bail_halt("%s does not start\n", name);
}
