/* SPDX-License-Identifier: Apache-2.0 */
/* Traces three steps of work, one in each slot, and gives up in the third: the event that says so
 * is unrecoverable, which is an error of the partition to the health monitor. That one restarts it
 * (system description), and it works on without fault. */
#include <prtos.h>
#include "events.h"

static prtos_s32_t trace(prtos_u32_t class, prtos_u32_t code, prtos_u32_t criticality,
                         prtos_u32_t a, prtos_u32_t b)
{
    prtos_trace_event_t event = {0};

    event.op_code_hi = criticality << TRACE_OPCODE_CRIT_BIT;
    event.op_code_lo = code << TRACE_OPCODE_CODE_BIT;
    event.payload[0] = a;
    event.payload[1] = b;
    return prtos_trace_event(class, &event);
}

void partition_main(void)
{
    prtos_u32_t life = prtos_get_pct()->reset_counter;
    prtos_u32_t step;

    trace(CLASS_LIFE, EVENT_STARTED, PRTOS_TRACE_NOTIFY, life, 0);
    for (step = 1;; step++) {
        trace(CLASS_LIFE, EVENT_STEP, PRTOS_TRACE_DEBUG, step, step * step);
        trace(CLASS_DETAIL, EVENT_DETAIL, PRTOS_TRACE_DEBUG, step, 0);
        if (life == 0 && step == 3)
            trace(CLASS_ERROR, EVENT_BROKEN, PRTOS_TRACE_UNRECOVERABLE, step, 0xdead);
        prtos_idle_self();
    }
}
