/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting, waking and switching, and the wait queues. A queue is a ring of the first threads of
 * each priority, the most urgent first, and behind each of them a ring of its equals: whatever
 * is in it, taking the first one costs the same, and a place is found in at most RTOS_PRIORITIES
 * steps. */
#include "kernel.h"

#define HOT
#include "hot.h"

#ifdef RTOS_VCPUS
struct rtos_kernel_state rtos_kernels[RTOS_INSTANCES];
#else
struct rtos_kernel_state rtos_kernel;
#endif

/* From the running thread, which may not be ready any more, to the first one. */
void rtos_switch(void)
{
    struct rtos_thread *from = rtos_kernel.current;
    struct rtos_thread *to = ready_first();

    if (to == from)
        return;
    if (HAS(rtos_account))
        rtos_account(from, to);
    if (HAS(rtos_hook_switched))
        rtos_hook_switched(from, to);
    if (HAS(rtos_fpu_switched))
        rtos_fpu_switched(from, to);
    if (HAS(rtos_fault_stack) && from && unlikely(*(prtos_u32_t *)from->stack != STACK_MARK)) {
        rtos_fault_stack(from);
        from = (struct rtos_thread *)0;
        to = ready_first();
    }
    rtos_kernel.current = to;
    if (unlikely(!to))
        port_switch_to_idle(from ? &from->sp : (void **)0, rtos_kernel.stack);
    else if (unlikely(!from))
        port_switch_from_idle(to->sp);
    else
        port_switch(&from->sp, to->sp);
}

/* What ran before is given up, or was nothing. */
void rtos_resume(void)
{
    struct rtos_thread *to = ready_first();

    if (HAS(rtos_account))
        rtos_account(rtos_kernel.current, to);
    if (HAS(rtos_hook_switched))
        rtos_hook_switched(rtos_kernel.current, to);
    if (HAS(rtos_fpu_switched))
        rtos_fpu_switched((struct rtos_thread *)0, to);
    rtos_kernel.current = to;
    if (to)
        port_switch_from_idle(to->sp);
    port_switch_to_idle((void **)0, rtos_kernel.stack);
    __builtin_unreachable();
}

/* Without a thread: hooks, then asleep. Interrupts switch away from here and never come back. */
void rtos_idle(void)
{
    for (;;) {
        port_lock();
        if (HAS(rtos_hook_idle))
            rtos_hook_idle();
        port_sleep(!IS_SMALL && rtos_kernel.slot_end &&
                   (!rtos_kernel.soonest || rtos_kernel.soonest->due >= rtos_kernel.slot_end));
    }
}

static inline prtos_u32_t queue_rank(const struct rtos_waitq *queue, const struct rtos_thread *t)
{
    return queue->type & TYPE_ARRIVAL ? 0 : t->priority;
}

void rtos_waitq_insert(struct rtos_waitq *queue, struct rtos_thread *thread)
{
    struct rtos_thread *first = queue->first, *place = first;
    prtos_u32_t rank = queue_rank(queue, thread);

    thread->waits = queue;
    thread->next = thread->prev = thread;
    thread->chain_next = thread->chain_prev = thread;
    if (likely(!first)) {
        queue->first = thread;
        return;
    }
    while (queue_rank(queue, place) > rank) {
        place = place->chain_next;
        if (place == first)
            break;
    }
    if (queue_rank(queue, place) == rank) {
        thread->chain_next = (struct rtos_thread *)0;
        thread->next = place;
        thread->prev = place->prev;
        place->prev->next = thread;
        place->prev = thread;
        return;
    }
    thread->chain_next = place;
    thread->chain_prev = place->chain_prev;
    place->chain_prev->chain_next = thread;
    place->chain_prev = thread;
    if (rank > queue_rank(queue, first))
        queue->first = thread;
}

void rtos_waitq_remove(struct rtos_waitq *queue, struct rtos_thread *thread)
{
    struct rtos_thread *heir = thread->next;

    thread->waits = (struct rtos_waitq *)0;
    heir->prev = thread->prev;
    thread->prev->next = heir;
    if (!thread->chain_next)
        return;
    if (heir == thread) {
        /* The only one of its priority. */
        heir = thread->chain_next;
        thread->chain_prev->chain_next = heir;
        heir->chain_prev = thread->chain_prev;
        if (queue->first == thread)
            queue->first = heir == thread ? (struct rtos_thread *)0 : heir;
        return;
    }
    if (thread->chain_next == thread) {
        heir->chain_next = heir->chain_prev = heir;
    } else {
        heir->chain_next = thread->chain_next;
        heir->chain_prev = thread->chain_prev;
        heir->chain_next->chain_prev = heir;
        heir->chain_prev->chain_next = heir;
    }
    if (queue->first == thread)
        queue->first = heir;
}

/* The caller, which wait_begin() has made to wait, sleeps until it is woken, or until a moment;
 * negative: only woken. */
enum rtos_status rtos_sleep(struct rtos_thread *self, rtos_time_t due)
{
    if (due >= 0)
        rtos_timeout_insert(&self->timeout, due, 0);
#ifdef RTOS_VCPUS
    if (IS_GUEST()) {
        rtos_kernel.guest = GUEST_WAITS;
        return RTOS_OK;
    }
#endif
    rtos_switch();
    return (enum rtos_status)self->result;
}

/* The slow end of a call that cannot be done now. `key` is given back in any case. */
enum rtos_status rtos_wait(struct rtos_waitq *queue, rtos_time_t timeout, prtos_u32_t key)
{
    enum rtos_status status = wait_refused(timeout, key);

    if (status == RTOS_OK) {
        struct rtos_thread *self = rtos_kernel.current;

        wait_begin(self);
        rtos_waitq_insert(queue, self);
        status = rtos_sleep(self, rtos_moment(timeout));
    }
    return port_unlock_with(key, status);
}

/* Out of whatever it waits for. */
void rtos_release(struct rtos_thread *thread, enum rtos_status result)
{
    struct rtos_waitq *queue = thread->waits;

    if (queue)
        rtos_waitq_remove(queue, thread);
    thread->result = (prtos_u8_t)result;
    if (HAS(rtos_waiter_left) && queue && queue->type & TYPE_TELL)
        rtos_waiter_left(queue, thread);
    else
        thread_wake(thread, result);
}
