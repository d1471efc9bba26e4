/* SPDX-License-Identifier: Apache-2.0 */
/* Trap context and descriptor tables of BAIL on 32-bit x86. */
#ifndef BAIL_ARCH_IRQS_H
#define BAIL_ARCH_IRQS_H

#define TRAPTAB_LENGTH 256
#define PART_IDT_LENGTH (TRAPTAB_LENGTH + 32)
#define TRAP_HANDLERS PART_IDT_LENGTH

#define PART_CS_SEL 0x0b
#define PART_DS_SEL 0x13

#ifndef __ASSEMBLER__

#include <prtos.h>

typedef struct trap_ctxt {
    prtos_u32_t ebx;
    prtos_u32_t ecx;
    prtos_u32_t edx;
    prtos_u32_t esi;
    prtos_u32_t edi;
    prtos_u32_t ebp;
    prtos_u32_t eax;
    prtos_u32_t ds;
    prtos_u32_t es;
    prtos_u32_t fs;
    prtos_u32_t gs;
    prtos_u32_t irq_nr;
    prtos_u32_t err_code;
    prtos_u32_t ip;
    prtos_u32_t cs;
    prtos_u32_t flags;
    prtos_u32_t sp; /* sp, ss: only where the trap came from a process of the partition */
    prtos_u32_t ss;
} trap_ctxt_t;

PRTOS_ABI_OFFSET(trap_ctxt_t, irq_nr, 44, 0);
PRTOS_ABI_OFFSET(trap_ctxt_t, ip, 52, 0);
PRTOS_ABI_SIZE(trap_ctxt_t, 72, 0);

/* Guests may change gates and load the table again. */
extern struct x86_gate part_idt_table[PART_IDT_LENGTH];
extern struct x86_desc_reg part_idt_desc;
extern struct x86_desc part_gdt_table[];
extern struct x86_desc_reg part_gdt_desc;

/* Entry of each vector, which ends in part_trap_handlers_table. */
extern void (*const vtrap_table[PART_IDT_LENGTH])(void);

#endif

#endif
