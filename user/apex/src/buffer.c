/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers: rings of messages of one size, each behind a word with its length. Receivers wait while
 * one
 * is empty, senders while it is full. Interrupts are off while a message is copied. */
#include "parts.h"

#define WORD ((MESSAGE_SIZE_TYPE)sizeof(MESSAGE_SIZE_TYPE))

static struct apex_buffer *buffer_get(BUFFER_ID_TYPE id)
{
    return apex_object_get(&apex_buffers, id);
}

static MESSAGE_SIZE_TYPE slot_size(const struct apex_buffer *buffer)
{
    return (MESSAGE_SIZE_TYPE)APEX_BUFFER_ROOM(1u, (prtos_u32_t)buffer->size);
}

static char *slot_at(const struct apex_buffer *buffer, MESSAGE_RANGE_TYPE place)
{
    place += buffer->first;
    if (place >= buffer->limit)
        place -= buffer->limit;
    return buffer->room + place * slot_size(buffer);
}

static char *room_next(const struct apex_buffer *buffer)
{
    const struct apex_buffer *before = buffer - 1;

    if ((const void *)buffer == apex_buffers.table)
        return apex_buffers.room;
    return before->room + before->limit * slot_size(before);
}

static RETURN_CODE_TYPE buffer_create(const char *name, MESSAGE_SIZE_TYPE size,
                                      MESSAGE_RANGE_TYPE limit, QUEUING_DISCIPLINE_TYPE discipline,
                                      BUFFER_ID_TYPE *id)
{
    struct apex_buffer *buffer;
    RETURN_CODE_TYPE code = apex_object_place(&apex_buffers, name, &buffer);

    if (code == NO_ACTION || code == INVALID_CONFIG)
        return code;
    if (size < 1 || size > SYSTEM_LIMIT_MESSAGE_SIZE || limit < 1 ||
        limit > SYSTEM_LIMIT_NUMBER_OF_MESSAGES || !discipline_is_valid(discipline))
        return INVALID_PARAM;
    if (code != NO_ERROR)
        return code;
    buffer->size = size;
    buffer->limit = limit;
    buffer->first = buffer->used = 0;
    buffer->room = room_next(buffer);
    if ((rtos_size_t)(limit * slot_size(buffer)) >
        (rtos_size_t)(apex_buffers.room + apex_buffers.room_size - buffer->room))
        return INVALID_CONFIG;
    waitq_init(&buffer->waitq, discipline);
    apex_object_make(&buffer->object, name);
    *id = apex_object_id(&apex_buffers, buffer);
    return NO_ERROR;
}

void CREATE_BUFFER(char *BUFFER_NAME, MESSAGE_SIZE_TYPE MAX_MESSAGE_SIZE,
                   MESSAGE_RANGE_TYPE MAX_NB_MESSAGE, QUEUING_DISCIPLINE_TYPE QUEUING_DISCIPLINE,
                   BUFFER_ID_TYPE *BUFFER_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE =
        buffer_create(BUFFER_NAME, MAX_MESSAGE_SIZE, MAX_NB_MESSAGE, QUEUING_DISCIPLINE, BUFFER_ID);
}

static void message_put(struct apex_buffer *buffer, const void *message, MESSAGE_SIZE_TYPE length)
{
    char *slot = slot_at(buffer, buffer->used++);

    *(MESSAGE_SIZE_TYPE *)(void *)slot = length;
    __builtin_memcpy(slot + WORD, message, (rtos_size_t)length);
}

static RETURN_CODE_TYPE buffer_send(struct apex_buffer *buffer, const APEX_BYTE *message,
                                    MESSAGE_SIZE_TYPE length, SYSTEM_TIME_TYPE timeout)
{
    prtos_u32_t key;

    if (!buffer || !message || length < 1 || length > buffer->size || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    if (buffer->used == buffer->limit)
        return apex_wait(&buffer->waitq, timeout, (void *)(__UINTPTR_TYPE__)message,
                         (rtos_size_t)length, key);
    if (buffer->waitq.first) {
        struct rtos_thread *receiver = apex_wake(&buffer->waitq);

        __builtin_memcpy(receiver->value, message, (rtos_size_t)length);
        receiver->amount = (rtos_size_t)length;
    } else {
        message_put(buffer, message, length);
    }
    apex_leave(key);
    return NO_ERROR;
}

void SEND_BUFFER(BUFFER_ID_TYPE BUFFER_ID, MESSAGE_ADDR_TYPE MESSAGE_ADDR, MESSAGE_SIZE_TYPE LENGTH,
                 SYSTEM_TIME_TYPE TIME_OUT, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = buffer_send(buffer_get(BUFFER_ID), MESSAGE_ADDR, LENGTH, TIME_OUT);
}

static void message_take(struct apex_buffer *buffer, void *message, MESSAGE_SIZE_TYPE *length)
{
    const char *slot = slot_at(buffer, 0);

    *length = *(const MESSAGE_SIZE_TYPE *)(const void *)slot;
    __builtin_memcpy(message, slot + WORD, (rtos_size_t)*length);
    buffer->used--;
    if (++buffer->first == buffer->limit)
        buffer->first = 0;
    if (buffer->waitq.first) {
        struct rtos_thread *sender = apex_wake(&buffer->waitq);

        message_put(buffer, sender->value, (MESSAGE_SIZE_TYPE)sender->amount);
    }
}

static RETURN_CODE_TYPE buffer_receive(struct apex_buffer *buffer, SYSTEM_TIME_TYPE timeout,
                                       APEX_BYTE *message, MESSAGE_SIZE_TYPE *length)
{
    RETURN_CODE_TYPE code;
    prtos_u32_t key;

    if (!buffer || !message || !length || !timeout_is_valid(timeout))
        return INVALID_PARAM;
    key = apex_lock();
    if (!buffer->used) {
        code = apex_wait(&buffer->waitq, timeout, message, 0, key);
        *length = code == NO_ERROR ? (MESSAGE_SIZE_TYPE)rtos_kernel.current->amount : 0;
        return code;
    }
    message_take(buffer, message, length);
    apex_leave(key);
    return NO_ERROR;
}

void RECEIVE_BUFFER(BUFFER_ID_TYPE BUFFER_ID, SYSTEM_TIME_TYPE TIME_OUT,
                    MESSAGE_ADDR_TYPE MESSAGE_ADDR, MESSAGE_SIZE_TYPE *LENGTH,
                    RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = buffer_receive(buffer_get(BUFFER_ID), TIME_OUT, MESSAGE_ADDR, LENGTH);
}

void GET_BUFFER_ID(char *BUFFER_NAME, BUFFER_ID_TYPE *BUFFER_ID, RETURN_CODE_TYPE *RETURN_CODE)
{
    *RETURN_CODE = apex_object_ask(&apex_buffers, BUFFER_NAME, BUFFER_ID);
}

void GET_BUFFER_STATUS(BUFFER_ID_TYPE BUFFER_ID, BUFFER_STATUS_TYPE *BUFFER_STATUS,
                       RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct apex_buffer *buffer = buffer_get(BUFFER_ID);
    prtos_u32_t key;

    *RETURN_CODE = INVALID_PARAM;
    if (!buffer || !BUFFER_STATUS)
        return;
    key = apex_lock();
    BUFFER_STATUS->NB_MESSAGE = buffer->used;
    BUFFER_STATUS->MAX_NB_MESSAGE = buffer->limit;
    BUFFER_STATUS->MAX_MESSAGE_SIZE = buffer->size;
    BUFFER_STATUS->WAITING_PROCESSES = waitq_count(&buffer->waitq);
    apex_unlock(key);
    *RETURN_CODE = NO_ERROR;
}
