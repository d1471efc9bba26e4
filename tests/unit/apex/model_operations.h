/* SPDX-License-Identifier: Apache-2.0 */
/* Random services of the objects that hand over messages and signals, in the model and in APEX. */
#ifndef APEX_MODEL_OPERATIONS_H
#define APEX_MODEL_OPERATIONS_H

#include "random.h"

#include "model.h"

static SEMAPHORE_ID_TYPE sem;
static EVENT_ID_TYPE event;
static BUFFER_ID_TYPE buffer;
static BLACKBOARD_ID_TYPE board;
static MUTEX_ID_TYPE mutex;

static int pick(int n)
{
    return (int)random_below((u64)n);
}

static long long pick_timeout(void)
{
    int kind = pick(8);

    return kind == 0 ? INFINITE_TIME_VALUE : kind < 3 ? 0 : 1 + pick(kind < 6 ? 300 : 20000000);
}

static RETURN_CODE_TYPE codes[N];
#define CALL(service, ...) service(__VA_ARGS__, &codes[me])

static void do_semaphore(int me)
{
    long long timeout = pick_timeout();
    int first = m_waiting(ON_SEM);

    m.p[me].result = NO_ERROR;
    if (pick(2)) {
        if (first != NOBODY)
            m_wake(first, NO_ERROR);
        else if (m.sem == MODEL_SEMS)
            m.p[me].result = NO_ACTION;
        else
            m.sem++;
        CALL(SIGNAL_SEMAPHORE, sem);
    } else {
        if (m.sem)
            m.sem--;
        else
            m_wait(me, ON_SEM, timeout);
        CALL(WAIT_SEMAPHORE, sem, timeout);
    }
}

static void do_event(int me)
{
    long long timeout = pick_timeout();
    int up = pick(3);

    m.p[me].result = NO_ERROR;
    if (up < 2) {
        m.p[me].result = m.up == up ? NO_ACTION : NO_ERROR;
        m.up = up;
        while (up && m_waiting(ON_EVENT) != NOBODY)
            m_wake(m_waiting(ON_EVENT), NO_ERROR);
        if (up)
            CALL(SET_EVENT, event);
        else
            CALL(RESET_EVENT, event);
        return;
    }
    if (!m.up)
        m_wait(me, ON_EVENT, timeout);
    CALL(WAIT_EVENT, event, timeout);
}

static void got_message(int me, RETURN_CODE_TYPE answer, const APEX_BYTE *message,
                        MESSAGE_SIZE_TYPE length)
{
    assert_int_equal(length, answer == NO_ERROR);
    if (answer == NO_ERROR)
        assert_int_equal(message[0], m.p[me].payload);
}

static void do_send(int me)
{
    APEX_BYTE message[4] = {(APEX_BYTE)pick(256)};
    long long timeout = pick_timeout();
    int first = m_waiting(ON_RECEIVE);

    m.p[me].result = NO_ERROR;
    m.p[me].payload = message[0];
    if (m.used == MODEL_ROOM) {
        m_wait(me, ON_SEND, timeout);
    } else if (first != NOBODY) {
        m_wake(first, NO_ERROR);
        m.p[first].payload = message[0];
    } else {
        m.buffer[m.used++] = message[0];
    }
    CALL(SEND_BUFFER, buffer, message, 1, timeout);
}

static void do_receive(int me)
{
    long long timeout = pick_timeout();
    int first = m_waiting(ON_SEND);
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE message[4];

    m.p[me].result = NO_ERROR;
    if (!m.used) {
        m_wait(me, ON_RECEIVE, timeout);
    } else {
        m.p[me].payload = m.buffer[0];
        m.buffer[0] = m.buffer[1];
        m.used--;
        if (first != NOBODY) {
            m_wake(first, NO_ERROR);
            m.buffer[m.used++] = m.p[first].payload;
        }
    }
    CALL(RECEIVE_BUFFER, buffer, timeout, message, &length);
    got_message(me, codes[me], message, length);
}

static void do_board(int me)
{
    APEX_BYTE message[4] = {(APEX_BYTE)(1 + pick(255))};
    long long timeout = pick_timeout();
    MESSAGE_SIZE_TYPE length;

    m.p[me].result = NO_ERROR;
    switch (pick(4)) {
    case 0:
        m.board = message[0];
        for (int i; (i = m_waiting(ON_BOARD)) != NOBODY; m.p[i].payload = message[0])
            m_wake(i, NO_ERROR);
        CALL(DISPLAY_BLACKBOARD, board, message, 1);
        break;
    case 1:
        m.board = 0;
        CALL(CLEAR_BLACKBOARD, board);
        break;
    default:
        if (!m.board)
            m_wait(me, ON_BOARD, timeout);
        m.p[me].payload = m.board;
        CALL(READ_BLACKBOARD, board, timeout, message, &length);
        got_message(me, codes[me], message, length);
    }
}

#endif
