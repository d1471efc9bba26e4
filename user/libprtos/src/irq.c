/* SPDX-License-Identifier: Apache-2.0 */
/* Masks of virtual interrupts: words of the own control table. The hypervisor is asked only where
 * a hardware line of the partition is meant, or where unmasking makes something deliverable. */
#include "libprtos.h"

prtos_s32_t prtos_set_irqmask(prtos_u32_t hw, prtos_u32_t ext)
{
    prtos_s32_t result = PRTOS_OK;
    partition_control_table_t *pct;

    PRTOS_FLUSH_FIRST;
    pct = prtos_get_pct();
    if (hw & pct->hw_irqs) {
        _PRTOS_HCALL2(hw, ext, set_irqmask_nr, result);
        return result;
    }
    prtos_pct_or(&pct->hw_irqs_mask, hw);
    prtos_pct_or(&pct->ext_irqs_to_mask, ext);
    return result;
}

prtos_s32_t prtos_clear_irqmask(prtos_u32_t hw, prtos_u32_t ext)
{
    prtos_s32_t result = PRTOS_OK;
    partition_control_table_t *pct;

    PRTOS_FLUSH_FIRST;
    pct = prtos_get_pct();
    if (!(hw & pct->hw_irqs)) {
        prtos_pct_and(&pct->hw_irqs_mask, ~hw);
        prtos_pct_and(&pct->ext_irqs_to_mask, ~ext);
        if (!(*(volatile prtos_u32_t *)&pct->iflags & PRTOS_IFLAGS_IF) || !prtos_irq_waits(pct))
            return result;
    }
    _PRTOS_HCALL2(hw, ext, clear_irqmask_nr, result);
    return result;
}
