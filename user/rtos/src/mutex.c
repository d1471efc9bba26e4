/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes, and the priorities they lend. A thread runs at the highest of its own priority, of the
 * ceilings of what it holds, and of the first ones that wait for what it holds. When one of these
 * changes it is settled anew, then the owner of the mutex for which that thread waits, and so on:
 * the work rises with the length of the chain and with the mutexes held, with nothing else. */
#include "mutex_parts.h"

/* `slow`: 0 for a mutex without a ceiling that is free or locked once. */
#define SLOW_AGAIN 0xffffu
#define SLOW_CEILING 0x10000u

enum rtos_status rtos_mutex_init(struct rtos_mutex *mutex, prtos_u32_t kind, prtos_u32_t ceiling)
{
    CHECK(mutex && IS_ALIGNED(mutex) && kind <= (RTOS_MUTEX_CEILING | RTOS_MUTEX_RECURSIVE) &&
              ceiling < RTOS_PRIORITIES && (kind & RTOS_MUTEX_CEILING || !ceiling),
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    __builtin_memset(mutex, 0, sizeof(*mutex));
    mutex->slow = kind & RTOS_MUTEX_CEILING ? SLOW_CEILING : 0;
    mutex->recursive = (kind & RTOS_MUTEX_RECURSIVE) != 0;
    mutex->ceiling = (prtos_u8_t)ceiling;
    mutex->waitq.type = TYPE_OWN(TYPE_MUTEX);
    return RTOS_OK;
}

prtos_u32_t rtos_priority_lent(const struct rtos_thread *thread)
{
    const struct rtos_mutex *mutex;
    prtos_u32_t lent = 0;

    for (mutex = thread->held; mutex; mutex = mutex->held) {
        const struct rtos_thread *first = mutex->waitq.first;

        if (mutex->ceiling > lent)
            lent = mutex->ceiling;
        if (first && first->priority > lent)
            lent = first->priority;
    }
    return lent;
}

/* Who owns what a thread waits for; null: it waits for no mutex. */
static struct rtos_thread *owner_waited_for(const struct rtos_thread *thread)
{
    if (IS_AWAY(thread) || !thread->waits || thread->waits->type != TYPE_OWN(TYPE_MUTEX))
        return (struct rtos_thread *)0;
    return container_of(thread->waits, struct rtos_mutex, waitq)->owner;
}

static void settle(struct rtos_thread *thread)
{
    while (thread) {
        prtos_u32_t priority = rtos_priority_lent(thread);

        if (priority < thread->base)
            priority = thread->base;
        if (priority == thread->priority)
            return;
        rtos_priority_change(thread, priority, 1);
        thread = owner_waited_for(thread);
    }
}

void rtos_priority_follow(const struct rtos_thread *thread)
{
    settle(owner_waited_for(thread));
}

static void own(struct rtos_mutex *mutex, struct rtos_thread *thread)
{
    own_plain(mutex, thread);
    if (mutex->ceiling > thread->priority)
        rtos_priority_change(thread, mutex->ceiling, 1);
}

static enum rtos_status lock_again(struct rtos_mutex *mutex)
{
    if (!mutex->recursive)
        return RTOS_DEADLOCK;
    if ((mutex->slow & SLOW_AGAIN) == SLOW_AGAIN)
        return RTOS_LIMIT;
    mutex->slow++;
    return RTOS_OK;
}

enum rtos_status rtos_mutex_lock_slow(struct rtos_mutex *mutex, rtos_time_t timeout,
                                      prtos_u32_t key)
{
    struct rtos_thread *self = rtos_kernel.current;
    enum rtos_status status = RTOS_OK;

    if (mutex->slow & SLOW_CEILING && self->base > mutex->ceiling) {
        status = RTOS_INVALID_PARAM;
    } else if (!mutex->owner) {
        own(mutex, self);
    } else if (mutex->owner == self) {
        status = lock_again(mutex);
    } else {
        status = wait_refused(timeout, key);
        if (status == RTOS_OK) {
            self->value = (void *)0;
            self->result = RTOS_OK;
            wait_begin(self);
            rtos_waitq_insert(&mutex->waitq, self);
            settle(mutex->owner);
            status = rtos_sleep(self, rtos_moment(timeout));
        }
    }
    return port_unlock_with(key, status);
}

enum rtos_status rtos_mutex_lock_held(struct rtos_mutex *mutex, rtos_time_t timeout)
{
    CHECK_IN_THREAD();
    return rtos_mutex_lock_slow(mutex, timeout, port_lock());
}

/* To the first one that waits, or to nobody. */
static void hand_over(struct rtos_mutex *mutex)
{
    mutex->owner = (struct rtos_thread *)0;
    mutex->slow &= SLOW_CEILING;
    if (mutex->waitq.first) {
        struct rtos_thread *heir = waitq_take(&mutex->waitq);

        own(mutex, heir);
        thread_wake(heir, (enum rtos_status)heir->result);
    }
}

static void disown(struct rtos_mutex *mutex, struct rtos_thread *owner)
{
    struct rtos_mutex **link = &owner->held;

    while (*link != mutex)
        link = &(*link)->held;
    *link = mutex->held;
}

enum rtos_status rtos_mutex_unlock_slow(struct rtos_mutex *mutex)
{
    CHECK_MUTEX(mutex);
    CHECK_IN_THREAD();
    CHECK(mutex->owner == rtos_kernel.current, RTOS_NOT_OWNER);
    return rtos_mutex_hand_over(mutex, port_lock());
}

enum rtos_status rtos_mutex_hand_over(struct rtos_mutex *mutex, prtos_u32_t key)
{
    struct rtos_thread *self = rtos_kernel.current;

    if (mutex->slow & SLOW_AGAIN) {
        mutex->slow--;
    } else {
        disown(mutex, self);
        hand_over(mutex);
        settle(self);
    }
    return kernel_leave_with(key, RTOS_OK);
}

/* Its thread ended. */
void rtos_mutexes_abandon(struct rtos_thread *thread)
{
    while (thread->held) {
        struct rtos_mutex *mutex = thread->held;

        thread->held = mutex->held;
        hand_over(mutex);
    }
    thread->priority = thread->base;
}

/* Behind a wait for a condition: it gets its mutex, or waits for it as long as that takes. */
void rtos_mutex_regain(struct rtos_thread *thread)
{
    struct rtos_mutex *mutex = thread->value;

    if (mutex->waitq.type != TYPE_OWN(TYPE_MUTEX)) {
        thread_wake(thread, RTOS_DELETED);
    } else if (!mutex->owner) {
        own(mutex, thread);
        thread_wake(thread, (enum rtos_status)thread->result);
    } else {
        if (thread->timeout.order)
            rtos_timeout_remove(&thread->timeout);
        rtos_waitq_insert(&mutex->waitq, thread);
        settle(mutex->owner);
    }
}

/* A thread was taken out of a queue unserved: its result is set, it still waits. */
void rtos_waiter_left(struct rtos_waitq *queue, struct rtos_thread *thread)
{
    if (queue->type == TYPE_OWN(TYPE_COND)) {
        rtos_mutex_regain(thread);
        return;
    }
    settle(container_of(queue, struct rtos_mutex, waitq)->owner);
    thread_wake(thread, (enum rtos_status)thread->result);
}

enum rtos_status rtos_mutex_get(const struct rtos_mutex *mutex, struct rtos_thread **owner,
                                prtos_u32_t *depth)
{
    prtos_u32_t key;

    CHECK_MUTEX(mutex);
    key = port_lock();
    if (owner)
        *owner = mutex->owner;
    if (depth)
        *depth = mutex->owner ? (mutex->slow & SLOW_AGAIN) + 1 : 0;
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_mutex_delete(struct rtos_mutex *mutex)
{
    struct rtos_thread *owner;
    prtos_u32_t key;

    CHECK_MUTEX(mutex);
    CHECK_NOT_IRQ();
    key = port_lock();
    owner = mutex->owner;
    mutex->waitq.type = 0;
    rtos_release_all(&mutex->waitq, RTOS_DELETED);
    if (owner) {
        disown(mutex, owner);
        settle(owner);
    }
    return kernel_leave_with(key, RTOS_OK);
}
