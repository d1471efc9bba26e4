/* SPDX-License-Identifier: Apache-2.0 */
/* The table of handlers that the architecture's entry code calls, and its defaults. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>

/* Entries beyond TRAPTAB_LENGTH, where an architecture has them, are not for the user. */
trap_handler_t part_trap_handlers_table[TRAP_HANDLERS];

static void unexpected(trap_ctxt_t *ctxt)
{
    printf("[P%d:%d] Unexpected trap 0x%x (ip: 0x%lx)\n", PRTOS_PARTITION_SELF, PRTOS_VCPU_SELF,
           (prtos_u32_t)ctxt->irq_nr, (unsigned long)ctxt->ip);
}

prtos_s32_t install_trap_handler(prtos_s32_t nr, trap_handler_t h)
{
    if (nr < 0 || nr >= TRAPTAB_LENGTH)
        return -1;
    part_trap_handlers_table[nr] = h ? h : unexpected;
    return 0;
}

void setup_irqs(void)
{
    prtos_u32_t i;

    if (PRTOS_VCPU_SELF == 0)
        for (i = 0; i < TRAP_HANDLERS; i++)
            part_trap_handlers_table[i] = unexpected;
    for (i = PRTOS_VT_EXT_FIRST; i <= PRTOS_VT_EXT_LAST; i++)
        prtos_route_irq(PRTOS_EXTIRQ_TYPE, i, (prtos_u16_t)BAIL_PRTOSEXT_TRAP(i));
}
