/* SPDX-License-Identifier: Apache-2.0 */
/* Does the fault that the chart orders, once in a frame. Where it may, it helps itself. */
#include <prtos.h>
#include <irqs.h>
#include "chart.h"

/* Given to this partition by PROPAGATE: steps over the instruction. */
static void skip(trap_ctxt_t *ctxt)
{
    CHART->handled = CHART->order;
    ctxt->ip += SKIPPED_BYTES;
}

/* Asked to end. It could save something and halt; this one steps over what it did, and goes on. */
static void asked_to_end(trap_ctxt_t *ctxt)
{
    CHART->handled = CHART->order;
    ctxt->ip += ENDED_BYTES;
}

void partition_main(void)
{
    CHART->starts++;
    install_trap_handler(SKIPPED_TRAP, skip);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SHUTDOWN), asked_to_end);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_SHUTDOWN);
    hw_sti();
    for (;;) {
        prtos_u32_t order = CHART->order;

        if (order != CHART->done) {
            CHART->done = order;
            fault_make((enum fault)order);
            if (order == SUSPENDED_BY)
                CHART->handled = order; /* when it was resumed */
        }
        prtos_idle_self();
    }
}
