/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of pointers. Nobody waits on both sides at once: receivers only while it is empty, senders
 * only while it is full. Who ends a wait moves the message: a receiver's place is in its `place`, a
 * sender's message in its `value`, with `mode` 1 for the front. */
#include <rtos/queue.h>

#include "kernel.h"

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
    queue->waitq.type = TYPE_QUEUE | (prtos_u32_t)discipline;
    return RTOS_OK;
}

static inline void put(struct rtos_queue *queue, void *message, prtos_u32_t front)
{
    prtos_u32_t place;

    if (front) {
        place = queue->head ? queue->head - 1 : queue->size - 1;
        queue->head = place;
    } else {
        place = queue->head + queue->used;
        if (place >= queue->size)
            place -= queue->size;
    }
    queue->room[place] = message;
    queue->used++;
}

static inline enum rtos_status send(struct rtos_queue *queue, void *message, rtos_time_t timeout,
                                    prtos_u32_t front)
{
    struct rtos_thread *thread;
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    key = port_lock();
    if (likely(queue->used < queue->size)) {
        if (likely(!queue->waitq.first)) {
            put(queue, message, front);
            port_unlock(key);
            return RTOS_OK;
        }
        thread = waitq_take(&queue->waitq);
        *(void **)thread->place = message;
        thread_wake(thread, RTOS_OK);
        kernel_leave(key);
        return RTOS_OK;
    }
    if (wait_refused(timeout, key) == RTOS_OK) {
        thread = rtos_kernel.current;
        thread->value = message;
        thread->mode = front;
    }
    return rtos_wait(&queue->waitq, timeout, key);
}

enum rtos_status rtos_queue_send(struct rtos_queue *queue, void *message, rtos_time_t timeout)
{
    return send(queue, message, timeout, 0);
}

enum rtos_status rtos_queue_send_front(struct rtos_queue *queue, void *message, rtos_time_t timeout)
{
    return send(queue, message, timeout, 1);
}

/* There is room again: who waits for it goes on. */
static void admit(struct rtos_queue *queue)
{
    while (queue->waitq.first && queue->used < queue->size) {
        struct rtos_thread *thread = waitq_take(&queue->waitq);

        put(queue, thread->value, thread->mode);
        thread_wake(thread, RTOS_OK);
    }
}

enum rtos_status rtos_queue_receive(struct rtos_queue *queue, void **message, rtos_time_t timeout)
{
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    CHECK(message, RTOS_INVALID_PARAM);
    key = port_lock();
    if (likely(queue->used)) {
        *message = queue->room[queue->head];
        if (++queue->head == queue->size)
            queue->head = 0;
        queue->used--;
        if (likely(!queue->waitq.first)) {
            port_unlock(key);
            return RTOS_OK;
        }
        admit(queue);
        kernel_leave(key);
        return RTOS_OK;
    }
    if (wait_refused(timeout, key) == RTOS_OK)
        rtos_kernel.current->place = message;
    return rtos_wait(&queue->waitq, timeout, key);
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
    port_unlock(key);
    return status;
}

enum rtos_status rtos_queue_flush(struct rtos_queue *queue)
{
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    key = port_lock();
    if (queue->used) {
        queue->used = 0;
        admit(queue);
    }
    kernel_leave(key);
    return RTOS_OK;
}

enum rtos_status rtos_queue_get(const struct rtos_queue *queue, prtos_u32_t *used,
                                prtos_u32_t *n_waiting)
{
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    key = port_lock();
    if (used)
        *used = queue->used;
    if (n_waiting)
        *n_waiting = rtos_waitq_count(&queue->waitq);
    port_unlock(key);
    return RTOS_OK;
}

enum rtos_status rtos_queue_delete(struct rtos_queue *queue)
{
    prtos_u32_t key;

    CHECK_QUEUED(queue, TYPE_QUEUE);
    CHECK_NOT_IRQ();
    key = port_lock();
    rtos_release_all(&queue->waitq, RTOS_DELETED);
    queue->waitq.type = 0;
    kernel_leave(key);
    return RTOS_OK;
}
