/* SPDX-License-Identifier: Apache-2.0 */
/* The part of the control table that belongs to 32-bit x86. */
#ifndef PRTOS_INC_ARCH_GUEST_H
#define PRTOS_INC_ARCH_GUEST_H

#include <prtos_inc/arch/irqs.h>
#include <prtos_inc/arch/processor.h>
#include <prtos_inc/arch/prtos_def.h>
#include <prtos_inc/arch/segments.h>

#ifndef __ASSEMBLER__

struct pct_arch {
    struct x86_desc_reg gdtr;
    struct x86_desc_reg idtr;
    prtos_u32_t max_idt_vec;
    prtos_u32_t tr;
    prtos_u32_t cr4;
    prtos_u32_t cr3;
    prtos_u32_t cr2;
    prtos_u32_t cr0;
};

PRTOS_ABI_SIZE(struct pct_arch, 36, 56);
PRTOS_ABI_OFFSET(struct pct_arch, idtr, 6, 10);
PRTOS_ABI_OFFSET(struct pct_arch, max_idt_vec, 12, 20);
PRTOS_ABI_OFFSET(struct pct_arch, tr, 16, 22);
PRTOS_ABI_OFFSET(struct pct_arch, cr4, 20, 24);
PRTOS_ABI_OFFSET(struct pct_arch, cr3, 24, 32);
PRTOS_ABI_OFFSET(struct pct_arch, cr2, 28, 40);
PRTOS_ABI_OFFSET(struct pct_arch, cr0, 32, 48);

#endif

#endif
