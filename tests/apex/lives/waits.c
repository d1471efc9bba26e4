/* SPDX-License-Identifier: Apache-2.0 */
/* Every service that waits, with how long it takes until its process runs again, in instructions
 * (ns):
 * woken by another process, and by time. Ports: by the other partition, without asking again. */
#include <string.h>

#include "lives.h"

/* Between the call that ends a wait and the next instruction of who waited. */
#define WOKEN 700
/* The hypervisor's timer counts in us; then its delivery, then the switch. */
#define LATE 3000

static BUFFER_ID_TYPE buffer;
static BLACKBOARD_ID_TYPE board;
static SEMAPHORE_ID_TYPE sem;
static EVENT_ID_TYPE event;
static MUTEX_ID_TYPE mutex;
static QUEUING_PORT_ID_TYPE ask, answer;
static SAMPLING_PORT_ID_TYPE sample;
static PROCESS_ID_TYPE waiter;
static SYSTEM_TIME_TYPE woken_at;
static RETURN_CODE_TYPE woken_with;
static prtos_u32_t which;

static void wait_once(SYSTEM_TIME_TYPE timeout)
{
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8];

    switch (which) {
    case 0:
        WAIT_SEMAPHORE(sem, timeout, &woken_with);
        break;
    case 1:
        WAIT_EVENT(event, timeout, &woken_with);
        break;
    case 2:
        RECEIVE_BUFFER(buffer, timeout, bytes, &length, &woken_with);
        break;
    case 3:
        READ_BLACKBOARD(board, timeout, bytes, &length, &woken_with);
        break;
    case 4:
        SUSPEND_SELF(timeout, &woken_with);
        break;
    case 5:
        SEND_BUFFER(buffer, bytes, 1, timeout, &woken_with);
        break;
    default:
        ACQUIRE_MUTEX(mutex, timeout, &woken_with);
        woken_at = now();
        if (woken_with == NO_ERROR)
            RELEASE_MUTEX(mutex, &woken_with);
        return;
    }
    woken_at = now();
}

static SYSTEM_TIME_TYPE timeout_next;

static void wait_in_turn(void)
{
    wait_once(timeout_next);
}

/* What ends wait `which`. */
static void end_wait(void)
{
    static APEX_BYTE text[8] = "text";
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8];
    RETURN_CODE_TYPE code;

    switch (which) {
    case 0:
        SIGNAL_SEMAPHORE(sem, &code);
        break;
    case 1:
        SET_EVENT(event, &code);
        break;
    case 2:
        SEND_BUFFER(buffer, text, 4, 0, &code);
        break;
    case 3:
        DISPLAY_BLACKBOARD(board, text, 4, &code);
        break;
    case 4:
        RESUME(waiter, &code);
        break;
    case 5:
        RECEIVE_BUFFER(buffer, 0, bytes, &length, &code);
        break;
    default:
        RELEASE_MUTEX(mutex, &code);
        break;
    }
    check("ended", NO_ERROR, code);
}

static const char *const names[] = {"semaphore", "event",       "buffer", "blackboard",
                                    "suspend",   "buffer-full", "mutex"};

/* The judge (5) starts the waiter (9), which waits at once; then it ends the wait. */
static void check_woken(void)
{
    static APEX_BYTE byte;
    SYSTEM_TIME_TYPE before;
    RETURN_CODE_TYPE code = NO_ERROR;

    timeout_next = INFINITE_TIME_VALUE;
    if (which == 5)
        SEND_BUFFER(buffer, &byte, 1, 0, &code);
    if (which == 6)
        ACQUIRE_MUTEX(mutex, 0, &code);
    check(names[which], NO_ERROR, code);
    /* The owner of the mutex runs above the waiter, which so waits later. */
    EXPECT("start", NO_ERROR, START, waiter);
    woken_with = (RETURN_CODE_TYPE)99;
    before = now();
    end_wait();
    check("woken", NO_ERROR, woken_with);
    check_range("woken-after", 1, WOKEN, (prtos_u32_t)(woken_at - before));
    if (which == 1)
        RESET_EVENT(event, &code);
    if (which == 3)
        CLEAR_BLACKBOARD(board, &code);
    if (which == 5)
        end_wait();
}

static void check_timed_out(void)
{
    static APEX_BYTE byte;
    SYSTEM_TIME_TYPE before;
    RETURN_CODE_TYPE code = NO_ERROR;

    if (which == 6)
        return; /* its owner does not wait: the host's tests see to it */
    timeout_next = 100 * US;
    TIMED_WAIT(20 * MS,
               &code); /* text that is still drained makes an idle processor slow to wake */
    if (which == 5)
        SEND_BUFFER(buffer, &byte, 1, 0, &code);
    before = now();
    EXPECT("start", NO_ERROR, START, waiter);
    EXPECT("pause", NO_ERROR, TIMED_WAIT, 200 * US);
    check(names[which], TIMED_OUT, woken_with);
    check_range("timed-out-after", 100 * US, 100 * US + LATE, (prtos_u32_t)(woken_at - before));
    if (which == 5)
        end_wait();
}

static SYSTEM_TIME_TYPE beats[3];
static prtos_u32_t n_beats;

static void beat(void)
{
    RETURN_CODE_TYPE code;

    while (n_beats < 3) {
        beats[n_beats++] = now();
        PERIODIC_WAIT(&code);
    }
}

void waits_create(void)
{
    EXPECT("create", NO_ERROR, CREATE_SEMAPHORE, "sem", 0, 1, FIFO, &sem);
    EXPECT("create", NO_ERROR, CREATE_EVENT, "event", &event);
    EXPECT("create", NO_ERROR, CREATE_BUFFER, "buffer", 8, 1, FIFO, &buffer);
    EXPECT("create", NO_ERROR, CREATE_BLACKBOARD, "board", 8, &board);
    EXPECT("create", NO_ERROR, CREATE_MUTEX, "mutex", 9, PRIORITY, &mutex);
    EXPECT("create", NO_ERROR, CREATE_QUEUING_PORT, "ASK", 8, 2, SOURCE, FIFO, &ask);
    EXPECT("create", NO_ERROR, CREATE_QUEUING_PORT, "ANSWER", 8, 2, DESTINATION, FIFO, &answer);
    EXPECT("create", NO_ERROR, CREATE_SAMPLING_PORT, "SAMPLE", 8, DESTINATION, 12 * MS, &sample);
    waiter = process("waiter", wait_in_turn, 9);
    EXPECT("start", NO_ERROR, START, process_timed("beat", beat, 20, 10 * MS, 10 * MS));
}

/* The question reaches the peer in its next slot, the answer comes with the start of ours. */
static void check_ports(void)
{
    SYSTEM_TIME_TYPE before;
    VALIDITY_TYPE validity;
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8];
    RETURN_CODE_TYPE code;
    prtos_u32_t i;

    for (i = 0; i < 4; i++) {
        APEX_BYTE number = (APEX_BYTE)(i + 1);

        EXPECT("ask", NO_ERROR, SEND_QUEUING_MESSAGE, ask, &number, 1, 0);
        before = now();
        RECEIVE_QUEUING_MESSAGE(answer, INFINITE_TIME_VALUE, bytes, &length, &code);
        check("answer", NO_ERROR, (prtos_s32_t)code);
        check("answer-length", 2, length);
        check("answer-is", number * 2, bytes[0]);
        check_range("answer-after", 3900 * US, 10100 * US, (prtos_u32_t)(now() - before));
    }
    EXPECT("sample", NO_ERROR, READ_SAMPLING_MESSAGE, sample, bytes, &length, &validity);
    check("sample-valid", VALID, validity);
    check("sample-is", 4, bytes[0]);
    /* The third one waits until the peer has taken the first. */
    for (i = 0; i < 3; i++) {
        before = now();
        EXPECT("send", NO_ERROR, SEND_QUEUING_MESSAGE, ask, bytes, 1, INFINITE_TIME_VALUE);
    }
    check_range("sent-after", 3900 * US, 10100 * US, (prtos_u32_t)(now() - before));
    for (i = 0; i < 3; i++)
        EXPECT("answered", NO_ERROR, RECEIVE_QUEUING_MESSAGE, answer, INFINITE_TIME_VALUE, bytes,
               &length);
    EXPECT("none", NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, answer, 0, bytes, &length);
}

void waits_check(void)
{
    prtos_u32_t i;

    EXPECT("beats", NO_ERROR, TIMED_WAIT, 31 * MS);
    check("n-beats", 3, (prtos_s32_t)n_beats);
    for (i = 1; i < 3; i++)
        check_range("beat", 10 * MS - 3 * US, 10 * MS + 3 * US,
                    (prtos_u32_t)(beats[i] - beats[i - 1]));
    for (which = 0; which < 7; which++) {
        check_woken();
        check_timed_out();
    }
    check_ports();
}
