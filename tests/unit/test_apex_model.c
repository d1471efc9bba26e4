/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Random services of five processes, with real switches, against the model of apex/model.h: each
 * answer,
 * who runs behind it, every process's state and every object must agree. A round ends when all
 * wait for ever; APEX_MODEL_OPS says how many operations there are (a million). */
#include <stdio.h>
#include <stdlib.h>

#include "model_operations.h"

APEX_PROCESSES(N, N * 1024);
APEX_SEMAPHORES(1);
APEX_EVENTS(1);
APEX_BUFFERS(1, APEX_BUFFER_ROOM(MODEL_ROOM, 4));
APEX_BLACKBOARDS(1, 4);
APEX_MUTEXES(1);

static unsigned long n_ops, limit = 1000000, n_rounds;
static const int bases[N] = {5, 10, 10, 15, 22};

static void do_acquire(int me)
{
    long long timeout = pick_timeout();

    m.p[me].result = NO_ERROR;
    if (m.locker == me || (m.owner != me && m.p[me].base > MODEL_MUTEX))
        m.p[me].result = INVALID_MODE;
    else if (m.owner == me && m.count == MAX_LOCK_LEVEL)
        m.p[me].result = INVALID_CONFIG;
    else if (m.owner == me)
        m.count++;
    else if (m.owner == NOBODY)
        m_own(me);
    else
        m_wait(me, ON_MUTEX, timeout);
    CALL(ACQUIRE_MUTEX, mutex, timeout);
}

static void do_release(int me)
{
    int other = pick(N);

    m.p[me].result = NO_ERROR;
    if (pick(8)) {
        if (m.owner != me)
            m.p[me].result = INVALID_MODE;
        else if (!--m.count)
            m_free_mutex();
        CALL(RELEASE_MUTEX, mutex);
    } else {
        if (m.owner != other)
            m.p[me].result = INVALID_MODE;
        else
            m_free_mutex();
        CALL(RESET_MUTEX, mutex, other + 1);
    }
}

static void do_lock(int me)
{
    LOCK_LEVEL_TYPE level;

    m.p[me].result = NO_ERROR;
    if (pick(3)) {
        if (m.locker != me) {
            m.p[me].result = NO_ACTION;
        } else if (!--m.locks) {
            m.locker = NOBODY;
            m_level(me, m.p[me].base, 1);
        }
        CALL(UNLOCK_PREEMPTION, &level);
    } else {
        if (m.p[me].owns)
            m.p[me].result = INVALID_MODE;
        else if (m.locks == MAX_LOCK_LEVEL)
            m.p[me].result = INVALID_CONFIG;
        else if (!m.locks++) {
            m.locker = me;
            m_level(me, LOCKED, 1);
        }
        CALL(LOCK_PREEMPTION, &level);
    }
    assert_int_equal(level, m.locks);
}

static void do_time(int me)
{
    long long delay = pick_timeout();

    m.p[me].result = NO_ERROR;
    if (delay < 0)
        m.p[me].result = INVALID_PARAM;
    else if (m.p[me].owns || m.locker == me)
        m.p[me].result = INVALID_MODE;
    else if (!delay)
        m_back(me);
    else
        m_wait(me, ON_TIME, delay);
    CALL(TIMED_WAIT, delay);
}

static void do_suspend(int me)
{
    long long timeout = pick_timeout();
    int other = pick(N);
    struct model_process *p = &m.p[other];

    m.p[me].result = NO_ERROR;
    if (other == me) {
        if (m.p[me].owns || m.locker == me)
            m.p[me].result = INVALID_MODE;
        else if (timeout)
            m_wait(me, ON_SELF, timeout);
        CALL(SUSPEND_SELF, timeout);
        return;
    }
    if (p->dormant || p->owns)
        m.p[me].result = INVALID_MODE;
    else if (p->suspended || p->on == ON_SELF)
        m.p[me].result = NO_ACTION;
    else
        p->suspended = 1;
    CALL(SUSPEND, other + 1);
}

static void do_resume(int me)
{
    int other = pick(N);
    struct model_process *p = &m.p[other];

    m.p[me].result = NO_ERROR;
    if (other == me) {
        m.p[me].result = INVALID_PARAM;
    } else if (p->dormant) {
        m.p[me].result = INVALID_MODE;
    } else if (p->on == ON_SELF) {
        m_wake(other, NO_ERROR);
    } else if (!p->suspended) {
        m.p[me].result = NO_ACTION;
    } else {
        p->suspended = 0;
        m_back(other);
    }
    CALL(RESUME, other + 1);
}

static void do_stop_start(int me)
{
    int other = pick(N);
    struct model_process *p = &m.p[other];

    m.p[me].result = NO_ERROR;
    if (pick(3) || other == me) {
        if (!p->dormant)
            m.p[me].result = NO_ACTION;
        else
            m_start(other, bases[other]);
        CALL(START, other + 1);
        return;
    }
    if (p->dormant)
        m.p[me].result = NO_ACTION;
    p->dormant = 1;
    p->suspended = 0;
    p->on = FREE;
    p->due = -1;
    CALL(STOP, other + 1);
}

static void do_priority(int me)
{
    int other = pick(N), priority = 1 + pick(25);

    m.p[me].result = NO_ERROR;
    if (m.p[other].dormant) {
        m.p[me].result = INVALID_MODE;
    } else {
        m.p[other].base = priority;
        if (!m.p[other].owns && m.locker != other)
            m_level(other, priority, 0);
    }
    CALL(SET_PRIORITY, other + 1, priority);
}

static void compare(void)
{
    SEMAPHORE_STATUS_TYPE s;
    BUFFER_STATUS_TYPE b;
    MUTEX_STATUS_TYPE u;
    EVENT_STATUS_TYPE e;

    for (int i = 0; i < N; i++) {
        PROCESS_STATUS_TYPE status;
        PROCESS_STATE_TYPE state = m.p[i].dormant     ? DORMANT
                                   : !m_ready(i)      ? WAITING
                                   : m_running() == i ? RUNNING
                                                      : READY;
        OK(GET_PROCESS_STATUS, i + 1, &status);
        assert_int_equal(status.PROCESS_STATE, state);
        if (state != DORMANT)
            assert_int_equal(status.CURRENT_PRIORITY, m.p[i].owns ? MODEL_MUTEX : m.p[i].base);
    }
    OK(GET_SEMAPHORE_STATUS, sem, &s);
    assert_int_equal(s.CURRENT_VALUE, m.sem);
    assert_int_equal(s.WAITING_PROCESSES, m_count(ON_SEM));
    OK(GET_BUFFER_STATUS, buffer, &b);
    assert_int_equal(b.NB_MESSAGE, m.used);
    assert_int_equal(b.WAITING_PROCESSES, m_count(ON_SEND) + m_count(ON_RECEIVE));
    OK(GET_MUTEX_STATUS, mutex, &u);
    assert_int_equal(u.MUTEX_OWNER, m.owner + 1);
    assert_int_equal(u.LOCK_COUNT, m.count);
    assert_int_equal(u.WAITING_PROCESSES, m_count(ON_MUTEX));
    OK(GET_EVENT_STATUS, event, &e);
    assert_int_equal(e.WAITING_PROCESSES, m_count(ON_EVENT));
}

static void (*const operations[])(int me) = {
    do_semaphore, do_semaphore, do_event,      do_send,    do_receive, do_board,
    do_acquire,   do_release,   do_release,    do_lock,    do_time,    do_suspend,
    do_resume,    do_resume,    do_stop_start, do_priority};

/* Every process, from its start on. */
static void work(void)
{
    PROCESS_ID_TYPE id;

    OK(GET_MY_ID, &id);
    for (;;) {
        int me = id - 1;

        if (n_ops++ == limit)
            host_end();
        assert_int_equal(m_running(), me);
        if (!pick(6)) {
            host_spend(1 + pick(400));
            continue;
        }
        operations[pick(sizeof(operations) / sizeof(operations[0]))](me);
        if ((int)codes[me] != m.p[me].result)
            fail_msg("operation %lu: answer %d, not %d", n_ops, (int)codes[me], m.p[me].result);
        assert_int_equal(m_running(), me);
        compare();
    }
}

static void model_main(void)
{
    static const char *const names[N] = {"a", "b", "c", "d", "e"};

    memset(&m, 0, sizeof(m));
    m.owner = m.locker = NOBODY;
    OK(CREATE_SEMAPHORE, "sem", 0, MODEL_SEMS, FIFO, &sem);
    OK(CREATE_EVENT, "event", &event);
    OK(CREATE_BUFFER, "buffer", 4, MODEL_ROOM, PRIORITY, &buffer);
    OK(CREATE_BLACKBOARD, "board", 4, &board);
    OK(CREATE_MUTEX, "mutex", MODEL_MUTEX, PRIORITY, &mutex);
    for (int i = 0; i < N; i++) {
        PROCESS_ATTRIBUTE_TYPE attributes = {.ENTRY_POINT = (SYSTEM_ADDRESS_TYPE)work,
                                             .BASE_PRIORITY = bases[i],
                                             .STACK_SIZE = 1024,
                                             .PERIOD = INFINITE_TIME_VALUE,
                                             .TIME_CAPACITY = INFINITE_TIME_VALUE};
        PROCESS_ID_TYPE id;

        memcpy(attributes.NAME, names[i], 2);
        OK(CREATE_PROCESS, &attributes, &id);
        OK(START, id);
        m_start(i, bases[i]);
    }
    OK(SET_PARTITION_MODE, NORMAL);
}

static void test_model(void **state)
{
    const char *words = getenv("APEX_MODEL_OPS");

    (void)state;
    if (words)
        limit = strtoul(words, NULL, 10);
    host_time_passed = m_time_passed;
    while (n_ops <= limit) {
        host_reset();
        host_run(model_main);
        n_rounds++;
    }
    assert_true(n_rounds < limit / 100); /* rounds are long enough to mean something */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_model)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
