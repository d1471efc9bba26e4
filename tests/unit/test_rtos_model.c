/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* Random operations on eight threads and all that they wait for, against the model of
 * rtos_model.h: after each one the kernel must agree about who runs, every thread's state,
 * priority and answer, and every object. RTOS_MODEL_OPS says how many (a million). */
#include "rtos_threads.h"

#include <stdio.h>
#include <stdlib.h>

#include "random.h"
#include "rtos_model.h"

static struct rtos_sem sems[N_SEMS];
static struct rtos_mutex mutexes[N_MUTEXES];
static struct rtos_queue queue;
static struct rtos_event event;
static struct rtos_cond cond;
static void *room[QUEUE_SIZE];
static void *received[N_THREADS];
static unsigned found[N_THREADS], m_found[N_THREADS];
static unsigned long m_received[N_THREADS];
static unsigned long n_ops, message;

static int pick(int n)
{
    return (int)random_below((u64)n);
}

static long long pick_timeout(void)
{
    switch (pick(3)) {
    case 0:
        return RTOS_POLL;
    case 1:
        return pick(3) ? 1 + pick(300) : RTOS_FOREVER;
    default:
        return 1 + pick(2000);
    }
}

/* What the call says at once; a call that waits is judged when its wait ends. */
static void judge(int who, enum rtos_status got, int expected)
{
    if (expected == NONE)
        assert_true(m.t[who].wait != FREE || m.t[who].suspended || m.t[who].result >= 0);
    else if (got != (enum rtos_status)expected)
        fail_msg("operation %lu: answer %d, not %d", n_ops, (int)got, expected);
}

/* Whether the caller may wait: NONE, or the answer. */
static int may_wait(long long timeout)
{
    if (timeout == RTOS_POLL)
        return RTOS_NOT_AVAILABLE;
    return m.locks ? RTOS_WRONG_CONTEXT : NONE;
}

static void op_sem_take(int me)
{
    int k = pick(N_SEMS), expected = RTOS_OK;
    long long timeout = pick_timeout();

    if (m.sem[k]) {
        m.sem[k]--;
    } else {
        expected = may_wait(timeout);
        if (expected == NONE)
            m_wait(me, ON_SEM, k, timeout);
    }
    judge(me, rtos_sem_take(&sems[k], timeout), expected);
}

static void op_sem_give(int me)
{
    int k = pick(N_SEMS), first = m_first(ON_SEM, k), expected = RTOS_OK;

    if (first != NONE)
        m_wake(first, RTOS_OK);
    else if (m.sem[k] < SEM_MAX)
        m.sem[k]++;
    else
        expected = RTOS_LIMIT;
    judge(me, rtos_sem_give(&sems[k]), expected);
}

static void op_lock(int me)
{
    int k = pick(N_MUTEXES), expected = RTOS_OK;
    long long timeout = pick_timeout();

    if (ceiling[k] && m.t[me].base > ceiling[k]) {
        expected = RTOS_INVALID_PARAM;
    } else if (m.owner[k] == NONE) {
        m_own(k, me);
    } else if (m.owner[k] == me) {
        expected = recursive[k] ? RTOS_OK : RTOS_DEADLOCK;
        m.depth[k] += recursive[k];
    } else {
        expected = may_wait(timeout);
        if (expected == NONE) {
            m_wait(me, ON_MUTEX, k, timeout);
            m.t[me].regains = 0;
            m_settle(m.owner[k]);
        }
    }
    judge(me, rtos_mutex_lock(&mutexes[k], timeout), expected);
}

static void op_unlock(int me)
{
    int k = pick(N_MUTEXES), expected = RTOS_OK;

    if (m.owner[k] != me)
        expected = RTOS_NOT_OWNER;
    else if (m.depth[k] > 1)
        m.depth[k]--;
    else
        m_unlock(k, me);
    judge(me, rtos_mutex_unlock(&mutexes[k]), expected);
}

static void op_send(int me)
{
    int front = pick(2), first = m_first(ON_RECEIVE, 0), expected = RTOS_OK;
    long long timeout = pick_timeout();
    void *pointer = (void *)++message;

    if (first != NONE) {
        m_received[first] = message;
        m_wake(first, RTOS_OK);
    } else if (m.used < QUEUE_SIZE) {
        m_put(message, front);
    } else {
        expected = may_wait(timeout);
        if (expected == NONE) {
            m.t[me].message = message;
            m.t[me].front = front;
            m_wait(me, ON_SEND, 0, timeout);
        }
    }
    judge(me, (front ? rtos_queue_send_front : rtos_queue_send)(&queue, pointer, timeout),
          expected);
}

static void op_receive(int me)
{
    int first, expected = RTOS_OK;
    long long timeout = pick_timeout();

    if (m.used) {
        m_received[me] = m.queue[0];
        memmove(m.queue, m.queue + 1, sizeof(m.queue[0]) * (size_t)(--m.used));
        first = m_first(ON_SEND, 0);
        if (first != NONE) {
            m_put(m.t[first].message, m.t[first].front);
            m_wake(first, RTOS_OK);
        }
    } else {
        expected = may_wait(timeout);
        if (expected == NONE)
            m_wait(me, ON_RECEIVE, 0, timeout);
    }
    judge(me, rtos_queue_receive(&queue, &received[me], timeout), expected);
}

static void op_event_set(int me)
{
    unsigned flags = 1u << pick(4);
    int done[N_THREADS] = {0};

    m.flags |= flags;
    for (;;) {
        int next = NONE;

        for (int i = 0; i < N_THREADS; i++)
            if (!done[i] && m.t[i].wait == ON_EVENT &&
                (next == NONE || m.t[i].priority > m.t[next].priority ||
                 (m.t[i].priority == m.t[next].priority && m.t[i].place < m.t[next].place)))
                next = i;
        if (next == NONE)
            break;
        done[next] = 1;
        if (m_met(m.t[next].wanted, m.t[next].mode)) {
            m_found[next] = m.flags;
            if (m.t[next].mode & RTOS_EVENT_CLEAR)
                m.flags &= ~(unsigned)m.t[next].wanted;
            m_wake(next, RTOS_OK);
        }
    }
    judge(me, rtos_event_set(&event, flags), RTOS_OK);
}

static void op_event_wait(int me)
{
    unsigned wanted = 1u + (unsigned)pick(15), mode = (unsigned)pick(4);
    long long timeout = pick_timeout();
    int expected = RTOS_OK;

    if (m_met(wanted, mode)) {
        m_found[me] = m.flags;
        if (mode & RTOS_EVENT_CLEAR)
            m.flags &= ~wanted;
    } else {
        expected = may_wait(timeout);
        if (expected == NONE) {
            m.t[me].wanted = wanted;
            m.t[me].mode = mode;
            m_wait(me, ON_EVENT, 0, timeout);
        }
    }
    judge(me, rtos_event_wait(&event, wanted, mode, timeout, &found[me]), expected);
}

static void op_cond_wait(int me)
{
    long long timeout = pick_timeout();
    int expected = may_wait(timeout);

    if (m.owner[0] != me)
        expected = RTOS_NOT_OWNER;
    else if (expected == NONE) {
        m_wait(me, ON_COND, 0, timeout);
        m.t[me].order = NONE;
        m_unlock(0, me);
        m.t[me].order = ++m.order;
    }
    judge(me, rtos_cond_wait(&cond, &mutexes[0], timeout), expected);
}

static void op_cond_signal(int me)
{
    int all = pick(2), first = m_first(ON_COND, 0), expected = RTOS_NO_ACTION;

    while (first != NONE) {
        expected = RTOS_OK;
        m.t[first].result = RTOS_OK;
        m_regain(first);
        first = all ? m_first(ON_COND, 0) : NONE;
    }
    judge(me, (all ? rtos_cond_broadcast : rtos_cond_signal)(&cond), expected);
}

static void op_delay(int me)
{
    long long duration = pick(1500);
    int expected = m.locks ? RTOS_WRONG_CONTEXT : duration ? NONE : RTOS_NO_ACTION;

    if (expected == NONE)
        m_wait(me, ON_TIME, 0, duration);
    judge(me, rtos_thread_delay(duration), expected);
}

static void op_yield(int me)
{
    int expected = m.locks ? RTOS_WRONG_CONTEXT : RTOS_OK;

    if (!m.locks)
        m.t[me].place = ++m.tail;
    judge(me, rtos_thread_yield(), expected);
}

static void op_sched_lock(int me)
{
    m.locks++;
    judge(me, rtos_sched_lock(), RTOS_OK);
}

static void op_sched_unlock(int me)
{
    int expected = m.locks ? RTOS_OK : RTOS_NO_ACTION;

    m.locks -= m.locks > 0;
    judge(me, rtos_sched_unlock(), expected);
}

#include "rtos_model_threads.h"

static void (*const ops[])(int me) = {
    op_sem_take, op_sem_give, op_lock,         op_unlock,       op_lock,         op_unlock,
    op_send,     op_receive,  op_event_set,    op_event_wait,   op_cond_wait,    op_cond_signal,
    op_delay,    op_yield,    op_sched_lock,   op_sched_unlock, op_sched_unlock, op_suspend,
    op_resume,   op_resume,   op_set_priority, op_stop,         op_start,        op_start,
    op_cancel,   op_sem_give, op_unlock};

/* Those that interrupt handlers may make. */
static void (*const irq_ops[])(int me) = {op_sem_give, op_event_set,    op_cond_signal, op_resume,
                                          op_start,    op_set_priority, op_cancel,      op_cancel,
                                          op_resume,   op_start};
static void (*irq_op)(int me);

static void in_irq(void)
{
    irq_op(NONE);
}

static void step(void)
{
    int me = m.running;

    n_ops++;
    if (me == NONE || !m_ready(me) || pick(6) == 0) {
        if (pick(2)) {
            long long duration = pick(1000);

            m_pass(host_port.now + duration);
            host_pass(duration, 1);
        } else {
            irq_op = irq_ops[pick((int)(sizeof(irq_ops) / sizeof(irq_ops[0])))];
            host_interrupt(in_irq);
        }
    } else {
        ops[pick((int)(sizeof(ops) / sizeof(ops[0])))](me);
    }
    m_choose();
    compare();
}

static void test_random(void **state)
{
    const char *words = getenv("RTOS_MODEL_OPS");
    unsigned long count = words ? strtoul(words, NULL, 10) : 1000000;

    (void)state;
    begin();
    while (n_ops < count)
        step();
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
