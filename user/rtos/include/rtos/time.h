/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks, slots of the partition, time stamps and stopwatches. All from anywhere, none traps. */
#ifndef RTOS_TIME_H
#define RTOS_TIME_H

#include <rtos/types.h>

/* The hardware clock: ns since boot. */
rtos_time_t rtos_now(void);

/* The execution clock: ns for which this vCPU has run. */
rtos_time_t rtos_executed(void);

/* Time left in the running slot in ns. RTOS_INVALID_PARAM: null. */
enum rtos_status rtos_slot_left(rtos_time_t *left);

/* Start of this vCPU's next slot, under the plan in force. RTOS_INVALID_PARAM: null. */
enum rtos_status rtos_slot_next(rtos_time_t *start);

/* Time stamps: counts of the processor, and how many make a second. */
prtos_u64_t rtos_stamp(void);
prtos_u64_t rtos_stamp_rate(void);

/* A stopwatch in counts. Laps are measured from the last start or lap. */
struct rtos_stopwatch {
    prtos_u64_t began, total;
    prtos_u64_t shortest, longest;
    prtos_u32_t laps, running;
};

/* Makes it, with everything 0. RTOS_INVALID_PARAM: null; so in all of them. */
enum rtos_status rtos_stopwatch_init(struct rtos_stopwatch *watch);
/* RTOS_NO_ACTION: it runs. */
enum rtos_status rtos_stopwatch_start(struct rtos_stopwatch *watch);
/* Ends a lap and begins the next. RTOS_NO_ACTION: it does not run. */
enum rtos_status rtos_stopwatch_lap(struct rtos_stopwatch *watch, prtos_u64_t *lap);
/* Ends the last lap. RTOS_NO_ACTION: it does not run. */
enum rtos_status rtos_stopwatch_stop(struct rtos_stopwatch *watch);

#endif
