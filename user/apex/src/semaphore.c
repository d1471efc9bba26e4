/* SPDX-License-Identifier: Apache-2.0 */
/* Semaphores. */
#include "parts.h"

static struct apex_semaphore *semaphore_get(SEMAPHORE_ID_TYPE id)
{
    return apex_object_get(&apex_semaphores, id);
}

static RETURN_CODE_TYPE semaphore_create(const char *name, SEMAPHORE_VALUE_TYPE value,
                                         SEMAPHORE_VALUE_TYPE limit,
                                         QUEUING_DISCIPLINE_TYPE discipline, SEMAPHORE_ID_TYPE *id)
{
    struct apex_semaphore *semaphore;
    RETURN_CODE_TYPE code = apex_object_place(&apex_semaphores, name, &semaphore);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (limit < 1 || limit > MAX_SEMAPHORE_VALUE || value < 0 || value > limit ||
        !discipline_is_valid(discipline))
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    waitq_init(&semaphore->waitq, discipline);
    semaphore->value = value;
    semaphore->limit = limit;
    apex_object_make(&semaphore->object, name);
    *id = apex_object_id(&apex_semaphores, semaphore);
    return NO_ERROR;
}

void CREATE_SEMAPHORE(char *SEMAPHORE_NAME, SEMAPHORE_VALUE_TYPE CURRENT_VALUE,
                      SEMAPHORE_VALUE_TYPE MAXIMUM_VALUE,
                      QUEUING_DISCIPLINE_TYPE QUEUING_DISCIPLINE, SEMAPHORE_ID_TYPE *SEMAPHORE_ID,
                      RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = semaphore_create(SEMAPHORE_NAME, CURRENT_VALUE, MAXIMUM_VALUE,
                                    QUEUING_DISCIPLINE, SEMAPHORE_ID);
}

static RETURN_CODE_TYPE semaphore_wait(struct apex_semaphore *semaphore, SYSTEM_TIME_TYPE timeout)
{
    prtos_u32_t key;

    if (!semaphore || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    if (!semaphore->value)
        return apex_wait(&semaphore->waitq, timeout, (void *)0, 0, key);
    semaphore->value--;
    apex_unlock(key);
    return NO_ERROR;
}

void WAIT_SEMAPHORE(SEMAPHORE_ID_TYPE SEMAPHORE_ID, SYSTEM_TIME_TYPE TIME_OUT,
                    RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = semaphore_wait(semaphore_get(SEMAPHORE_ID), TIME_OUT);
}

static RETURN_CODE_TYPE semaphore_signal(struct apex_semaphore *semaphore)
{
    RETURN_CODE_TYPE code = NO_ERROR;
    prtos_u32_t key;

    if (!semaphore)
        return INVALID_PARAM;
    key = apex_lock();
    if (semaphore->waitq.first)
        apex_wake(&semaphore->waitq);
    else if (semaphore->value == semaphore->limit)
        code = NO_ACTION;
    else
        semaphore->value++;
    apex_leave(key);
    return code;
}

void SIGNAL_SEMAPHORE(SEMAPHORE_ID_TYPE SEMAPHORE_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = semaphore_signal(semaphore_get(SEMAPHORE_ID));
}

void GET_SEMAPHORE_ID(char *SEMAPHORE_NAME, SEMAPHORE_ID_TYPE *SEMAPHORE_ID,
                      RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_semaphores, SEMAPHORE_NAME, SEMAPHORE_ID);
}

void GET_SEMAPHORE_STATUS(SEMAPHORE_ID_TYPE SEMAPHORE_ID, SEMAPHORE_STATUS_TYPE *SEMAPHORE_STATUS,
                          RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_semaphore *semaphore = semaphore_get(SEMAPHORE_ID);
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!semaphore || !SEMAPHORE_STATUS)
        return;
    key = apex_lock();
    SEMAPHORE_STATUS->CURRENT_VALUE = semaphore->value;
    SEMAPHORE_STATUS->MAXIMUM_VALUE = semaphore->limit;
    SEMAPHORE_STATUS->WAITING_PROCESSES = waitq_count(&semaphore->waitq);
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}
