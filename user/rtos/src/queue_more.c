/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of pointers: all but the data path. */
#include "queue_parts.h"

enum rtos_status rtos_queue_init(struct rtos_queue *queue, void **room, prtos_u32_t size,
                                 enum rtos_discipline discipline)
{
    CHECK(queue && IS_ALIGNED(queue) && room && IS_ALIGNED(room) && size &&
              discipline <= RTOS_BY_ARRIVAL,
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    queue->waitq.first = (struct rtos_thread *)0;
    queue->room = room;
    queue->size = size;
    queue->head = queue->used = 0;
    queue->waitq.type = TYPE_OWN(TYPE_QUEUE) | (prtos_u32_t)discipline;
    return RTOS_OK;
}

enum rtos_status rtos_queue_send_front(struct rtos_queue *queue, void *message, rtos_time_t timeout)
{
    return send(queue, message, timeout, 1);
}

void rtos_queue_admit(struct rtos_queue *queue)
{
    while (queue->waitq.first && queue->used < queue->size) {
        struct rtos_thread *thread = waitq_take(&queue->waitq);

        put(queue, thread->value, thread->mode);
        thread_wake(thread, RTOS_OK);
    }
}

enum rtos_status rtos_queue_peek(const struct rtos_queue *queue, void **message)
{
    enum rtos_status status = RTOS_NOT_AVAILABLE;
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    CHECK(message, RTOS_INVALID_PARAM);
    key = port_lock();
    if (queue->used) {
        *message = queue->room[queue->head];
        status = RTOS_OK;
    }
    return port_unlock_with(key, status);
}

enum rtos_status rtos_queue_flush(struct rtos_queue *queue)
{
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    key = port_lock();
    if (queue->used) {
        queue->used = 0;
        rtos_queue_admit(queue);
    }
    return kernel_leave_with(key, RTOS_OK);
}

enum rtos_status rtos_queue_get(const struct rtos_queue *queue, prtos_u32_t *used,
                                prtos_u32_t *n_waiting)
{
    return rtos_object_look(queue, TYPE_QUEUE, __builtin_offsetof(struct rtos_queue, used), used,
                            n_waiting);
}

enum rtos_status rtos_queue_delete(struct rtos_queue *queue)
{
    return rtos_object_delete(queue, TYPE_QUEUE);
}
