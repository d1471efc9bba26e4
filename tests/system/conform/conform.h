/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the two callers. Partition ids as in the XML. */
#ifndef TESTS_CONFORM_H
#define TESTS_CONFORM_H

#include "../../system/guest/check.h"
#include "../../system/guest/codes.h"

enum { PLAIN, BOSS, TARGET, SINK, PAIR, NOBODY, PARTITIONS };

#define SELF 0xfffffff0u /* in a table: the caller's own id */

/* One call and what the contract makes of it for either caller. */
struct row {
    const char *name;
    prtos_u32_t nr, arg[5];
    prtos_s32_t plain, boss;
};

void run_rows(const struct row *row, prtos_u32_t n);

void check_calls(void);
void check_time(void);
void check_irqs(void);
void check_descriptors(void);
void check_ports(void);
void check_trace(void);
void check_memory(void);
void check_page_tables(void);
void check_page_types(void);
void check_batch(void);
void check_control(void); /* boss: the target's life */

#endif
