/* SPDX-License-Identifier: Apache-2.0 */
/* Birth, start and end of threads. */
#include "kernel.h"

/* The smallest build keeps the entry in the stack, behind the mark. */
#ifdef RTOS_SMALL
struct origin {
    prtos_u32_t mark;
    void (*entry)(void *arg);
    void *arg;
};
#define ORIGIN(thread) ((struct origin *)(thread)->stack)
#else
#define ORIGIN(thread) (thread)
#endif

#define STACK_UNIT 8u

enum rtos_status rtos_thread_init(struct rtos_thread *thread,
                                  const struct rtos_thread_config *config)
{
    CHECK(thread && IS_ALIGNED(thread) && config && config->entry && config->stack &&
              config->priority < RTOS_PRIORITIES && config->stack_size >= RTOS_STACK_MIN &&
              !((__UINTPTR_TYPE__)config->stack % STACK_UNIT) && !(config->stack_size % STACK_UNIT),
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    __builtin_memset(thread, 0, sizeof(*thread));
    thread->stack = config->stack;
    *(prtos_u32_t *)thread->stack = STACK_MARK;
    ORIGIN(thread)->entry = config->entry;
    ORIGIN(thread)->arg = config->arg;
    thread->priority = thread->base = (prtos_u8_t)config->priority;
    thread->state = STATE_DORMANT;
#ifdef RTOS_SMALL
    thread->value = (char *)config->stack + config->stack_size;
#else
    thread->stack_size = config->stack_size;
    thread->name = config->name;
    if (HAS(rtos_stack_paint))
        rtos_stack_paint(thread);
#endif
    thread->ended.type = TYPE_OWN(TYPE_THREAD);
    return RTOS_OK;
}

/* A fresh stack; the state is left to the caller. */
static void thread_prepare(struct rtos_thread *thread)
{
#ifdef RTOS_SMALL
    thread->sp = port_stack_init(thread->stack,
                                 (rtos_size_t)((char *)thread->value - (char *)thread->stack));
#else
    thread->sp = port_stack_init(thread->stack, thread->stack_size);
#endif
    *(prtos_u32_t *)thread->stack = STACK_MARK;
    thread->priority = thread->base;
#ifndef RTOS_SMALL
    if (HAS(rtos_fpu_fresh))
        rtos_fpu_fresh(thread);
#endif
}

enum rtos_status rtos_thread_start(struct rtos_thread *thread)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    key = port_lock();
    if (thread->state != STATE_DORMANT) {
        return port_unlock_with(key, RTOS_NO_ACTION);
    }
    thread_prepare(thread);
    thread->state = 0;
    ready_add(thread, 0);
    return kernel_leave_with(key, RTOS_OK);
}

#ifndef RTOS_SMALL
enum rtos_status rtos_thread_start_after(struct rtos_thread *thread, rtos_time_t delay)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK(delay >= 0, RTOS_INVALID_PARAM);
    key = port_lock();
    if (thread->state != STATE_DORMANT) {
        return port_unlock_with(key, RTOS_NO_ACTION);
    }
    thread_prepare(thread);
    thread->state = STATE_WAITING;
    rtos_timeout_insert(&thread->timeout, rtos_moment(delay), 0);
    return port_unlock_with(key, RTOS_OK);
}
#endif

/* Out of all queues and lists. A wait for a condition ends in one for its mutex: hence the loop. */
void rtos_thread_end(struct rtos_thread *thread)
{
#ifndef RTOS_SMALL
    while (thread->state & STATE_WAITING)
        rtos_release(thread, RTOS_CANCELLED);
#endif
    if (!thread->state)
        ready_remove(thread);
    thread->state = STATE_DORMANT;
#ifndef RTOS_SMALL
    if (HAS(rtos_mutexes_abandon))
        rtos_mutexes_abandon(thread);
    rtos_release_all(&thread->ended, RTOS_OK);
#endif
}

enum rtos_status rtos_thread_exit(void)
{
    prtos_u32_t key = port_lock();

    if (wait_refused(RTOS_FOREVER, key) != RTOS_OK) {
        return port_unlock_with(key, RTOS_WRONG_CONTEXT);
    }
    rtos_thread_end(rtos_kernel.current);
    rtos_switch();
    return port_unlock_with(key, RTOS_OK); /* never: the thread was left */
}

/* Every thread begins here, with interrupts off. Who returns with the scheduler locked gives it
 * up. */
void rtos_thread_main(void)
{
    struct rtos_thread *self = rtos_kernel.current;

    port_unlock(PORT_KEY_ON);
    ORIGIN(self)->entry(ORIGIN(self)->arg);
    port_lock();
    rtos_kernel.nesting = NESTING_NONE;
    rtos_thread_end(self);
    rtos_resume();
}

struct rtos_thread *rtos_thread_self(void)
{
    return rtos_kernel.current;
}

enum rtos_status rtos_start(void)
{
    CHECK(!rtos_kernel.nesting && port_may_start(), RTOS_WRONG_CONTEXT);
    port_lock();
    rtos_kernel.nesting = NESTING_NONE;
#ifndef RTOS_SMALL
    rtos_slot_look();
#endif
    rtos_timer_arm();
    port_start();
}
