/* SPDX-License-Identifier: Apache-2.0 */
/* Thread watchdogs: a thread that does not report in time, or is at fault, is started anew. */
#ifndef RTOS_WATCH_H
#define RTOS_WATCH_H

#include <rtos/timer.h>

/* What happened to a thread. */
enum rtos_fault { RTOS_FAULT_TRAP, RTOS_FAULT_STACK, RTOS_FAULT_SILENT };

struct rtos_fault_info {
    struct rtos_thread *thread;
    enum rtos_fault fault;
    prtos_u32_t trap;    /* number of the processor's trap */
    rtos_size_t address; /* of the instruction */
};

/* Called when a thread was stopped for a fault, with interrupts off, on the kernel's stack; it may
 * start the thread again. Null: nothing more happens. From threads and before rtos_start(). A
 * fault while it runs, or in an interrupt handler, is the partition's PARTITION_ERROR. */
typedef void (*rtos_fault_handler)(const struct rtos_fault_info *info);
enum rtos_status rtos_fault_set_handler(rtos_fault_handler handler);

/* Text for a fault: "trap", "stack overflow", "silent". */
const char *rtos_fault_name(enum rtos_fault fault);

struct rtos_watch {
    struct rtos_timer timer;
    struct rtos_thread *thread;
    rtos_time_t period;
    prtos_u32_t n_restarts;
};

/* From now on the thread must kick once in each `period` ns (1000 at least); else it is stopped,
 * the fault handler is told, and it starts from its entry. From threads and before rtos_start().
 * RTOS_INVALID_PARAM. */
enum rtos_status rtos_watch_add(struct rtos_watch *watch, struct rtos_thread *thread,
                                rtos_time_t period);

/* From anywhere. */
enum rtos_status rtos_watch_kick(struct rtos_watch *watch);

/* No longer watched. From threads and before rtos_start(). */
enum rtos_status rtos_watch_remove(struct rtos_watch *watch);

#endif
