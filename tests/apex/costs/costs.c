/* SPDX-License-Identifier: Apache-2.0 */
/* The most of 50 calls of each service, without what reading the counter takes. Eight processes
 * that wait are there besides. A line is `= <most> <what>`. */
#include <apex.h>
#include <apex/apexConfig.h>
#include <prtos.h>
#include <rtos/time.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS 50
#define STACK 2048
#define IDLERS 8
#define LOW 5
#define HIGH 20

APEX_PROCESSES(IDLERS + 2, (IDLERS + 2) * STACK);
APEX_BUFFERS(1, APEX_BUFFER_ROOM(2, 8));
APEX_BLACKBOARDS(1, APEX_BLACKBOARD_ROOM(8));
APEX_SEMAPHORES(3);
APEX_EVENTS(1);
APEX_MUTEXES(1);

static BUFFER_ID_TYPE buffer;
static BLACKBOARD_ID_TYPE board;
static SEMAPHORE_ID_TYPE sem, turn, never;
static EVENT_ID_TYPE event;
static MUTEX_ID_TYPE mutex;
static PROCESS_ID_TYPE low;
static RETURN_CODE_TYPE code;
static prtos_u64_t began, most, empty;
static prtos_u32_t n_wrong;

static void took(prtos_u64_t end)
{
    n_wrong += code != NO_ERROR;
    if (end - began > most)
        most = end - began;
}

static void tell(const char *what)
{
    printf("= %d %s\n", (int)(most - empty), what);
    most = 0;
}

/* `before` and `after` keep the call repeatable. */
#define COST(what, before, call, after)                                                            \
    do {                                                                                           \
        int i_;                                                                                    \
        for (i_ = 0; i_ < ROUNDS; i_++) {                                                          \
            before;                                                                                \
            began = rtos_stamp();                                                                  \
            call;                                                                                  \
            took(rtos_stamp());                                                                    \
            after;                                                                                 \
        }                                                                                          \
        tell(what);                                                                                \
    } while (0)

static void idle(void)
{
    RETURN_CODE_TYPE own;

    WAIT_SEMAPHORE(never, INFINITE_TIME_VALUE, &own);
}

/* The high one waits; the low one ends the wait: to the return of the high one's service. */
static void high_process(void)
{
    RETURN_CODE_TYPE own;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        WAIT_SEMAPHORE(turn, INFINITE_TIME_VALUE, &own);
        took(rtos_stamp());
    }
    tell("SIGNAL_SEMAPHORE, switch");
    WAIT_SEMAPHORE(never, INFINITE_TIME_VALUE, &own);
}

static void messages(void)
{
    static APEX_BYTE text[8] = "message";
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8];

    COST("SEND_BUFFER, 8 bytes", (void)0, SEND_BUFFER(buffer, text, 8, 0, &code),
         RECEIVE_BUFFER(buffer, 0, bytes, &length, &code));
    COST("RECEIVE_BUFFER, 8 bytes", SEND_BUFFER(buffer, text, 8, 0, &code),
         RECEIVE_BUFFER(buffer, 0, bytes, &length, &code), (void)0);
    COST("DISPLAY_BLACKBOARD, 8 bytes", (void)0, DISPLAY_BLACKBOARD(board, text, 8, &code),
         (void)0);
    COST("READ_BLACKBOARD, 8 bytes", (void)0, READ_BLACKBOARD(board, 0, bytes, &length, &code),
         (void)0);
}

static void low_process(void)
{
    PROCESS_STATUS_TYPE status;
    LOCK_LEVEL_TYPE level;
    SYSTEM_TIME_TYPE time;
    int i;

    code = NO_ERROR;
    for (i = 0; i < ROUNDS; i++) {
        began = rtos_stamp();
        took(rtos_stamp());
    }
    empty = most;
    most = 0;
    COST("GET_TIME", (void)0, GET_TIME(&time, &code), (void)0);
    COST("GET_PROCESS_STATUS", (void)0, GET_PROCESS_STATUS(low, &status, &code), (void)0);
    COST("SET_PRIORITY", (void)0, SET_PRIORITY(low, LOW, &code), (void)0);
    COST("LOCK_PREEMPTION", (void)0, LOCK_PREEMPTION(&level, &code),
         UNLOCK_PREEMPTION(&level, &code));
    COST("UNLOCK_PREEMPTION", LOCK_PREEMPTION(&level, &code), UNLOCK_PREEMPTION(&level, &code),
         (void)0);
    COST("SIGNAL_SEMAPHORE", (void)0, SIGNAL_SEMAPHORE(sem, &code), WAIT_SEMAPHORE(sem, 0, &code));
    COST("WAIT_SEMAPHORE", SIGNAL_SEMAPHORE(sem, &code), WAIT_SEMAPHORE(sem, 0, &code), (void)0);
    COST("SET_EVENT", (void)0, SET_EVENT(event, &code), RESET_EVENT(event, &code));
    COST("ACQUIRE_MUTEX", (void)0, ACQUIRE_MUTEX(mutex, 0, &code), RELEASE_MUTEX(mutex, &code));
    COST("RELEASE_MUTEX", ACQUIRE_MUTEX(mutex, 0, &code), RELEASE_MUTEX(mutex, &code), (void)0);
    messages();
    for (i = 0; i < ROUNDS; i++) {
        RETURN_CODE_TYPE own;

        began = rtos_stamp();
        SIGNAL_SEMAPHORE(turn, &own);
    }
    printf("= %d wrong\n", n_wrong);
    prtos_halt_system();
}

static PROCESS_ID_TYPE begin(const char *name, void (*entry)(void), PRIORITY_TYPE priority)
{
    PROCESS_ATTRIBUTE_TYPE attributes;
    PROCESS_ID_TYPE id = 0;

    memset(&attributes, 0, sizeof(attributes));
    strncpy(attributes.NAME, name, MAX_NAME_LENGTH);
    attributes.ENTRY_POINT = (SYSTEM_ADDRESS_TYPE)entry;
    attributes.STACK_SIZE = STACK;
    attributes.BASE_PRIORITY = priority;
    attributes.PERIOD = attributes.TIME_CAPACITY = INFINITE_TIME_VALUE;
    CREATE_PROCESS(&attributes, &id, &code);
    START(id, &code);
    return id;
}

void partition_main(void)
{
    char name[] = "0";
    int i;

    CREATE_SEMAPHORE("sem", 0, 1, FIFO, &sem, &code);
    CREATE_SEMAPHORE("turn", 0, 1, FIFO, &turn, &code);
    CREATE_SEMAPHORE("never", 0, 1, PRIORITY, &never, &code);
    CREATE_EVENT("event", &event, &code);
    CREATE_BUFFER("buffer", 8, 2, FIFO, &buffer, &code);
    CREATE_BLACKBOARD("board", 8, &board, &code);
    CREATE_MUTEX("mutex", HIGH, PRIORITY, &mutex, &code);
    for (i = 0; i < IDLERS; i++, name[0]++)
        begin(name, idle, HIGH + 1);
    low = begin("low", low_process, LOW);
    begin("high", high_process, HIGH);
    SET_PARTITION_MODE(NORMAL, &code);
}
