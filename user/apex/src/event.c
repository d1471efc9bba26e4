/* SPDX-License-Identifier: Apache-2.0 */
/* Events. */
#include "parts.h"

static struct apex_event *event_get(EVENT_ID_TYPE id)
{
    return apex_object_get(&apex_events, id);
}

void CREATE_EVENT(char *EVENT_NAME, EVENT_ID_TYPE *EVENT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    struct apex_event *event;

    *RETURN_CODE = apex_object_place(&apex_events, EVENT_NAME, &event);
    if (*RETURN_CODE != NO_ERROR)
        return;
    waitq_init(&event->waitq, PRIORITY);
    event->up = 0;
    apex_object_make(&event->object, EVENT_NAME);
    *EVENT_ID = apex_object_id(&apex_events, event);
}

static RETURN_CODE_TYPE event_set(struct apex_event *event, APEX_BYTE up)
{
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!event)
        return INVALID_PARAM;
    key = apex_lock();
    code = event->up == up ? NO_ACTION : NO_ERROR;
    event->up = up;
    if (up)
        rtos_release_all(&event->waitq, RTOS_OK);
    apex_leave(key);
    return code;
}

void SET_EVENT(EVENT_ID_TYPE EVENT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = event_set(event_get(EVENT_ID), 1);
}

void RESET_EVENT(EVENT_ID_TYPE EVENT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = event_set(event_get(EVENT_ID), 0);
}

static RETURN_CODE_TYPE event_wait(struct apex_event *event, SYSTEM_TIME_TYPE timeout)
{
    prtos_u32_t key;

    if (!event || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    if (!event->up)
        return apex_wait(&event->waitq, timeout, (void *)0, 0, key);
    apex_unlock(key);
    return NO_ERROR;
}

void WAIT_EVENT(EVENT_ID_TYPE EVENT_ID, SYSTEM_TIME_TYPE TIME_OUT, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = event_wait(event_get(EVENT_ID), TIME_OUT);
}

void GET_EVENT_ID(char *EVENT_NAME, EVENT_ID_TYPE *EVENT_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_events, EVENT_NAME, EVENT_ID);
}

void GET_EVENT_STATUS(EVENT_ID_TYPE EVENT_ID, EVENT_STATUS_TYPE *EVENT_STATUS,
                      RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_event *event = event_get(EVENT_ID);
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!event || !EVENT_STATUS)
        return;
    key = apex_lock();
    EVENT_STATUS->EVENT_STATE = event->up ? UP : DOWN;
    EVENT_STATUS->WAITING_PROCESSES = waitq_count(&event->waitq);
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}
