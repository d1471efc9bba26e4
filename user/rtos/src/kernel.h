/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the kernel share: its state, the ready threads, wait queues. Everything here
 * is called with interrupts off. An operation is finished by whoever ends a wait (who gives, who
 * sends, the timeout), never by the thread that waited: behind a switch a call only returns its
 * result. */
#ifndef RTOS_KERNEL_H
#define RTOS_KERNEL_H

#include <rtos/thread.h>
#include <rtos/sched.h>

#include "port.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define WEAK __attribute__((weak))
#define NOINLINE __attribute__((noinline))
#define container_of(pointer, type, member)                                                        \
    ((type *)(void *)((char *)(pointer) - __builtin_offsetof(type, member)))

/* Kinds of objects, in their first word. A wait queue's bit 0: served in the order of arrival. Bit
 * 1: who leaves it unserved is told to rtos_waiter_left(). */
#define TYPE_ARRIVAL 1u
#define TYPE_TELL 2u
#define TYPE_THREAD 0x54485200u
#define TYPE_SEM 0x53454d00u
#define TYPE_MUTEX (0x4d555400u | TYPE_TELL)
#define TYPE_COND (0x434f4e00u | TYPE_TELL)
#define TYPE_EVENT 0x45564500u
#define TYPE_QUEUE 0x51554500u
#define TYPE_RING 0x524e4700u
#define TYPE_POOL 0x504f4f00u
#define TYPE_HEAP 0x48454100u
#define TYPE_TIMER 0x54494d00u
#define TYPE_TIMER_THREAD 0x54544800u
#define TYPE_WATCH 0x57415400u
#define TYPE_CREW 0x43524500u
#define TYPE_JOB 0x4a4f4200u

/* Arguments are checked, or trusted (librtos-nochecks.a). */
#ifndef RTOS_NO_CHECKS
#define RTOS_CHECKS 1
#else
#define RTOS_CHECKS 0
#endif
#define CHECK(condition, status)                                                                   \
    do {                                                                                           \
        if (RTOS_CHECKS && unlikely(!(condition)))                                                 \
            return (status);                                                                       \
    } while (0)
#define IS_ALIGNED(pointer) (((__UINTPTR_TYPE__)(pointer) & (sizeof(prtos_u32_t) - 1)) == 0)
/* The first word of an object says what it is. */
#define CHECK_OBJECT(object, kind)                                                                 \
    CHECK(is_object((const prtos_u32_t *)(const void *)(object), kind), RTOS_INVALID_OBJECT)
#define CHECK_QUEUED(object, kind) CHECK_OBJECT(object, kind)
#define CHECK_MUTEX(mutex) CHECK_OBJECT(mutex, TYPE_MUTEX)
#define CHECK_THREAD(thread) CHECK_OBJECT(thread, TYPE_THREAD)

/* Why a thread is not ready; 0: it is. */
#define STATE_DORMANT 1u
#define STATE_WAITING 2u
#define STATE_SUSPENDED 4u
#define STATE_AWAY                                                                                 \
    8u /* at another vCPU, which has all of it but what this one needs to suspend it */

/* Lowest word of each stack. */
#define STACK_MARK 0x5354414bu

/* `nesting`: why no call may wait and no switch happen now. NESTING_NONE: nothing stands against
 * it; 0 before the start. A warm reset of a partition clears what is zero at first and nothing
 * else, so nothing in the kernel begins with another value. */
#define NESTING_NONE 0x00000001u
#define NESTING_LOCK 0x00000002u
#define NESTING_LOCKS 0x0001fffeu
#define NESTING_IRQ 0x00020000u
#define NESTING_IRQS 0xfffe0000u

struct rtos_kernel_state {
    struct rtos_thread *current; /* null while idle */
    prtos_u32_t nesting;
    prtos_u32_t ready_map; /* bit p: ready[p] is not null */
    struct rtos_thread *ready[RTOS_PRIORITIES];
    struct rtos_timeout *soonest;
    prtos_u32_t n_timeouts, order;
    rtos_time_t armed;    /* the hardware timer; 0: not */
    rtos_time_t slot_end; /* 0: not known */
    prtos_u32_t expiring;
    void *stack; /* handlers run and the vCPU idles on it */
#ifdef RTOS_VCPUS
    prtos_u32_t guest; /* a call is made for a thread of another vCPU; GUEST_WAITS: it waits */
#endif
};

/* One for each vCPU: in librtos-vcpus.a there are several, and each object says in its first word
 * whose it is. */
#ifdef RTOS_VCPUS
#define RTOS_INSTANCES CONFIG_MAX_NO_VCPUS
#define INSTANCE port_vcpu()
#define rtos_kernel rtos_kernels[INSTANCE]
extern struct rtos_kernel_state rtos_kernels[RTOS_INSTANCES];
#define TYPE_VCPU_SHIFT 4
#define TYPE_VCPUS 0xf0u
#define TYPE_OWN(kind) ((kind) | INSTANCE << TYPE_VCPU_SHIFT)
#define IS_FOREIGN(thread)                                                                         \
    (((thread)->ended.type & TYPE_VCPUS) >> TYPE_VCPU_SHIFT != (prtos_u32_t)INSTANCE)
#define IS_AWAY(thread) ((thread)->state & STATE_AWAY)
#define IS_GUEST() (rtos_kernel.guest)
#else
#define RTOS_INSTANCES 1
#define INSTANCE 0
extern struct rtos_kernel_state rtos_kernel;
#define TYPE_OWN(kind) (kind)
#define IS_FOREIGN(thread) 0
#define IS_AWAY(thread) 0
#define IS_GUEST() 0
#endif

/* Optional parts; null where a program does not use them, and never asked for in the smallest
 * build. */
#ifdef RTOS_SMALL
#define IS_SMALL 1
#define FAST inline
#else
#define IS_SMALL 0
#define FAST inline __attribute__((always_inline))
#endif
#define HAS(part) (!IS_SMALL && (part) != 0)
WEAK void rtos_waiter_left(struct rtos_waitq *queue, struct rtos_thread *thread);
WEAK void rtos_mutexes_abandon(struct rtos_thread *thread);
WEAK prtos_u32_t rtos_priority_lent(const struct rtos_thread *thread);
WEAK void rtos_priority_follow(const struct rtos_thread *thread);
WEAK void rtos_stack_paint(const struct rtos_thread *thread);
WEAK void rtos_timer_expired(struct rtos_timeout *timeout);
WEAK void rtos_account(struct rtos_thread *from, struct rtos_thread *to);
WEAK void rtos_slice_peer(struct rtos_thread *current);
WEAK void rtos_hook_switched(struct rtos_thread *from, struct rtos_thread *to);
WEAK void rtos_hook_idle(void);
WEAK void rtos_hook_slot(void);
WEAK void rtos_fault_stack(struct rtos_thread *thread);
WEAK void rtos_fpu_switched(struct rtos_thread *from, struct rtos_thread *to);
WEAK void rtos_fpu_fresh(struct rtos_thread *thread);

/* A place in the heap of moments; timeout.c. The low bits of `order`: a timer, armed. */
#define ORDER_TIMER 1u
#define ORDER_ARMED 2u
#define ORDER_STEP 4u
INTERNAL void rtos_timeout_insert(struct rtos_timeout *timeout, rtos_time_t due, prtos_u32_t kind);
INTERNAL void rtos_timeout_remove(struct rtos_timeout *timeout);
/* `delay` ns from now, RTOS_NEVER at most; negative for a negative one. */
INTERNAL rtos_time_t rtos_moment(rtos_time_t delay);

/* vcpus.c: the wait of a thread of another vCPU is over. */
void rtos_send_home(struct rtos_thread *thread);
#define GUEST_RUNS 1u
#define GUEST_WAITS 2u

/* mutex.c: a thread that waited for a condition gets its mutex, or waits for that. */
void rtos_mutex_regain(struct rtos_thread *thread);

/* account.c: the running thread has ready equals and a slice. */
void rtos_slice_begin(struct rtos_thread *current);
/* The running thread's account is brought up to now. */
void rtos_account_now(void);

/* kernel.c */
INTERNAL void rtos_switch(void);
INTERNAL void rtos_resume(void) __attribute__((noreturn));
INTERNAL enum rtos_status rtos_wait(struct rtos_waitq *queue, rtos_time_t timeout, prtos_u32_t key);
INTERNAL enum rtos_status rtos_sleep(struct rtos_thread *self, rtos_time_t due);
void rtos_priority_change(struct rtos_thread *thread, prtos_u32_t priority, int front);
INTERNAL void rtos_waitq_insert(struct rtos_waitq *queue, struct rtos_thread *thread);
INTERNAL void rtos_waitq_remove(struct rtos_waitq *queue, struct rtos_thread *thread);
prtos_u32_t rtos_waitq_count(const struct rtos_waitq *queue);
/* For objects that begin with their wait queue: the word at `offset` and how many wait, and its
 * end. */
enum rtos_status rtos_object_look(const void *object, prtos_u32_t kind, rtos_size_t offset,
                                  prtos_u32_t *word, prtos_u32_t *n_waiting);
enum rtos_status rtos_object_delete(void *object, prtos_u32_t kind);
INTERNAL void rtos_release(struct rtos_thread *thread, enum rtos_status result);
void rtos_release_all(struct rtos_waitq *queue, enum rtos_status result);

/* For the ports: what is due, the start of a slot, the loop of an idle vCPU. */
INTERNAL void rtos_time_check(void);
INTERNAL void rtos_timer_rang(void);
/* Arms the hardware timer for the soonest moment. */
INTERNAL void rtos_timer_arm(void);
void rtos_slot_began(void);
/* The slot's end, at the kernel's start. */
void rtos_slot_look(void);
INTERNAL void rtos_idle(void) __attribute__((noreturn));
INTERNAL void rtos_thread_main(void) __attribute__((noreturn));
/* thread.c: it becomes dormant, whatever it does. */
INTERNAL void rtos_thread_end(struct rtos_thread *thread);

static inline int kernel_in_irq(void)
{
    return (rtos_kernel.nesting & NESTING_IRQS) != 0;
}

int rtos_in_locked_thread(void);

/* Whether the caller is a thread; it may hold the scheduler's lock. */
static inline int kernel_in_thread(void)
{
    return likely(rtos_kernel.nesting == NESTING_NONE) || rtos_in_locked_thread();
}

#define CHECK_IN_THREAD() CHECK(kernel_in_thread(), RTOS_WRONG_CONTEXT)

/* Making and deleting objects: not in interrupt handlers. */
#define CHECK_NOT_IRQ() CHECK(!kernel_in_irq(), RTOS_WRONG_CONTEXT)

static FAST struct rtos_thread *ready_first(void)
{
    prtos_u32_t map = rtos_kernel.ready_map;

    return map ? rtos_kernel.ready[31 - __builtin_clz(map)] : (struct rtos_thread *)0;
}

/* Why the caller cannot wait; RTOS_OK: it can. */
static inline enum rtos_status wait_refused(rtos_time_t timeout, prtos_u32_t key)
{
    if (timeout == RTOS_POLL)
        return RTOS_NOT_AVAILABLE;
    if (IS_GUEST())
        return RTOS_OK;
    return rtos_kernel.nesting != NESTING_NONE || !port_key_on(key) ? RTOS_WRONG_CONTEXT : RTOS_OK;
}

/* The short ways: inline in files that are built for speed, elsewhere functions of kernel.c. */
#ifdef RTOS_HOT
#define HOT static inline __attribute__((always_inline))
#include "hot.h"
#else
#define is_object rtos_is_object
#define ready_add rtos_ready_add
#define ready_remove rtos_ready_remove
#define wait_begin rtos_wait_begin
#define waitq_take rtos_waitq_take
#define thread_wake rtos_thread_wake
#define kernel_leave_with rtos_kernel_leave_with
INTERNAL int is_object(const prtos_u32_t *object, prtos_u32_t kind);
INTERNAL void ready_add(struct rtos_thread *thread, int front);
INTERNAL void ready_remove(struct rtos_thread *thread);
INTERNAL void wait_begin(struct rtos_thread *self);
INTERNAL struct rtos_thread *waitq_take(struct rtos_waitq *queue);
INTERNAL void thread_wake(struct rtos_thread *thread, enum rtos_status result);
INTERNAL enum rtos_status kernel_leave_with(prtos_u32_t key, enum rtos_status status);
#endif

static inline void kernel_leave(prtos_u32_t key)
{
    kernel_leave_with(key, RTOS_OK);
}

#endif
