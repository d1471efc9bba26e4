/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs: functions that run to completion, many of them on the one stack of a crew. Of the posted
 * jobs of a crew the most urgent runs first, equals in the order of their posting. */
#ifndef RTOS_JOB_H
#define RTOS_JOB_H

#include <rtos/list.h>
#include <rtos/sem.h>
#include <rtos/thread.h>

#define RTOS_JOB_LEVELS 32

struct rtos_crew {
    prtos_u32_t type;
    prtos_u32_t levels;
    struct rtos_list posted[RTOS_JOB_LEVELS];
    struct rtos_sem news;
    struct rtos_thread thread;
};

struct rtos_job {
    prtos_u32_t type;
    struct rtos_link link;
    void (*function)(void *arg);
    void *arg;
    prtos_u8_t level, posted;
};

/* Makes and starts the thread that runs the jobs; `config` without entry and arg. From threads and
 * before rtos_start(). */
enum rtos_status rtos_crew_init(struct rtos_crew *crew, const struct rtos_thread_config *config);

/* `level` 0 to 31, 31 is the most urgent. RTOS_INVALID_PARAM. */
enum rtos_status rtos_job_init(struct rtos_job *job, void (*function)(void *arg), void *arg,
                               prtos_u32_t level);

/* From anywhere, the job itself too. RTOS_NO_ACTION: it is posted and has not begun. */
enum rtos_status rtos_job_post(struct rtos_crew *crew, struct rtos_job *job);

#endif
