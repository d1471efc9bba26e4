/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of pointers: the data path, built for speed. */
#include "queue_parts.h"

enum rtos_status rtos_queue_send(struct rtos_queue *queue, void *message, rtos_time_t timeout)
{
    return send(queue, message, timeout, 0);
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
            return port_unlock_with(key, RTOS_OK);
        }
        rtos_queue_admit(queue);
        return kernel_leave_with(key, RTOS_OK);
    }
    if (wait_refused(timeout, key) == RTOS_OK)
        rtos_kernel.current->place = message;
    return rtos_wait(&queue->waitq, timeout, key);
}
