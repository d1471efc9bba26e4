/* SPDX-License-Identifier: Apache-2.0 */
/* Structures of the processor that guests hand to the hypervisor on 32-bit x86. */
#ifndef PRTOS_INC_ARCH_PROCESSOR_H
#define PRTOS_INC_ARCH_PROCESSOR_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/linkage.h>

#define X86_CR0_PE 0x1
#define X86_CR0_MP 0x2
#define X86_CR0_EM 0x4
#define X86_CR0_TS 0x8
#define X86_CR0_ET 0x10
#define X86_CR0_WP 0x10000
#define X86_CR0_PG 0x80000000
#define X86_CR4_PAE 0x20

#define X86_EFLAGS_CF 0x1
#define X86_EFLAGS_TF 0x100
#define X86_EFLAGS_IF 0x200
#define X86_EFLAGS_DF 0x400

/* Type bytes of a gate, DPL 3: an interrupt gate clears the virtual interrupt flag. */
#define X86_GATE_INTERRUPT 0xee
#define X86_GATE_TRAP 0xef

#ifndef __ASSEMBLER__

/* Operand of lgdt and lidt. */
struct x86_desc_reg {
    prtos_u16_t limit;
    prtos_u32_t linear_base;
} __PACKED;

/* Segment descriptor. */
struct x86_desc {
    __extension__ union {
        __extension__ struct {
            prtos_u32_t limit_15_0 : 16;
            prtos_u32_t base_15_0 : 16;
            prtos_u32_t base_23_16 : 8;
            prtos_u32_t type : 4;
            prtos_u32_t s : 1;
            prtos_u32_t dpl : 2;
            prtos_u32_t p : 1;
            prtos_u32_t limit_19_16 : 4;
            prtos_u32_t avl : 1;
            prtos_u32_t l : 1;
            prtos_u32_t db : 1;
            prtos_u32_t g : 1;
            prtos_u32_t base_31_24 : 8;
        };
        __extension__ struct {
            prtos_u32_t low;
            prtos_u32_t high;
        };
    };
};

/* Gate of an interrupt descriptor table. */
struct x86_gate {
    prtos_u16_t offset_15_0;
    prtos_u16_t selector;
    prtos_u8_t zero;
    prtos_u8_t type; /* P, DPL and gate type */
    prtos_u16_t offset_31_16;
};

/* Task state; the hypervisor takes the stacks of levels 1 and 2. */
struct x86_tss {
    prtos_u16_t back_link, reserved0;
    prtos_u32_t sp0;
    prtos_u16_t ss0, reserved1;
    prtos_u32_t sp1;
    prtos_u16_t ss1, reserved2;
    prtos_u32_t sp2;
    prtos_u16_t ss2, reserved3;
    prtos_u32_t cr3;
    prtos_u32_t ip;
    prtos_u32_t flags;
    prtos_u32_t ax, cx, dx, bx;
    prtos_u32_t sp, bp, si, di;
    prtos_u16_t es, reserved4;
    prtos_u16_t cs, reserved5;
    prtos_u16_t ss, reserved6;
    prtos_u16_t ds, reserved7;
    prtos_u16_t fs, reserved8;
    prtos_u16_t gs, reserved9;
    prtos_u16_t ldt, reserved10;
    prtos_u16_t trap;
    prtos_u16_t io_map_base;
};

PRTOS_ABI_SIZE(struct x86_desc_reg, 6, 6);
PRTOS_ABI_SIZE(struct x86_desc, 8, 8);
PRTOS_ABI_SIZE(struct x86_gate, 8, 8);
PRTOS_ABI_SIZE(struct x86_tss, 104, 104);
PRTOS_ABI_OFFSET(struct x86_tss, sp1, 12, 12);
PRTOS_ABI_OFFSET(struct x86_tss, ss2, 24, 24);
PRTOS_ABI_OFFSET(struct x86_tss, io_map_base, 102, 102);

#endif

#endif
