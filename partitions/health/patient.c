/* SPDX-License-Identifier: Apache-2.0 */
/* Does the fault that the chart orders, once in a frame. Where it may, it helps itself. */
#include <prtos.h>
#include <irqs.h>
#include "chart.h"

#define UD2_BYTES 2
#define CLI_BYTES 1

/* Given to this partition by PROPAGATE: steps over the instruction. */
static void skip(trap_ctxt_t *ctxt)
{
    CHART->handled = OPCODE;
    ctxt->ip += UD2_BYTES;
}

/* Asked to end. It could save something and halt; this one steps over what it did, and goes on. */
static void asked_to_end(trap_ctxt_t *ctxt)
{
    CHART->handled = PRIVILEGED;
    ctxt->ip += CLI_BYTES;
}

static void fault(prtos_u32_t kind)
{
    volatile prtos_u32_t zero = 0;

    switch (kind) {
    case OPCODE:
        __asm__ __volatile__("ud2");
        break;
    case DIVIDE:
        zero = CHART->starts / zero;
        break;
    case WILD:
        *(volatile prtos_u32_t *)0xdead000 = 1;
        break;
    case BREAK:
        __asm__ __volatile__("int3");
        CHART->handled = BREAK; /* when it was resumed */
        break;
    case PRIVILEGED:
        __asm__ __volatile__("cli");
        break;
    case HYPERVISOR:
        *(volatile prtos_u32_t *)CONFIG_PRTOS_OFFSET = 1;
        break;
    }
}

void partition_main(void)
{
    CHART->starts++;
    install_trap_handler(INVALID_OPCODE, skip);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SHUTDOWN), asked_to_end);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_SHUTDOWN);
    hw_sti();
    for (;;) {
        prtos_u32_t order = CHART->order;

        if (order != CHART->done) {
            CHART->done = order;
            fault(order);
        }
        prtos_idle_self();
    }
}
