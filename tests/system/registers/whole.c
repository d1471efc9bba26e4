/* SPDX-License-Identifier: Apache-2.0 */
/* A fault whose action is a step of its own (a partition of several vCPUs) leaves the registers as
 * they are, all 64 bits of them. It is ignored, comes again, and ends when the timer comes. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>

#define PATTERN 0x123456789abcdef0ul
#define FOREIGN 0x8000000ul /* nobody's memory */

static volatile prtos_u64_t found;
static volatile prtos_u32_t seen;

static void on_timer(trap_ctxt_t *ctxt)
{
    found = ctxt->x0;
    seen++;
    ctxt->ip += 4;
}

void partition_main(void)
{
    prtos_time_t now;

    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + 300, 0);
    __asm__ __volatile__("mov x0, %0\n\tmov x1, %1\n\tldr x2, [x1]"
                         :
                         : "r"(PATTERN), "r"(FOREIGN)
                         : "x0", "x1", "x2", "memory");
    printf("[P3] # seen 1 %u\n", seen);
    printf("[P3] # x0-high %u %u\n", (prtos_u32_t)(PATTERN >> 32), (prtos_u32_t)(found >> 32));
    printf("[P3] # x0-low %u %u\n", (prtos_u32_t)PATTERN, (prtos_u32_t)found);
    printf("[P3] = 3\n");
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
