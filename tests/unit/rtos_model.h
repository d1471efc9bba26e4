/* SPDX-License-Identifier: Apache-2.0 */
/* A simple model of the kernel for test_rtos_model.c: every choice is a search through all
 * threads by (priority, place); no lists, no heap. The places of ready and waiting threads are
 * numbers that grow at the tail and shrink at the front. */
#ifndef RTOS_MODEL_H
#define RTOS_MODEL_H

#include <assert.h>

#define N_SEMS 2
#define N_MUTEXES 3
#define SEM_MAX 3
#define QUEUE_SIZE 2
#define NONE (-1)

enum wait_kind { FREE, ON_SEM, ON_MUTEX, ON_SEND, ON_RECEIVE, ON_EVENT, ON_COND, ON_TIME };

struct model_thread {
    int dormant, suspended;
    int priority, base;
    long place;
    enum wait_kind wait;
    int object;
    long long due; /* NONE: never */
    long order;
    int result;
    /* What it waits with. */
    unsigned long message, wanted, mode;
    int front, regains;
};

static struct model {
    struct model_thread t[N_THREADS];
    int sem[N_SEMS];
    int owner[N_MUTEXES], depth[N_MUTEXES];
    unsigned long queue[QUEUE_SIZE];
    int used;
    unsigned flags;
    long tail, front, order;
    int locks;
    int running; /* stays while the scheduler is locked */
} m;

static const int sem_by_arrival[N_SEMS] = {0, 1};
static const int ceiling[N_MUTEXES] = {0, 0, 12};
static const int recursive[N_MUTEXES] = {0, 1, 0};

static int m_ready(int i)
{
    return !m.t[i].dormant && !m.t[i].suspended && m.t[i].wait == FREE;
}

/* The most urgent one that `fits`; with `flat` the one that is there longest. */
static int m_best(int (*fits)(int i, int a, int b), int a, int b, int flat)
{
    int best = NONE;

    for (int i = 0; i < N_THREADS; i++) {
        if (!fits(i, a, b))
            continue;
        if (best == NONE || (!flat && m.t[i].priority > m.t[best].priority) ||
            ((flat || m.t[i].priority == m.t[best].priority) && m.t[i].place < m.t[best].place))
            best = i;
    }
    return best;
}

static int fits_ready(int i, int a, int b)
{
    (void)a;
    (void)b;
    return m_ready(i);
}

static int fits_wait(int i, int kind, int object)
{
    return m.t[i].wait == (enum wait_kind)kind && m.t[i].object == object;
}

static int m_first(enum wait_kind kind, int object)
{
    return m_best(fits_wait, (int)kind, object, kind == ON_SEM && sem_by_arrival[object]);
}

static void m_choose(void)
{
    if (!m.locks)
        m.running = m_best(fits_ready, 0, 0, 0);
}

static void m_priority(int i, int priority, int front)
{
    struct model_thread *t = &m.t[i];

    t->priority = priority;
    if (m_ready(i))
        t->place = front ? --m.front : ++m.tail;
    else if (t->wait != FREE && t->wait != ON_TIME &&
             !(t->wait == ON_SEM && sem_by_arrival[t->object]))
        t->place = ++m.tail;
}

static int m_lent(int i)
{
    int lent = 0;

    for (int k = 0; k < N_MUTEXES; k++) {
        int first = m_first(ON_MUTEX, k);

        if (m.owner[k] != i)
            continue;
        if (ceiling[k] > lent)
            lent = ceiling[k];
        if (first != NONE && m.t[first].priority > lent)
            lent = m.t[first].priority;
    }
    return lent;
}

static void m_settle(int i)
{
    while (i != NONE) {
        int lent = m_lent(i), priority = lent > m.t[i].base ? lent : m.t[i].base;

        if (priority == m.t[i].priority)
            return;
        m_priority(i, priority, 1);
        i = m.t[i].wait == ON_MUTEX ? m.owner[m.t[i].object] : NONE;
    }
}

static void m_wait(int i, enum wait_kind kind, int object, long long timeout)
{
    struct model_thread *t = &m.t[i];

    t->wait = kind;
    t->object = object;
    t->place = ++m.tail;
    t->due = timeout < 0 ? NONE : host_port.now + timeout;
    t->order = ++m.order;
}

static void m_wake(int i, int result)
{
    struct model_thread *t = &m.t[i];

    t->wait = FREE;
    t->due = NONE;
    t->result = result;
    if (m_ready(i))
        t->place = ++m.tail;
}

static void m_own(int k, int i)
{
    m.owner[k] = i;
    m.depth[k] = 1;
    if (ceiling[k] > m.t[i].priority)
        m_priority(i, ceiling[k], 1);
}

static void m_hand_over(int k)
{
    int heir = m_first(ON_MUTEX, k);

    m.owner[k] = NONE;
    m.depth[k] = 0;
    if (heir != NONE) {
        int result = m.t[heir].regains ? m.t[heir].result : RTOS_OK;

        m.t[heir].wait = ON_TIME; /* out of the queue */
        m_own(k, heir);
        m_wake(heir, result);
    }
}

static void m_unlock(int k, int i)
{
    m_hand_over(k);
    m_settle(i);
}

/* Behind a condition: mutex 0. */
static void m_regain(int i)
{
    m.t[i].due = NONE;
    m.t[i].wait = ON_TIME;
    m.t[i].regains = 1;
    if (m.owner[0] == NONE) {
        m_own(0, i);
        m_wake(i, m.t[i].result);
    } else {
        m.t[i].wait = ON_MUTEX;
        m.t[i].object = 0;
        m.t[i].place = ++m.tail;
        m_settle(m.owner[0]);
    }
}

static void m_release(int i, int result)
{
    enum wait_kind kind = m.t[i].wait;
    int object = m.t[i].object;

    m.t[i].result = result;
    if (kind == ON_COND) {
        m_regain(i);
        return;
    }
    m.t[i].wait = ON_TIME;
    if (kind == ON_MUTEX)
        m_settle(m.owner[object]);
    m_wake(i, result);
}

/* Everything that is due, the earliest first. */
static void m_pass(long long now)
{
    for (;;) {
        int next = NONE;

        for (int i = 0; i < N_THREADS; i++) {
            const struct model_thread *t = &m.t[i];

            if (t->due == NONE || t->due > now)
                continue;
            if (next == NONE || t->due < m.t[next].due ||
                (t->due == m.t[next].due && t->order < m.t[next].order))
                next = i;
        }
        if (next == NONE)
            return;
        m.t[next].due = NONE;
        m_release(next, RTOS_TIMED_OUT);
    }
}

static void m_end(int i)
{
    while (m.t[i].wait != FREE)
        m_release(i, RTOS_CANCELLED);
    m.t[i].dormant = 1;
    m.t[i].suspended = 0;
    for (int again = 1; again;) {
        again = 0;
        for (int k = 0; k < N_MUTEXES; k++)
            if (m.owner[k] == i)
                m_hand_over(k);
    }
    m.t[i].priority = m.t[i].base;
}

static void m_put(unsigned long message, int front)
{
    assert(m.used < QUEUE_SIZE);
    if (front) {
        memmove(m.queue + 1, m.queue, (size_t)m.used * sizeof(m.queue[0]));
        m.queue[0] = message;
    } else {
        m.queue[m.used] = message;
    }
    m.used++;
}

static int m_met(unsigned long wanted, unsigned long mode)
{
    return mode & RTOS_EVENT_ALL ? (m.flags & wanted) == wanted : (m.flags & wanted) != 0;
}

#endif
