/* SPDX-License-Identifier: Apache-2.0 */
/* Blackboards. Interrupts are off while a message is copied, to each process that waits for it. */
#include "parts.h"

static struct apex_blackboard *blackboard_get(BLACKBOARD_ID_TYPE id)
{
    return apex_object_get(&apex_blackboards, id);
}

static char *room_next(const struct apex_blackboard *blackboard)
{
    const struct apex_blackboard *before = blackboard - 1;

    if ((const void *)blackboard == apex_blackboards.table)
        return apex_blackboards.room;
    return before->room + APEX_BLACKBOARD_ROOM((prtos_u32_t)before->size);
}

static RETURN_CODE_TYPE blackboard_create(const char *name, MESSAGE_SIZE_TYPE size,
                                          BLACKBOARD_ID_TYPE *id)
{
    struct apex_blackboard *blackboard;
    RETURN_CODE_TYPE code = apex_object_place(&apex_blackboards, name, &blackboard);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (size < 1 || size > SYSTEM_LIMIT_MESSAGE_SIZE)
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    blackboard->size = size;
    blackboard->length = 0;
    blackboard->room = room_next(blackboard);
    if (APEX_BLACKBOARD_ROOM((prtos_u32_t)size) >
        (rtos_size_t)(apex_blackboards.room + apex_blackboards.room_size - blackboard->room))
        return INVALID_CONFIG;
    waitq_init(&blackboard->waitq, PRIORITY);
    apex_object_make(&blackboard->object, name);
    *id = apex_object_id(&apex_blackboards, blackboard);
    return NO_ERROR;
}

void CREATE_BLACKBOARD(char *BLACKBOARD_NAME, MESSAGE_SIZE_TYPE MAX_MESSAGE_SIZE,
                       BLACKBOARD_ID_TYPE *BLACKBOARD_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = blackboard_create(BLACKBOARD_NAME, MAX_MESSAGE_SIZE, BLACKBOARD_ID);
}

static RETURN_CODE_TYPE blackboard_display(struct apex_blackboard *blackboard,
                                           const APEX_BYTE *message, MESSAGE_SIZE_TYPE length)
{
    prtos_u32_t key;

    if (!blackboard || !message || length < 1 || length > blackboard->size)
        return INVALID_PARAM;
    key = apex_lock();
    blackboard->length = length;
    __builtin_memcpy(blackboard->room, message, (rtos_size_t)length);
    while (blackboard->waitq.first) {
        struct rtos_thread *reader = apex_wake(&blackboard->waitq);

        __builtin_memcpy(reader->value, message, (rtos_size_t)length);
        reader->amount = (rtos_size_t)length;
    }
    apex_leave(key);
    return NO_ERROR;
}

void DISPLAY_BLACKBOARD(BLACKBOARD_ID_TYPE BLACKBOARD_ID, MESSAGE_ADDR_TYPE MESSAGE_ADDR,
                        MESSAGE_SIZE_TYPE LENGTH, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = blackboard_display(blackboard_get(BLACKBOARD_ID), MESSAGE_ADDR, LENGTH);
}

static RETURN_CODE_TYPE blackboard_read(struct apex_blackboard *blackboard,
                                        SYSTEM_TIME_TYPE timeout, APEX_BYTE *message,
                                        MESSAGE_SIZE_TYPE *length)
{
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!blackboard || !message || !length || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    if (!blackboard->length) {
        code = apex_wait(&blackboard->waitq, timeout, message, 0, key);
        *length = code == NO_ERROR ? (MESSAGE_SIZE_TYPE)rtos_kernel.current->amount : 0;
        return code;
    }
    *length = blackboard->length;
    __builtin_memcpy(message, blackboard->room, (rtos_size_t)blackboard->length);
    apex_unlock(key);
    return NO_ERROR;
}

void READ_BLACKBOARD(BLACKBOARD_ID_TYPE BLACKBOARD_ID, SYSTEM_TIME_TYPE TIME_OUT,
                     MESSAGE_ADDR_TYPE MESSAGE_ADDR, MESSAGE_SIZE_TYPE *LENGTH,
                     RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = blackboard_read(blackboard_get(BLACKBOARD_ID), TIME_OUT, MESSAGE_ADDR, LENGTH);
}

void CLEAR_BLACKBOARD(BLACKBOARD_ID_TYPE BLACKBOARD_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    struct apex_blackboard *blackboard = blackboard_get(BLACKBOARD_ID);

    if (blackboard)
        *(volatile MESSAGE_SIZE_TYPE *)&blackboard->length = 0;
    *RETURN_CODE = blackboard ? NO_ERROR : INVALID_PARAM;
}

void GET_BLACKBOARD_ID(char *BLACKBOARD_NAME, BLACKBOARD_ID_TYPE *BLACKBOARD_ID,
                       RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_blackboards, BLACKBOARD_NAME, BLACKBOARD_ID);
}

void GET_BLACKBOARD_STATUS(BLACKBOARD_ID_TYPE BLACKBOARD_ID,
                           BLACKBOARD_STATUS_TYPE *BLACKBOARD_STATUS, RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_blackboard *blackboard = blackboard_get(BLACKBOARD_ID);
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!blackboard || !BLACKBOARD_STATUS)
        return;
    key = apex_lock();
    BLACKBOARD_STATUS->EMPTY_INDICATOR = blackboard->length ? OCCUPIED : EMPTY;
    BLACKBOARD_STATUS->MAX_MESSAGE_SIZE = blackboard->size;
    BLACKBOARD_STATUS->WAITING_PROCESSES = waitq_count(&blackboard->waitq);
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}
