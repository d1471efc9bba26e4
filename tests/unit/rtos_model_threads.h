/* SPDX-License-Identifier: Apache-2.0 */
/* Second part of test_rtos_model.c: operations on threads, the comparison, beginning and end. */
#ifndef RTOS_MODEL_THREADS_H
#define RTOS_MODEL_THREADS_H

static void op_suspend(int me)
{
    int i = pick(N_THREADS), expected = RTOS_OK;

    if (m.t[i].dormant || m.t[i].suspended)
        expected = RTOS_NO_ACTION;
    else if (i == me && m.locks)
        expected = RTOS_WRONG_CONTEXT;
    else
        m.t[i].suspended = 1;
    judge(me, rtos_thread_suspend(&threads[i]), expected);
}

static void op_resume(int me)
{
    int i = pick(N_THREADS), expected = RTOS_NO_ACTION;

    if (m.t[i].suspended) {
        expected = RTOS_OK;
        m.t[i].suspended = 0;
        if (m_ready(i))
            m.t[i].place = ++m.tail;
    }
    judge(me, rtos_thread_resume(&threads[i]), expected);
}

static void op_set_priority(int me)
{
    int i = pick(N_THREADS), priority = 1 + pick(15), lent = m_lent(i);

    m.t[i].base = priority;
    m_priority(i, lent > priority ? lent : priority, 0);
    if (m.t[i].wait == ON_MUTEX)
        m_settle(m.owner[m.t[i].object]);
    judge(me, rtos_thread_set_priority(&threads[i], (unsigned)priority), RTOS_OK);
}

static void op_stop(int me)
{
    int i = pick(N_THREADS), expected = RTOS_OK;

    if (i == me && m.locks)
        expected = RTOS_WRONG_CONTEXT;
    else if (m.t[i].dormant)
        expected = RTOS_NO_ACTION;
    else
        m_end(i);
    judge(me, rtos_thread_stop(&threads[i]), expected);
}

static void op_start(int me)
{
    int i = pick(N_THREADS), expected = RTOS_NO_ACTION;

    if (m.t[i].dormant) {
        expected = RTOS_OK;
        m.t[i].dormant = 0;
        m.t[i].place = ++m.tail;
    }
    judge(me, rtos_thread_start(&threads[i]), expected);
}

static void op_cancel(int me)
{
    int i = pick(N_THREADS), expected = RTOS_NO_ACTION;

    if (m.t[i].wait != FREE && !(m.t[i].wait == ON_MUTEX && m.t[i].regains)) {
        expected = RTOS_OK;
        m_release(i, RTOS_CANCELLED);
    }
    judge(me, rtos_thread_cancel_wait(&threads[i]), expected);
}

static int state_expected(int i)
{
    if (m.t[i].dormant)
        return RTOS_DORMANT;
    if (m.t[i].suspended)
        return RTOS_SUSPENDED;
    if (m.t[i].wait != FREE)
        return RTOS_WAITING;
    return i == m.running ? RTOS_RUNNING : RTOS_READY;
}

#define SAME(got, expected, what)                                                                  \
    do {                                                                                           \
        if ((long)(got) != (long)(expected))                                                       \
            fail_msg("operation %lu: " what " %d is %ld, not %ld", n_ops, i, (long)(got),          \
                     (long)(expected));                                                            \
    } while (0)

static void compare(void)
{
    int i = 0;

    SAME(running(), m.running, "the one that runs");
    for (i = 0; i < N_THREADS; i++) {
        SAME(state_of((unsigned)i), state_expected(i), "state");
        SAME(threads[i].priority, m.t[i].priority, "priority");
        SAME(threads[i].timeout.order != 0, m.t[i].due != NONE, "timeout of");
        if (m.t[i].dormant || m.t[i].wait != FREE)
            continue;
        if (m.t[i].result >= 0)
            SAME(threads[i].result, m.t[i].result, "answer of");
        SAME((unsigned long)received[i], m_received[i], "message of");
        SAME(found[i], m_found[i], "flags of");
    }
    for (i = 0; i < N_SEMS; i++)
        SAME(sems[i].count, m.sem[i], "count");
    for (i = 0; i < N_MUTEXES; i++)
        SAME(mutexes[i].owner ? mutexes[i].owner - threads : NONE, m.owner[i], "owner");
    i = 0;
    SAME(event.flags, m.flags, "event");
    SAME(queue.used, m.used, "queue");
}

static void begin(void)
{
    host_reset();
    for (int i = 0; i < N_THREADS; i++) {
        m.t[i] =
            (struct model_thread){.priority = 1 + i, .base = 1 + i, .due = NONE, .result = NONE};
        m.t[i].place = ++m.tail;
        born((unsigned)i, 1 + (unsigned)i);
    }
    for (unsigned i = 0; i < N_SEMS; i++)
        OK(rtos_sem_init(&sems[i], 0, SEM_MAX, (enum rtos_discipline)sem_by_arrival[i]));
    for (unsigned i = 0; i < N_MUTEXES; i++) {
        m.owner[i] = NONE;
        OK(rtos_mutex_init(&mutexes[i],
                           (ceiling[i] ? RTOS_MUTEX_CEILING : RTOS_MUTEX_INHERIT) |
                               (recursive[i] ? RTOS_MUTEX_RECURSIVE : 0),
                           (unsigned)ceiling[i]));
    }
    OK(rtos_queue_init(&queue, room, QUEUE_SIZE, RTOS_BY_PRIORITY));
    OK(rtos_event_init(&event, 0, RTOS_BY_PRIORITY));
    OK(rtos_cond_init(&cond));
    host_start();
    m_choose();
    compare();
}

/* Everything was used. */
static void finish(void)
{
    printf("%lu operations, %u switches, %u timers armed\n", n_ops, host_port.n_switches,
           host_port.n_arms);
    assert_true(host_port.n_switches > n_ops / 20);
    assert_true(host_port.n_arms > n_ops / 50);
}

#endif
