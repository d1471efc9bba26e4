/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the two callers. Partition ids as in the XML. */
#ifndef TESTS_CONFORM_H
#define TESTS_CONFORM_H

#include "../../system/guest/check.h"
#include "../../system/guest/codes.h"
#include "own.h"

enum { PLAIN, BOSS, TARGET, SINK, PAIR, NOBODY, PARTITIONS };

#define SELF 0xfffffff0u /* in a table: the caller's own id */

/* One call and what the contract makes of it for either caller. */
struct row {
    const char *name;
    prtos_u32_t nr;
    prtos_word_t arg[5];
    prtos_s32_t plain, boss;
};

void run_rows(const struct row *row, prtos_u32_t n);

void check_calls(void);
void check_time(void);
void check_irqs(void);
void check_ports(void);
void check_trace(void);
void check_memory(void);

/* memory.c: a command of the memory object; type and counter of a page, as 16 * type + counter. */
prtos_s32_t copy_cmd(prtos_u32_t cmd, prtos_u32_t dst_id, prtos_u32_t dst, prtos_u32_t src_id,
                     prtos_u32_t src, prtos_s32_t size);
prtos_s32_t page_of(prtos_u32_t partition, prtos_u32_t address);

void check_batch(void);
void check_control(void); /* boss: the target's life */

/* own.c of the architecture: its calls, its part of the memory object. */
void check_own(void);
void check_own_memory(prtos_u32_t self);

#endif
