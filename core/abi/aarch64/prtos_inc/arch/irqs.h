/* SPDX-License-Identifier: Apache-2.0 */
/* Processor traps of AArch64, as raise_partition_trap names them. */
#ifndef PRTOS_INC_ARCH_IRQS_H
#define PRTOS_INC_ARCH_IRQS_H

#include <prtos_inc/arch/arch_types.h>

#define NO_TRAPS 32

#define AARCH64_UNDEFINED_INSTR 0
#define AARCH64_SVC_TRAP 1
#define AARCH64_PREFETCH_ABORT 2
#define AARCH64_DATA_ABORT 3
#define AARCH64_IRQ_TRAP 4
#define AARCH64_FIQ_TRAP 5
#define AARCH64_SERROR 6
#define AARCH64_INSTR_PAGE_FAULT 7 /* stage 2: fetch outside the partition's areas */
#define AARCH64_LOAD_PAGE_FAULT 8  /* stage 2: data */

/* A fresh control table routes nothing: its vectors are 0. */

#ifndef __ASSEMBLER__

struct trap_handler {
    prtos_u16_t cs;
    prtos_address_t ip;
};

#endif

#endif
