/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes. The owner runs at the mutex's priority, which is not below that of any process that
 * acquires it. It owns nothing else and does not wait. */
#include "parts.h"

static struct apex_mutex *mutex_get(MUTEX_ID_TYPE id)
{
    return apex_object_get(&apex_mutexes, id);
}

static RETURN_CODE_TYPE mutex_create(const char *name, PRIORITY_TYPE priority,
                                     QUEUING_DISCIPLINE_TYPE discipline, MUTEX_ID_TYPE *id)
{
    struct apex_mutex *mutex;
    RETURN_CODE_TYPE code = apex_object_place(&apex_mutexes, name, &mutex);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (priority < MIN_PRIORITY_VALUE || priority > MAX_PRIORITY_VALUE ||
        !discipline_is_valid(discipline))
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    waitq_init(&mutex->waitq, discipline);
    mutex->owner = (struct apex_process *)0;
    mutex->count = 0;
    mutex->priority = priority;
    apex_object_make(&mutex->object, name);
    *id = apex_object_id(&apex_mutexes, mutex);
    return NO_ERROR;
}

void CREATE_MUTEX(char *MUTEX_NAME, PRIORITY_TYPE MUTEX_PRIORITY,
                  QUEUING_DISCIPLINE_TYPE QUEUING_DISCIPLINE, MUTEX_ID_TYPE *MUTEX_ID,
                  RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = mutex_create(MUTEX_NAME, MUTEX_PRIORITY, QUEUING_DISCIPLINE, MUTEX_ID);
}

static void mutex_own(struct apex_mutex *mutex, struct apex_process *process)
{
    mutex->owner = process;
    mutex->count = 1;
    process->mutex = mutex;
    rtos_priority_change(&process->thread, apex_level(process), 1);
}

/* Why it may not be acquired at all. */
static RETURN_CODE_TYPE acquire_check(const struct apex_mutex *mutex,
                                      const struct apex_process *self)
{
    if (!self || apex_state.lock_owner == self || (self->mutex && self->mutex != mutex))
        return INVALID_MODE;
    if (mutex->owner == self)
        return mutex->count == MAX_LOCK_LEVEL ? INVALID_CONFIG : NO_ERROR;
    return self->thread.base > LEVEL_OF(mutex->priority) ? INVALID_MODE : NO_ERROR;
}

static RETURN_CODE_TYPE mutex_acquire(struct apex_mutex *mutex, SYSTEM_TIME_TYPE timeout)
{
    struct apex_process *self = apex_self();
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!mutex || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    code = acquire_check(mutex, self);
    if (code == NO_ERROR && mutex->owner == self)
        mutex->count++;
    else if (code == NO_ERROR && !mutex->owner)
        mutex_own(mutex, self);
    else if (code == NO_ERROR)
        return apex_wait(&mutex->waitq, timeout, (void *)0, 0, key);
    apex_unlock(key);
    return code;
}

void ACQUIRE_MUTEX(MUTEX_ID_TYPE MUTEX_ID, SYSTEM_TIME_TYPE TIME_OUT, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = mutex_acquire(mutex_get(MUTEX_ID), TIME_OUT);
}

/* Its owner has its own priority again; the first one that waits is the next. */
static void mutex_free(struct apex_mutex *mutex)
{
    struct apex_process *owner = mutex->owner;

    mutex->owner = (struct apex_process *)0;
    owner->mutex = (struct apex_mutex *)0;
    mutex->count = 0;
    rtos_priority_change(&owner->thread, apex_level(owner), 1);
    if (mutex->waitq.first)
        mutex_own(mutex, process_of(apex_wake(&mutex->waitq)));
}

static RETURN_CODE_TYPE mutex_release(struct apex_mutex *mutex)
{
    struct apex_process *self = apex_self();
    prtos_u32_t key;

    if (!mutex)
        return INVALID_PARAM;
    if (!self || mutex->owner != self)
        return INVALID_MODE;
    key = apex_lock();
    if (!--mutex->count)
        mutex_free(mutex);
    apex_leave(key);
    return NO_ERROR;
}

void RELEASE_MUTEX(MUTEX_ID_TYPE MUTEX_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = mutex_release(mutex_get(MUTEX_ID));
}

static RETURN_CODE_TYPE mutex_reset(struct apex_mutex *mutex, struct apex_process *process)
{
    prtos_u32_t key;

    if (!mutex || !process)
        return INVALID_PARAM;
    if (mutex->owner != process)
        return INVALID_MODE;
    key = apex_lock();
    mutex_free(mutex);
    apex_leave(key);
    return NO_ERROR;
}

void RESET_MUTEX(MUTEX_ID_TYPE MUTEX_ID, PROCESS_ID_TYPE PROCESS_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = mutex_reset(mutex_get(MUTEX_ID), process_get(PROCESS_ID));
}

void GET_MUTEX_ID(char *MUTEX_NAME, MUTEX_ID_TYPE *MUTEX_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_mutexes, MUTEX_NAME, MUTEX_ID);
}

void GET_MUTEX_STATUS(MUTEX_ID_TYPE MUTEX_ID, MUTEX_STATUS_TYPE *MUTEX_STATUS,
                      RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_mutex *mutex = mutex_get(MUTEX_ID);
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!mutex || !MUTEX_STATUS)
        return;
    key = apex_lock();
    MUTEX_STATUS->MUTEX_OWNER =
        mutex->owner ? apex_object_id(&apex_processes, mutex->owner) : NULL_PROCESS_ID;
    MUTEX_STATUS->MUTEX_STATE = mutex->owner ? OWNED : AVAILABLE;
    MUTEX_STATUS->MUTEX_PRIORITY = mutex->priority;
    MUTEX_STATUS->LOCK_COUNT = mutex->count;
    MUTEX_STATUS->WAITING_PROCESSES = waitq_count(&mutex->waitq);
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}

void GET_PROCESS_MUTEX_STATE(PROCESS_ID_TYPE PROCESS_ID, MUTEX_ID_TYPE *MUTEX_ID,
                             RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_process *process = process_get(PROCESS_ID);
    const struct apex_mutex *mutex = process ? process->mutex : (void *)0;

    *RETURN_CODE = INVALID_PARAM;
    if (!process || !MUTEX_ID)
        return;
    if (mutex)
        *MUTEX_ID = apex_object_id(&apex_mutexes, mutex);
    else
        *MUTEX_ID = apex_state.lock_owner == process ? PREEMPTION_LOCK_MUTEX : NO_MUTEX_OWNED;
    *RETURN_CODE = NO_ERROR;
}
