/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that only AArch64 has, and set_timer, whose times take one register each. */
#include "rows.h"

struct row own_rows[] = {
    {"10", set_timer_nr, {PRTOS_HW_CLOCK, 1ul << 32, 0}, {9, 1ul << 32, 0}, 0, {0}, {set_timer_nr}},
    {"44", iret_nr, {0}, {0}, ROW_NEVER_REFUSED | ROW_NEVER_VALID},
    {"45", raise_partition_trap_nr, {0}, {32}, ROW_NEVER_VALID},
};
const prtos_u32_t n_own_rows = sizeof(own_rows) / sizeof(own_rows[0]);

void own_prepare(void)
{
}
