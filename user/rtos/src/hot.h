/* SPDX-License-Identifier: Apache-2.0 */
/* The short ways through the kernel: inline in files that are built for speed (HOT is static
 * inline), functions of kernel.c for all others (HOT is nothing). Included by kernel.h and
 * kernel.c only. */

HOT int is_object(const prtos_u32_t *object, prtos_u32_t kind)
{
    return object && IS_ALIGNED(object) && (*object & ~TYPE_ARRIVAL) == TYPE_OWN(kind);
}

/* Behind its equals, or in front of them. */
HOT void ready_add(struct rtos_thread *thread, int front)
{
    struct rtos_thread **ready = &rtos_kernel.ready[thread->priority];
    struct rtos_thread *first = *ready;

    if (likely(!first)) {
        thread->next = thread->prev = thread;
        rtos_kernel.ready_map |= 1u << thread->priority;
        *ready = thread;
        return;
    }
    thread->next = first;
    thread->prev = first->prev;
    first->prev->next = thread;
    first->prev = thread;
    if (front)
        *ready = thread;
    else if (HAS(rtos_slice_peer) && first == rtos_kernel.current)
        rtos_slice_peer(first);
}

HOT void ready_remove(struct rtos_thread *thread)
{
    struct rtos_thread **ready = &rtos_kernel.ready[thread->priority];
    struct rtos_thread *next = thread->next;

    if (likely(next == thread)) {
        *ready = (struct rtos_thread *)0;
        rtos_kernel.ready_map &= ~(1u << thread->priority);
        return;
    }
    next->prev = thread->prev;
    thread->prev->next = next;
    if (*ready == thread)
        *ready = next;
}

/* Before it goes into a wait queue: a thread is ready or in a queue, by the same links. */
HOT void wait_begin(struct rtos_thread *self)
{
    if (IS_GUEST())
        return;
    self->state |= STATE_WAITING;
    ready_remove(self);
}

/* The first one leaves its queue; it is still waiting. */
HOT struct rtos_thread *waitq_take(struct rtos_waitq *queue)
{
    struct rtos_thread *thread = queue->first;

    if (likely(thread->next == thread && thread->chain_next == thread))
        queue->first = (struct rtos_thread *)0;
    else
        rtos_waitq_remove(queue, thread);
    thread->waits = (struct rtos_waitq *)0;
    return thread;
}

/* Ends the wait of a thread that is in no queue any more. */
HOT void thread_wake(struct rtos_thread *thread, enum rtos_status result)
{
    thread->result = (prtos_u8_t)result;
    if (thread->timeout.order)
        rtos_timeout_remove(&thread->timeout);
    if (IS_FOREIGN(thread)) {
        rtos_send_home(thread);
        return;
    }
    thread->state &= (prtos_u8_t)~STATE_WAITING;
    if (likely(!thread->state))
        ready_add(thread, 0);
}

/* End of an operation, and its answer: who is the most urgent now runs, unless something stands
 * against it. */
HOT enum rtos_status kernel_leave_with(prtos_u32_t key, enum rtos_status status)
{
    if (likely(rtos_kernel.nesting == NESTING_NONE) && likely(port_key_on(key)) &&
        ready_first() != rtos_kernel.current)
        rtos_switch();
    return port_unlock_with(key, status);
}
