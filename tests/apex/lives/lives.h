/* SPDX-License-Identifier: Apache-2.0 */
/* What the lives of the program share. */
#ifndef LIVES_H
#define LIVES_H

#include <apex.h>
#include <rtos/time.h>

#include "../../system/guest/check.h"

#define MS 1000000
#define US 1000
#define STACK 2048

/* A process with its entry and priority, aperiodic, without a deadline. */
PROCESS_ID_TYPE process(const char *name, void (*entry)(void), PRIORITY_TYPE priority);
PROCESS_ID_TYPE process_timed(const char *name, void (*entry)(void), PRIORITY_TYPE priority,
                              SYSTEM_TIME_TYPE period, SYSTEM_TIME_TYPE capacity);
/* check() of a service's code. */
#define EXPECT(name, code, service, ...)                                                           \
    do {                                                                                           \
        RETURN_CODE_TYPE code_;                                                                    \
        service(__VA_ARGS__, &code_);                                                              \
        check(name, code, (prtos_s32_t)code_);                                                     \
    } while (0)

SYSTEM_TIME_TYPE now(void);

/* waits.c: processes of the first life, made by waits_create(); the judge runs waits_check(). */
void waits_create(void);
void waits_check(void);

/* errors.c */
void errors_create(void);
void errors_check(void);
void handler_fails_create(void);

#endif
