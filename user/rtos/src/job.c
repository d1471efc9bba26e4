/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs that run to completion on the stack of their crew. */
#include <rtos/job.h>

#include "kernel.h"

static struct rtos_job *next_job(struct rtos_crew *crew)
{
    prtos_u32_t key = port_lock();
    struct rtos_job *job = (struct rtos_job *)0;

    if (crew->levels) {
        prtos_u32_t level = 31 - (prtos_u32_t)__builtin_clz(crew->levels);
        struct rtos_link *link = rtos_list_first(&crew->posted[level]);

        job = RTOS_LIST_ENTRY(link, struct rtos_job, link);
        rtos_list_remove(link);
        if (!rtos_list_first(&crew->posted[level]))
            crew->levels &= ~(1u << level);
        job->posted = 0;
    }
    port_unlock(key);
    return job;
}

static void serve(void *arg)
{
    struct rtos_crew *crew = arg;

    for (;;) {
        struct rtos_job *job;

        rtos_sem_take(&crew->news, RTOS_FOREVER);
        while ((job = next_job(crew)) != (struct rtos_job *)0)
            job->function(job->arg);
    }
}

enum rtos_status rtos_crew_init(struct rtos_crew *crew, const struct rtos_thread_config *config)
{
    struct rtos_thread_config own;
    enum rtos_status status;
    prtos_u32_t i;

    CHECK(crew && IS_ALIGNED(crew) && config, RTOS_INVALID_PARAM);
    own = *config;
    own.entry = serve;
    own.arg = crew;
    status = rtos_thread_init(&crew->thread, &own);
    if (status != RTOS_OK)
        return status;
    for (i = 0; i < RTOS_JOB_LEVELS; i++)
        rtos_list_init(&crew->posted[i]);
    crew->levels = 0;
    rtos_sem_init(&crew->news, 0, 1, RTOS_BY_PRIORITY);
    crew->type = TYPE_OWN(TYPE_CREW);
    return rtos_thread_start(&crew->thread);
}

enum rtos_status rtos_job_init(struct rtos_job *job, void (*function)(void *arg), void *arg,
                               prtos_u32_t level)
{
    CHECK(job && IS_ALIGNED(job) && function && level < RTOS_JOB_LEVELS, RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    __builtin_memset(job, 0, sizeof(*job));
    job->function = function;
    job->arg = arg;
    job->level = (prtos_u8_t)level;
    job->type = TYPE_OWN(TYPE_JOB);
    return RTOS_OK;
}

enum rtos_status rtos_job_post(struct rtos_crew *crew, struct rtos_job *job)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK_OBJECT(crew, TYPE_CREW);
    CHECK_OBJECT(job, TYPE_JOB);
    key = port_lock();
    if (!job->posted) {
        job->posted = 1;
        crew->levels |= 1u << job->level;
        rtos_list_insert_last(&crew->posted[job->level], &job->link);
        status = RTOS_OK;
        if (!crew->news.count)
            rtos_sem_give(&crew->news);
    }
    return kernel_leave_with(key, status);
}
