/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of pointers, what both files of them share. Nobody waits on both sides at once:
 * receivers only while it is empty, senders only while it is full. Who ends a wait moves the
 * message: a receiver's place is in its `place`, a sender's message in its `value`, with `mode`
 * 1 for the front. */
#ifndef RTOS_QUEUE_PARTS_H
#define RTOS_QUEUE_PARTS_H

#include <rtos/queue.h>

#include "kernel.h"

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
            return port_unlock_with(key, RTOS_OK);
        }
        thread = waitq_take(&queue->waitq);
        *(void **)thread->place = message;
        thread_wake(thread, RTOS_OK);
        return kernel_leave_with(key, RTOS_OK);
    }
    if (wait_refused(timeout, key) == RTOS_OK) {
        thread = rtos_kernel.current;
        thread->value = message;
        thread->mode = front;
    }
    return rtos_wait(&queue->waitq, timeout, key);
}

/* There is room again: who waits for it goes on. queue_more.c */
void rtos_queue_admit(struct rtos_queue *queue);

#endif
