/* SPDX-License-Identifier: Apache-2.0 */
/* The control table as it must be at each start of this life. */
#ifndef TESTS_START_H
#define TESTS_START_H

#include "../../system/guest/check.h"
#include "own.h"

struct life {
    const char *name;
    prtos_u32_t reset_counter, reset_status;
};

void check_registers(const char *life);
void check_table(const struct life *life);
void check_map(const char *life);
void check_clock(const char *life);

/* check_word with "<life>.<name>" */
void note(const char *life, const char *name, prtos_u32_t expected, prtos_u32_t got);

/* A word of the control table at an offset. */
prtos_u32_t word(prtos_u32_t offset);

/* own.c and probe.S of the architecture: registers as the entry found them, what the table has of
 * the architecture, the FPU; the trap that reading a word meets, or 0; before it handlers are set.
 * Registers that no reset may leave as they are then. */
void check_own_table(const char *life, prtos_u32_t system);
void check_fpu(const char *life);
void own_prepare(void);
prtos_s32_t try_read(const prtos_u32_t *from);
void own_spoil(void);

#endif
