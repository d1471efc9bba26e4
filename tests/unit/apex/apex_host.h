/* SPDX-License-Identifier: Apache-2.0 */
/* The machine of the APEX tests: the kernel's host port with real contexts, clocks, slots and a
 * fake
 * hypervisor, so that processes are functions that call services and judge what comes back. */
#ifndef APEX_HOST_H
#define APEX_HOST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "parts.h"

/* Everything as after a cold start by the module, at a moment that is no round number. The
 * partition has 6 ms of each 10, in the plan's slot 1. */
void host_reset(void);
#define HOST_FRAME RTOS_MS(10)
#define HOST_SLOT RTOS_MS(6)
#define HOST_SLOT_INDEX 1u

/* Runs partition_main() until nothing can happen any more, somebody ends it, or the partition is
 * halted or reset. */
void host_run(void (*main)(void));
void host_end(void) __attribute__((noreturn));

/* Told before the kernel is, if there is one, that what is due by now ends. */
extern void (*host_time_passed)(void);

/* The running process works for so long; timers ring and slots end meanwhile. */
void host_spend(SYSTEM_TIME_TYPE ns);
/* It has a trap of the processor; comes back only if nobody is to account for it. */
void host_trap(prtos_u32_t trap);
/* What the partition's health monitor table does: 0 nothing, else host_end(). */
extern int host_monitor_ends;

/* What the hypervisor was asked. */
struct host_hypervisor {
    prtos_u32_t halts, resets, reset_mode, reset_status;
    prtos_u32_t n_errors, error[3]; /* the last health event's payload */
    prtos_u32_t n_reports;
    char report[256];
    int is_system;
    prtos_s32_t plan, next_plan, prev_plan;
};
extern struct host_hypervisor host_hypervisor;
extern partition_control_table_t host_pct;

/* Ports: 1 sampling source "OUT" (8 bytes), 2 sampling destination "IN" (8 bytes, valid for 5 ms),
 * 3
 * queuing source "QOUT", 4 queuing destination "QIN" (2 messages of 8 bytes each). The other end:
 * */
void host_sampling_write(const void *message, prtos_u32_t size);
prtos_u32_t host_sampling_written(void *message);
int host_queue_put(const void *message, prtos_u32_t size);
int host_queue_fill(const void *message, prtos_u32_t size); /* the interrupt is not here yet */
int host_queue_take(void *message);

/* Short forms. */
#define IS(expected, service, ...)                                                                 \
    do {                                                                                           \
        RETURN_CODE_TYPE code_ = (RETURN_CODE_TYPE)99;                                             \
        service(__VA_ARGS__ __VA_OPT__(, ) & code_);                                               \
        assert_int_equal(code_, expected);                                                         \
    } while (0)
#define OK(service, ...) IS(NO_ERROR, service __VA_OPT__(, ) __VA_ARGS__)

/* Makes a process; more attributes by name. */
#define PROCESS(name, entry, priority, ...)                                                        \
    process_of_test((PROCESS_ATTRIBUTE_TYPE){.NAME = name,                                         \
                                             .ENTRY_POINT = (SYSTEM_ADDRESS_TYPE)entry,            \
                                             .BASE_PRIORITY = priority,                            \
                                             .STACK_SIZE = 1024,                                   \
                                             .PERIOD = INFINITE_TIME_VALUE,                        \
                                             .TIME_CAPACITY = INFINITE_TIME_VALUE,                 \
                                             .DEADLINE = SOFT,                                     \
                                             __VA_ARGS__})

static inline PROCESS_ID_TYPE process_of_test(PROCESS_ATTRIBUTE_TYPE attributes)
{
    PROCESS_ID_TYPE id = 0;

    OK(CREATE_PROCESS, &attributes, &id);
    return id;
}

static inline PROCESS_STATE_TYPE state_of(PROCESS_ID_TYPE id)
{
    PROCESS_STATUS_TYPE status;

    OK(GET_PROCESS_STATUS, id, &status);
    return status.PROCESS_STATE;
}

static inline SYSTEM_TIME_TYPE now(void)
{
    SYSTEM_TIME_TYPE time;

    OK(GET_TIME, &time);
    return time;
}

/* Three processes, of priorities 20, 10 and 5; started in this order, and NORMAL. */
extern PROCESS_ID_TYPE high, middle, low;
static inline void make_three(void *first, void *second, void *third)
{
    high = PROCESS("high", first, 20);
    middle = PROCESS("middle", second, 10);
    low = PROCESS("low", third, 5);
}

static inline void start_three(void *first, void *second, void *third)
{
    make_three(first, second, third);
    OK(START, high);
    OK(START, middle);
    OK(START, low);
    OK(SET_PARTITION_MODE, NORMAL);
}

static inline void nothing(void)
{
}

/* The order in which things happen, as a word. */
extern char host_diary[64];
static inline void note(char c)
{
    size_t length = strlen(host_diary);

    assert_true(length < sizeof(host_diary) - 1);
    host_diary[length] = c;
    host_diary[length + 1] = 0;
}

#endif
