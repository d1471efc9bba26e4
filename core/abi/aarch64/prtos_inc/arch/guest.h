/* SPDX-License-Identifier: Apache-2.0 */
/* The part of the control table that belongs to AArch64. The hypervisor reads trap_entry when it
 * delivers an interrupt, and irq_saved_* when the guest returns from one. */
#ifndef PRTOS_INC_ARCH_GUEST_H
#define PRTOS_INC_ARCH_GUEST_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/arch/irqs.h>
#include <prtos_inc/arch/processor.h>
#include <prtos_inc/arch/prtos_def.h>

#ifndef __ASSEMBLER__

struct pct_arch {
    prtos_u64_t irq_saved_pc; /* what was interrupted; the return continues there */
    prtos_u64_t irq_saved_spsr;
    prtos_u64_t irq_saved_x0;
    prtos_u32_t irq_vector; /* 0: nothing is being handled */
    prtos_u32_t pad;
    prtos_u64_t trap_entry; /* the guest's dispatcher; 0: nothing is delivered */
};

PRTOS_ABI_SIZE(struct pct_arch, 0, 40);
PRTOS_ABI_OFFSET(struct pct_arch, irq_saved_spsr, 0, 8);
PRTOS_ABI_OFFSET(struct pct_arch, irq_saved_x0, 0, 16);
PRTOS_ABI_OFFSET(struct pct_arch, irq_vector, 0, 24);
PRTOS_ABI_OFFSET(struct pct_arch, trap_entry, 0, 32);

#endif

#endif
