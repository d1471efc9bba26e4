/* SPDX-License-Identifier: Apache-2.0 */
/* A model of APEX that only searches: five processes and one object of each kind. A place among
 * equals is a number: behind all others a new largest one, in front of them a new smallest one. */
#ifndef APEX_MODEL_H
#define APEX_MODEL_H

#include "apex_host.h"

#define N 5
#define NOBODY (-1)
#define MODEL_ROOM 2   /* messages of the buffer */
#define MODEL_SEMS 2   /* the semaphore's maximum */
#define MODEL_MUTEX 20 /* the mutex's priority */
#define LOCKED 31

enum wait { FREE, ON_SEM, ON_EVENT, ON_SEND, ON_RECEIVE, ON_BOARD, ON_MUTEX, ON_SELF, ON_TIME };

struct model_process {
    int dormant, suspended, priority, base, owns;
    enum wait on;
    long place, queue_place;
    long long due; /* negative: never */
    long due_order;
    int result, payload; /* what its last service answers, and the message it got or sends */
};

static struct {
    struct model_process p[N];
    long last, first;
    int sem, up, board, owner, count, locker, locks;
    int buffer[MODEL_ROOM], used;
} m;

static inline int m_ready(int i)
{
    return !m.p[i].dormant && !m.p[i].suspended && m.p[i].on == FREE;
}

static inline int m_running(void)
{
    int best = NOBODY;

    for (int i = 0; i < N; i++)
        if (m_ready(i) &&
            (best == NOBODY || m.p[i].priority > m.p[best].priority ||
             (m.p[i].priority == m.p[best].priority && m.p[i].place < m.p[best].place)))
            best = i;
    return best;
}

static inline void m_back(int i)
{
    m.p[i].place = ++m.last;
}

static inline void m_level(int i, int priority, int front)
{
    m.p[i].priority = priority;
    m.p[i].place = front ? --m.first : ++m.last;
    if (m.p[i].on != ON_SEM)
        m.p[i].queue_place = ++m.last;
}

/* The first of those that wait for something: by arrival at the semaphore, else by priority. */
static inline int m_waiting(enum wait on)
{
    int best = NOBODY;

    for (int i = 0; i < N; i++) {
        struct model_process *p = &m.p[i], *b = &m.p[best == NOBODY ? i : best];

        if (p->on != on)
            continue;
        if (best == NOBODY || (on != ON_SEM && p->priority > b->priority) ||
            ((on == ON_SEM || p->priority == b->priority) && p->queue_place < b->queue_place))
            best = i;
    }
    return best;
}

static inline int m_count(enum wait on)
{
    int count = 0;

    for (int i = 0; i < N; i++)
        count += m.p[i].on == on;
    return count;
}

static inline void m_wake(int i, int result)
{
    m.p[i].on = FREE;
    m.p[i].due = -1;
    m.p[i].result = result;
    m_back(i);
}

/* A service that would wait: the answer, or the wait. */
static inline void m_wait(int i, enum wait on, long long timeout)
{
    if (!timeout || m.p[i].owns || m.locker == i) {
        m.p[i].result = timeout ? INVALID_MODE : NOT_AVAILABLE;
        return;
    }
    m.p[i].on = on;
    m.p[i].queue_place = ++m.last;
    m.p[i].due = timeout < 0 ? -1 : host_port.now + timeout;
    m.p[i].due_order = ++m.last;
}

static inline void m_own(int i)
{
    m.owner = i;
    m.count = 1;
    m.p[i].owns = 1;
    m_level(i, MODEL_MUTEX, 1);
}

static inline void m_free_mutex(void)
{
    int next;

    m.p[m.owner].owns = 0;
    m_level(m.owner, m.p[m.owner].base, 1);
    m.owner = NOBODY;
    m.count = 0;
    next = m_waiting(ON_MUTEX);
    if (next != NOBODY) {
        m_wake(next, NO_ERROR);
        m_own(next);
    }
}

static inline void m_start(int i, int base)
{
    m.p[i].dormant = m.p[i].suspended = 0;
    m.p[i].on = FREE;
    m.p[i].due = -1;
    m.p[i].base = base;
    m_level(i, base, 0);
    if (m.p[i].owns)
        m_level(i, MODEL_MUTEX, 0);
}

/* All that is due by now, the earliest first. */
static inline void m_time_passed(void)
{
    for (;;) {
        int best = NOBODY;

        for (int i = 0; i < N; i++)
            if (m.p[i].due >= 0 && m.p[i].due <= host_port.now &&
                (best == NOBODY || m.p[i].due < m.p[best].due ||
                 (m.p[i].due == m.p[best].due && m.p[i].due_order < m.p[best].due_order)))
                best = i;
        if (best == NOBODY)
            return;
        m_wake(best, m.p[best].on == ON_TIME ? NO_ERROR : TIMED_OUT);
    }
}

#endif
