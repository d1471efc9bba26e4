/* SPDX-License-Identifier: Apache-2.0 */
/* Event flags. A waiting thread leaves what it wants in `amount`, how in `mode`, and where the
 * answer goes in `place`. */
#include <rtos/event.h>

#include "kernel.h"

enum rtos_status rtos_event_init(struct rtos_event *event, prtos_u32_t flags,
                                 enum rtos_discipline discipline)
{
    CHECK(event && IS_ALIGNED(event) && discipline <= RTOS_BY_ARRIVAL, RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    event->waitq.first = (struct rtos_thread *)0;
    event->flags = flags;
    event->waitq.type = TYPE_OWN(TYPE_EVENT) | (prtos_u32_t)discipline;
    return RTOS_OK;
}

static inline int is_met(prtos_u32_t flags, prtos_u32_t wanted, prtos_u32_t mode)
{
    return mode & RTOS_EVENT_ALL ? (flags & wanted) == wanted : (flags & wanted) != 0;
}

/* The wait ends: its answer, and what it clears. */
static void meet(struct rtos_event *event, prtos_u32_t wanted, prtos_u32_t mode, prtos_u32_t *found)
{
    if (found)
        *found = event->flags;
    if (mode & RTOS_EVENT_CLEAR)
        event->flags &= ~wanted;
}

/* The one behind it in the order of service; null: it is the last. */
static struct rtos_thread *waiter_behind(const struct rtos_waitq *queue, struct rtos_thread *rank,
                                         const struct rtos_thread *thread)
{
    if (thread->next != rank)
        return thread->next;
    return rank->chain_next == queue->first ? (struct rtos_thread *)0 : rank->chain_next;
}

enum rtos_status rtos_event_set(struct rtos_event *event, prtos_u32_t flags)
{
    struct rtos_thread *thread, *rank, *behind;
    prtos_u32_t key;

    CHECK_QUEUED(event, TYPE_EVENT);
    key = port_lock();
    event->flags |= flags;
    for (thread = rank = event->waitq.first; thread; thread = behind) {
        prtos_u32_t wanted = (prtos_u32_t)thread->amount;

        behind = waiter_behind(&event->waitq, rank, thread);
        if (is_met(event->flags, wanted, thread->mode)) {
            meet(event, wanted, thread->mode, thread->place);
            rtos_waitq_remove(&event->waitq, thread);
            thread_wake(thread, RTOS_OK);
        }
        /* The first of a priority, perhaps only now that the one before has gone. */
        if (behind && behind->chain_next)
            rank = behind;
    }
    return kernel_leave_with(key, RTOS_OK);
}

enum rtos_status rtos_event_clear(struct rtos_event *event, prtos_u32_t flags)
{
    prtos_u32_t key;

    CHECK_QUEUED(event, TYPE_EVENT);
    key = port_lock();
    event->flags &= ~flags;
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_event_wait(struct rtos_event *event, prtos_u32_t wanted, prtos_u32_t mode,
                                 rtos_time_t timeout, prtos_u32_t *found)
{
    struct rtos_thread *self = rtos_kernel.current;
    prtos_u32_t key;

    CHECK_QUEUED(event, TYPE_EVENT);
    CHECK(wanted && mode <= (RTOS_EVENT_ALL | RTOS_EVENT_CLEAR), RTOS_INVALID_PARAM);
    key = port_lock();
    if (is_met(event->flags, wanted, mode)) {
        meet(event, wanted, mode, found);
        return port_unlock_with(key, RTOS_OK);
    }
    if (wait_refused(timeout, key) == RTOS_OK) {
        self->amount = wanted;
        self->mode = mode;
        self->place = found;
    }
    return rtos_wait(&event->waitq, timeout, key);
}

enum rtos_status rtos_event_get(const struct rtos_event *event, prtos_u32_t *flags,
                                prtos_u32_t *n_waiting)
{
    return rtos_object_look(event, TYPE_EVENT, __builtin_offsetof(struct rtos_event, flags), flags,
                            n_waiting);
}

enum rtos_status rtos_event_delete(struct rtos_event *event)
{
    return rtos_object_delete(event, TYPE_EVENT);
}
