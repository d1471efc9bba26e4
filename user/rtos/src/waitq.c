/* SPDX-License-Identifier: Apache-2.0 */
/* What wait queues do now and then: all leave, one changes its priority, one looks at them. */
#include "kernel.h"

prtos_u32_t rtos_waitq_count(const struct rtos_waitq *queue)
{
    const struct rtos_thread *first = queue->first, *rank = first, *thread;
    prtos_u32_t count = 0;

    if (!first)
        return 0;
    do {
        thread = rank;
        do {
            count++;
            thread = thread->next;
        } while (thread != rank);
        rank = rank->chain_next;
    } while (rank != first);
    return count;
}

enum rtos_status rtos_object_look(const void *object, prtos_u32_t kind, rtos_size_t offset,
                                  prtos_u32_t *word, prtos_u32_t *n_waiting)
{
    prtos_u32_t key;

    CHECK_OBJECT(object, kind);
    key = port_lock();
    if (word)
        *word = *(const prtos_u32_t *)(const void *)((const char *)object + offset);
    if (n_waiting)
        *n_waiting = rtos_waitq_count(object);
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_object_delete(void *object, prtos_u32_t kind)
{
    struct rtos_waitq *queue = object;
    prtos_u32_t key;

    CHECK_OBJECT(object, kind);
    CHECK_NOT_IRQ();
    key = port_lock();
    rtos_release_all(queue, RTOS_DELETED);
    queue->type = 0;
    return kernel_leave_with(key, RTOS_OK);
}

void rtos_release_all(struct rtos_waitq *queue, enum rtos_status result)
{
    while (queue->first)
        rtos_release(queue->first, result);
}

/* The thread keeps its place in front of its equals, or goes behind them. */
void rtos_priority_change(struct rtos_thread *thread, prtos_u32_t priority, int front)
{
    if (!thread->state) {
        ready_remove(thread);
        thread->priority = (prtos_u8_t)priority;
        ready_add(thread, front);
        return;
    }
    if (IS_AWAY(thread))
        return;
    thread->priority = (prtos_u8_t)priority;
    if (thread->waits && !(thread->waits->type & TYPE_ARRIVAL)) {
        struct rtos_waitq *queue = thread->waits;

        rtos_waitq_remove(queue, thread);
        rtos_waitq_insert(queue, thread);
    }
}
