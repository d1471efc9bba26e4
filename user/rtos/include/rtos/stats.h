/* SPDX-License-Identifier: Apache-2.0 */
/* What threads used: time on the execution clock, switches, stack. */
#ifndef RTOS_STATS_H
#define RTOS_STATS_H

#include <rtos/thread.h>

struct rtos_thread_stats {
    const char *name;
    rtos_time_t executed; /* ns on the execution clock, interrupts meanwhile included */
    prtos_u32_t switches; /* how often it got the processor */
    rtos_size_t stack_size, stack_used; /* bytes; the most that was ever used */
};

/* From anywhere; looks through the part of the stack that was never used. RTOS_INVALID_OBJECT,
 * RTOS_INVALID_PARAM: null. */
enum rtos_status rtos_thread_get_stats(const struct rtos_thread *thread,
                                       struct rtos_thread_stats *stats);

#endif
