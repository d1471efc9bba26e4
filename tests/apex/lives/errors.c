/* SPDX-License-Identifier: Apache-2.0 */
/* Errors of processes and the error handler. */
#include <string.h>

#include "lives.h"

#include "own.h"

static ERROR_STATUS_TYPE seen[4];
static SYSTEM_TIME_TYPE seen_at;
static prtos_u32_t n_seen, restarts;
static PROCESS_ID_TYPE failing, overrunning, late, raising, nowhere;

static void handle(void)
{
    RETURN_CODE_TYPE code;

    for (;;) {
        GET_ERROR_STATUS(&seen[n_seen % 4], &code);
        if (code != NO_ERROR)
            return;
        seen_at = now();
        n_seen++;
    }
}

static void fail(void)
{
    if (!restarts++)
        fault_operand();
}

static void write_nowhere(void)
{
    *(volatile prtos_u32_t *)0x7000000 = 1;
}

/* Below its stack lies that of the process made before it: only the mark is touched. */
static void overrun(void)
{
    volatile prtos_u32_t *low = (volatile prtos_u32_t *)__builtin_frame_address(0);
    RETURN_CODE_TYPE code;

    while (*low != 0x5354414b)
        low--;
    *low = 0;
    TIMED_WAIT(10, &code);
    check("overrun-goes-on", 0, 1);
}

static SYSTEM_TIME_TYPE began;

static void miss_deadline(void)
{
    SYSTEM_TIME_TYPE end;

    began = now();
    end = began + 300 * US;
    while (now() < end)
        ;
}

static void raise_error(void)
{
    EXPECT("raise", NO_ERROR, RAISE_APPLICATION_ERROR, APPLICATION_ERROR,
           (MESSAGE_ADDR_TYPE) "broken", 6);
}

void errors_create(void)
{
    EXPECT("handler", NO_ERROR, CREATE_ERROR_HANDLER, (SYSTEM_ADDRESS_TYPE)handle, STACK);
    failing = process("failing", fail, 8);
    nowhere = process("nowhere", write_nowhere, 8);
    overrunning = process("overrunning", overrun, 8);
    late = process_timed("late", miss_deadline, 8, INFINITE_TIME_VALUE, 100 * US);
    raising = process("raising", raise_error, 8);
}

/* Starts one, which errs at once; one error of it was seen. */
static void check_error(const char *name, PROCESS_ID_TYPE id, ERROR_CODE_TYPE code,
                        PROCESS_STATE_TYPE state)
{
    PROCESS_STATUS_TYPE status;

    n_seen = 0;
    EXPECT(name, NO_ERROR, START, id);
    check("seen", 1, (prtos_s32_t)n_seen);
    check("code", code, seen[0].ERROR_CODE);
    check("of", id, seen[0].FAILED_PROCESS_ID);
    EXPECT("status", NO_ERROR, GET_PROCESS_STATUS, id, &status);
    check("state", state, status.PROCESS_STATE);
}

void errors_check(void)
{
    check_error("operand", failing, OPERAND_CODE, FAULTED);
    EXPECT("stop", NO_ERROR, STOP, failing);
    EXPECT("again", NO_ERROR, START, failing);
    check("restarts", 2, (prtos_s32_t)restarts);
    check_error("memory", nowhere, MEMORY_VIOLATION, FAULTED);
    check_error("stack", overrunning, STACK_OVERFLOW, FAULTED);
    check_error("deadline", late, DEADLINE_MISSED, DORMANT);
    check_range("missed-after", 100 * US, 103 * US, (prtos_u32_t)(seen_at - began));
    check_error("application", raising, APPLICATION_ERROR, DORMANT);
    check("length", 6, seen[0].LENGTH);
    check("message", 0, memcmp(seen[0].MESSAGE, "broken", 6));
}

static void handler_fails(void)
{
    fault_operand();
}

static void give_cause(void)
{
    RETURN_CODE_TYPE code;

    RAISE_APPLICATION_ERROR(APPLICATION_ERROR, (MESSAGE_ADDR_TYPE)0, 0, &code);
    for (;;)
        ;
}

void handler_fails_create(void)
{
    EXPECT("handler", NO_ERROR, CREATE_ERROR_HANDLER, (SYSTEM_ADDRESS_TYPE)handler_fails, STACK);
    EXPECT("start", NO_ERROR, START, process("cause", give_cause, 5));
}
