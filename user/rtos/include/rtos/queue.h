/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of pointers (or of words in their place). All answer RTOS_INVALID_OBJECT for what is none.
 * Where a call would wait: from anywhere with timeout 0, else from threads. */
#ifndef RTOS_QUEUE_H
#define RTOS_QUEUE_H

#include <rtos/types.h>

struct rtos_queue {
    struct rtos_waitq waitq; /* senders while it is full, receivers while it is empty */
    void **room;
    prtos_u32_t size, head, used;
};

/* `room` holds `size` pointers, 1 at least. From threads and before rtos_start(). */
enum rtos_status rtos_queue_init(struct rtos_queue *queue, void **room, prtos_u32_t size,
                                 enum rtos_discipline discipline);

/* Puts a message behind all others, or in front of them; waits while the queue is full.
 * RTOS_NOT_AVAILABLE, RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED. */
enum rtos_status rtos_queue_send(struct rtos_queue *queue, void *message, rtos_time_t timeout);
enum rtos_status rtos_queue_send_front(struct rtos_queue *queue, void *message,
                                       rtos_time_t timeout);

/* Takes the first message; waits while the queue is empty. RTOS_INVALID_PARAM: null. */
enum rtos_status rtos_queue_receive(struct rtos_queue *queue, void **message, rtos_time_t timeout);

/* Shows the first message. From anywhere. RTOS_NOT_AVAILABLE: there is none. */
enum rtos_status rtos_queue_peek(const struct rtos_queue *queue, void **message);

/* Drops what is in it; senders that wait go on. From anywhere. */
enum rtos_status rtos_queue_flush(struct rtos_queue *queue);

/* From anywhere; either pointer may be null. */
enum rtos_status rtos_queue_get(const struct rtos_queue *queue, prtos_u32_t *used,
                                prtos_u32_t *n_waiting);

/* From threads and before rtos_start(). */
enum rtos_status rtos_queue_delete(struct rtos_queue *queue);

#endif
