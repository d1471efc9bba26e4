/* SPDX-License-Identifier: Apache-2.0 */
/* Trap context of BAIL on AArch64. */
#ifndef BAIL_ARCH_IRQS_H
#define BAIL_ARCH_IRQS_H

#define TRAPTAB_LENGTH 256
#define TRAP_HANDLERS TRAPTAB_LENGTH

/* Vector 0 means "not routed", so trap n has vector 256 + n; its handler is entry n. */
#define BAIL_TRAP_VECTOR(n) (TRAPTAB_LENGTH + (n))

#ifndef __ASSEMBLER__

#include <prtos.h>

typedef struct trap_ctxt {
    prtos_u64_t x0;
    prtos_u64_t x1;
    prtos_u64_t x2;
    prtos_u64_t x3;
    prtos_u64_t x4;
    prtos_u64_t x5;
    prtos_u64_t x6;
    prtos_u64_t x7;
    prtos_u64_t x8;
    prtos_u64_t x9;
    prtos_u64_t x10;
    prtos_u64_t x11;
    prtos_u64_t x12;
    prtos_u64_t x13;
    prtos_u64_t x14;
    prtos_u64_t x15;
    prtos_u64_t x16;
    prtos_u64_t x17;
    prtos_u64_t x18;
    prtos_u64_t fp;
    prtos_u64_t lr;
    prtos_u64_t irq_nr;
    prtos_u64_t ip; /* where it goes on, and with which PSTATE */
    prtos_u64_t flags;
} trap_ctxt_t;

PRTOS_ABI_OFFSET(trap_ctxt_t, fp, 0, 152);
PRTOS_ABI_OFFSET(trap_ctxt_t, irq_nr, 0, 168);
PRTOS_ABI_OFFSET(trap_ctxt_t, ip, 0, 176);
PRTOS_ABI_SIZE(trap_ctxt_t, 0, 192);

/* What an interrupt's context lies in. */
struct trap_frame {
    trap_ctxt_t context;
    prtos_u64_t elr; /* ELR_EL1 and SPSR_EL1 of what was interrupted */
    prtos_u64_t spsr;
};

PRTOS_ABI_OFFSET(struct trap_frame, elr, 0, 192);

/* Between these BAIL's code needs ELR_EL1. */
extern char part_elr_live[], part_elr_dead[];

#endif

#endif
