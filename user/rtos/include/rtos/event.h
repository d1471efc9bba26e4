/* SPDX-License-Identifier: Apache-2.0 */
/* Event flags: 32 bits on which threads wait. All answer RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_EVENT_H
#define RTOS_EVENT_H

#include <rtos/types.h>

#define RTOS_EVENT_ANY 0u
#define RTOS_EVENT_ALL 1u
#define RTOS_EVENT_CLEAR 2u /* what was waited for is cleared when the wait ends */

struct rtos_event {
    struct rtos_waitq waitq;
    prtos_u32_t flags;
};

/* From threads and before rtos_start(). */
enum rtos_status rtos_event_init(struct rtos_event *event, prtos_u32_t flags,
                                 enum rtos_discipline discipline);

/* Sets bits; each thread whose wait they end goes on, in the order of the queue. From anywhere.
 * Costs rise with those that wait. */
enum rtos_status rtos_event_set(struct rtos_event *event, prtos_u32_t flags);

/* Clears bits. From anywhere. */
enum rtos_status rtos_event_clear(struct rtos_event *event, prtos_u32_t flags);

/* Waits for any or all of `wanted`; `*found` (may be null) is what was set when the wait ended.
 * From anywhere with timeout 0, else from threads. RTOS_INVALID_PARAM: wanted 0, another mode.
 * RTOS_NOT_AVAILABLE, RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED: `*found` stays. */
enum rtos_status rtos_event_wait(struct rtos_event *event, prtos_u32_t wanted, prtos_u32_t mode,
                                 rtos_time_t timeout, prtos_u32_t *found);

/* From anywhere; either pointer may be null. */
enum rtos_status rtos_event_get(const struct rtos_event *event, prtos_u32_t *flags,
                                prtos_u32_t *n_waiting);

/* From threads and before rtos_start(). */
enum rtos_status rtos_event_delete(struct rtos_event *event);

#endif
