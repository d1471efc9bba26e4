/* SPDX-License-Identifier: Apache-2.0 */
/* What timers.c prints: one line for each figure, with the bounds it must keep. */
#ifndef TIMERS_CHECKS_H
#define TIMERS_CHECKS_H

void check_bounds(const char *what, prtos_time_t value, prtos_time_t low, prtos_time_t high);
void check_true(const char *what, prtos_s32_t truth);

/* Prints the totals; the answer is the number of failures. */
prtos_s32_t checks_end(void);

#endif
