/* SPDX-License-Identifier: Apache-2.0 */
/* What the attempts on x86 share: own descriptor tables, frames, ways out of C. */
#ifndef TESTS_OWN_H
#define TESTS_OWN_H

#include "desc.h"

#define COUNTS_PER_FRAME 1000000u /* of the counter */
#define OWN_CODE 0x23u            /* entries 4 and 5 of the own table */
#define OWN_DATA 0x2bu
#define FLAT (HYPERVISOR_BASE / PAGE_SIZE - 1)
#define CODE 0xfau
#define DATA 0xf2u
#define NOT_PRESENT 0x80u /* to be taken off */

struct frame {
    prtos_u32_t eip, cs, eflags;
};

extern struct x86_gate own_idt[PART_IDT_LENGTH];
extern struct x86_desc own_gdt[8];

/* Own tables loaded, LINE unmasked, the virtual interrupt flag set. */
void prepare(void);
void gate_set(prtos_u32_t vector, prtos_u32_t handler, prtos_u32_t selector, prtos_u32_t type);
void desc_put(prtos_u32_t entry, prtos_u32_t base, prtos_u32_t limit, prtos_u32_t access);
prtos_s32_t gdt_load(prtos_u32_t entries);
prtos_s32_t idt_load(prtos_u32_t base, prtos_u32_t limit);

/* entry.S. Each gives SURVIVED when it came back the right way, WRONG when nothing happened. */
prtos_u32_t raise_on(prtos_u32_t ss, prtos_u32_t esp); /* LINE, with this stack */
prtos_u32_t int60_on(prtos_u32_t ss, prtos_u32_t esp);
prtos_u32_t iret_on(prtos_u32_t esp);
prtos_u32_t run_in(prtos_u32_t cs, prtos_u32_t ss, prtos_u32_t nr, prtos_u32_t b, const void *c);
prtos_u32_t drop_ds(prtos_u32_t nr, const void *b);
prtos_u32_t drop_fs_gs(prtos_u32_t nr, const void *b);
extern char arrived[], returned[];
extern prtos_u32_t arrived_esp, returned_flags;

#endif
