/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel for each vCPU; only in librtos-vcpus.a. A call on an object of another vCPU lends the
 * calling thread to that one's kernel: it goes there by mail, the call is made there in its name,
 * and if it has to wait it waits there, in that one's queues and by that one's clock. When it is
 * done it comes home the same way. In between only its home may suspend it; nobody may end it. */
#include <rtos.h>

#include "kernel.h"
#include "mail.h"

static struct rtos_mailbox boxes[RTOS_INSTANCES];
static prtos_u32_t taking[RTOS_INSTANCES];

static void post(prtos_u32_t vcpu, struct rtos_thread *thread)
{
    rtos_mail_post(&boxes[vcpu], (struct rtos_mail *)(void *)&thread->mail);
    port_vcpus_tell();
}

static prtos_u32_t vcpu_of(prtos_u32_t type)
{
    return (type & TYPE_VCPUS) >> TYPE_VCPU_SHIFT;
}

void rtos_send_home(struct rtos_thread *thread)
{
    thread->mail.run = 0;
    post(vcpu_of(thread->ended.type), thread);
}

static void come_home(struct rtos_thread *thread)
{
    prtos_u32_t lent = HAS(rtos_priority_lent) ? rtos_priority_lent(thread) : 0;

    thread->priority = (prtos_u8_t)(lent > thread->base ? lent : thread->base);
    thread->state &= (prtos_u8_t) ~(STATE_WAITING | STATE_AWAY);
    if (!thread->state)
        ready_add(thread, 0);
}

/* A call in the name of another vCPU's thread, with interrupts off: it switches to nobody. */
static void serve(struct rtos_thread *thread)
{
    struct rtos_kernel_state *kernel = &rtos_kernel;
    struct rtos_thread *current = kernel->current;
    prtos_u32_t nesting = kernel->nesting;
    enum rtos_status status;

    kernel->current = thread;
    kernel->nesting = NESTING_NONE;
    kernel->guest = GUEST_RUNS;
    status = thread->mail.run(thread->mail.args);
    if (kernel->guest != GUEST_WAITS) {
        thread->result = (prtos_u8_t)status;
        rtos_send_home(thread);
    }
    kernel->guest = 0;
    kernel->nesting = nesting;
    kernel->current = current;
    if (!current)
        return;
    if (current->state & STATE_DORMANT) {
        kernel->current = (struct rtos_thread *)0;
        kernel->nesting &= ~NESTING_LOCKS;
    } else if (HAS(rtos_slice_peer) && !current->state && current->next != current) {
        rtos_slice_peer(current);
    }
}

/* In the interrupt; others come in between. */
void rtos_mail_came(void)
{
    struct rtos_mail *mail;

    if (taking[INSTANCE])
        return;
    taking[INSTANCE] = 1;
    while ((mail = rtos_mail_take(&boxes[INSTANCE])) != (struct rtos_mail *)0) {
        struct rtos_thread *thread = container_of((void *)mail, struct rtos_thread, mail);

        if (thread->mail.run)
            serve(thread);
        else
            come_home(thread);
        port_breathe();
    }
    taking[INSTANCE] = 0;
}

static enum rtos_status call_there(prtos_u32_t vcpu, enum rtos_status (*run)(void *args),
                                   void *args)
{
    prtos_u32_t key = port_lock();
    enum rtos_status status = wait_refused(RTOS_FOREVER, key);

    if (status == RTOS_OK) {
        struct rtos_thread *self = rtos_kernel.current;

        self->mail.run = run;
        self->mail.args = args;
        wait_begin(self);
        self->state |= STATE_AWAY;
        post(vcpu, self);
        rtos_switch();
        status = (enum rtos_status)self->result;
    }
    return port_unlock_with(key, status);
}

/* What is no object is the own vCPU's to refuse. */
static int is_there(const void *object, prtos_u32_t *vcpu)
{
    if (!object || !IS_ALIGNED(object))
        return 0;
    *vcpu = vcpu_of(*(const volatile prtos_u32_t *)object);
    return *vcpu != (prtos_u32_t)INSTANCE && *vcpu < (prtos_u32_t)PORT_PCT->num_of_vcpus;
}

/* rtos_<name>() of each call that may be made from another vCPU; rtos_local_<name>() is what the
 * other files have under that name. */
#define CALL(name, parameters, given, members, taken)                                              \
    enum rtos_status rtos_local_##name parameters;                                                 \
    struct name##_call {                                                                           \
        members;                                                                                   \
    };                                                                                             \
    static enum rtos_status run_##name(void *args)                                                 \
    {                                                                                              \
        const struct name##_call *call = args;                                                     \
                                                                                                   \
        return rtos_local_##name taken;                                                            \
    }                                                                                              \
    enum rtos_status rtos_##name parameters                                                        \
    {                                                                                              \
        struct name##_call call = {UNPACK given};                                                  \
        prtos_u32_t vcpu;                                                                          \
                                                                                                   \
        if (likely(!is_there(a, &vcpu)))                                                           \
            return rtos_local_##name given;                                                        \
        return call_there(vcpu, run_##name, &call);                                                \
    }
#define UNPACK(...) __VA_ARGS__
#define CALL1(name, A) CALL(name, (A a), (a), A a, (call->a))
#define CALL2(name, A, B) CALL(name, (A a, B b), (a, b), A a; B b, (call->a, call->b))
#define CALL3(name, A, B, C)                                                                       \
    CALL(name, (A a, B b, C c), (a, b, c), A a; B b; C c, (call->a, call->b, call->c))
#define CALL5(name, A, B, C, D, E)                                                                 \
    CALL(name, (A a, B b, C c, D d, E e), (a, b, c, d, e), A a; B b; C c; D d;                     \
         E e, (call->a, call->b, call->c, call->d, call->e))

typedef struct rtos_thread *thread_t;
typedef const struct rtos_thread *const_thread_t;
typedef prtos_u32_t *word_t;

CALL2(sem_take, struct rtos_sem *, rtos_time_t)
CALL1(sem_give, struct rtos_sem *)
CALL1(sem_reset, struct rtos_sem *)
CALL3(sem_get, const struct rtos_sem *, word_t, word_t)
CALL1(sem_delete, struct rtos_sem *)

CALL2(event_set, struct rtos_event *, prtos_u32_t)
CALL2(event_clear, struct rtos_event *, prtos_u32_t)
CALL5(event_wait, struct rtos_event *, prtos_u32_t, prtos_u32_t, rtos_time_t, word_t)
CALL3(event_get, const struct rtos_event *, word_t, word_t)
CALL1(event_delete, struct rtos_event *)

CALL3(queue_send, struct rtos_queue *, void *, rtos_time_t)
CALL3(queue_send_front, struct rtos_queue *, void *, rtos_time_t)
CALL3(queue_receive, struct rtos_queue *, void **, rtos_time_t)
CALL2(queue_peek, const struct rtos_queue *, void **)
CALL1(queue_flush, struct rtos_queue *)
CALL3(queue_get, const struct rtos_queue *, word_t, word_t)
CALL1(queue_delete, struct rtos_queue *)

CALL5(ring_write, struct rtos_ring *, const void *, rtos_size_t, rtos_time_t, rtos_size_t *)
CALL5(ring_read, struct rtos_ring *, void *, rtos_size_t, rtos_time_t, rtos_size_t *)
CALL2(ring_get, const struct rtos_ring *, rtos_size_t *)
CALL1(ring_delete, struct rtos_ring *)

CALL3(pool_alloc, struct rtos_pool *, void **, rtos_time_t)
CALL2(pool_free, struct rtos_pool *, void *)
CALL2(pool_get, const struct rtos_pool *, word_t)
CALL1(pool_delete, struct rtos_pool *)

CALL1(thread_start, thread_t)
CALL2(thread_start_after, thread_t, rtos_time_t)
CALL1(thread_stop, thread_t)
CALL1(thread_delete, thread_t)
CALL2(thread_join, thread_t, rtos_time_t)
CALL1(thread_suspend, thread_t)
CALL1(thread_resume, thread_t)
CALL1(thread_cancel_wait, thread_t)
CALL2(thread_set_priority, thread_t, prtos_u32_t)
CALL3(thread_get_priority, const_thread_t, word_t, word_t)
CALL2(thread_get_state, const_thread_t, enum rtos_thread_state *)
CALL2(thread_set_slice, thread_t, prtos_u32_t)
CALL2(thread_get_stats, const_thread_t, struct rtos_thread_stats *)

CALL3(timer_start, struct rtos_timer *, rtos_time_t, rtos_time_t)
CALL1(timer_stop, struct rtos_timer *)
CALL2(timer_get_missed, const struct rtos_timer *, word_t)
CALL1(timer_delete, struct rtos_timer *)
