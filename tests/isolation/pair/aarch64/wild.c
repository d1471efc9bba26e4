/* SPDX-License-Identifier: Apache-2.0 */
/* Faults, page tables and registers of AArch64. */
#include "attacker.h"

#include <irqs.h>

#define BLOCK 1ul
#define NORMAL (1ul << 10 | 3ul << 8)
#define TCR (25ul | 1ul << 23 | 2ul << 32) /* 39 bits, 4 KB pages, walks by TTBR0 only */

static prtos_u64_t level1[512] __attribute__((aligned(4096)));

static void on_undefined(trap_ctxt_t *ctxt)
{
    ctxt->ip += OPCODE_BYTES;
}

void wild_prepare(void)
{
    prtos_u64_t i;

    install_trap_handler(OPCODE_TRAP, on_undefined);
    for (i = 0; i < 4; i++)
        level1[i] = i << 30 | NORMAL | BLOCK;
}

void wild_fault(void)
{
    prtos_u64_t value;

    switch (random_word() % 40) {
    case 0:
        fault_call();
        break;
    case 1:
        *(volatile prtos_u32_t *)(prtos_u64_t)(random_word() & ~3u) = 0;
        break;
    case 2:
        fault_operand();
        break;
    case 3:
        __asm__ __volatile__("msr vbar_el2, xzr");
        break;
    case 4:
        __asm__ __volatile__("mov sp, #0x10\n\tstr x0, [sp, #-16]!" ::: "memory");
        break;
    case 5:
        __asm__ __volatile__("br %0" ::"r"(0x1000000ul + random_word() % 0x100000));
        break;
    case 6:
        __asm__ __volatile__("mrs %0, icc_iar1_el1" : "=r"(value));
        break;
    case 7:
        __asm__ __volatile__("smc #0" ::: "x0", "x1", "x2", "x3", "memory");
        break;
    case 8:
        __asm__ __volatile__("msr elr_el1, xzr\n\tmsr spsr_el1, xzr\n\teret");
        break;
    case 9:
        *(volatile prtos_u32_t *)0x9000000 = 0;
        break;
    default:
        fault_opcode();
    }
}

/* Its own translation on and off, over tables that change, and every sort of maintenance. */
void wild_pages(void)
{
    prtos_u64_t sctlr;

    level1[8 + random_word() % 500] = (prtos_u64_t)random_word() << 12 | NORMAL | BLOCK;
    __asm__ __volatile__("dsb ish\n\tmsr mair_el1, %1\n\tmsr tcr_el1, %2\n\tmsr ttbr0_el1, %3\n\t"
                         "isb\n\ttlbi vmalle1\n\tdsb nsh\n\tisb\n\tmrs %0, sctlr_el1\n\t"
                         "orr %0, %0, #1\n\tmsr sctlr_el1, %0\n\tisb\n\tic iallu\n\t"
                         "tlbi alle1\n\tdsb ish\n\tisb\n\t"
                         "bic %0, %0, #1\n\tmsr sctlr_el1, %0\n\tisb"
                         : "=&r"(sctlr)
                         : "r"(0xfffffffffffffffful), "r"(TCR), "r"(level1)
                         : "memory");
}

void wild_registers(void)
{
    prtos_u64_t fill = (prtos_u64_t)random_word() << 32 | random_word(), turns = 1500;

    __asm__ __volatile__("msr tpidr_el0, %0\n\tmsr tpidrro_el0, %0\n\tmsr tpidr_el1, %0\n\t"
                         "msr contextidr_el1, %0\n\tmsr par_el1, %0\n\tmsr afsr0_el1, %0\n\t"
                         "msr far_el1, %0\n\tmsr cntkctl_el1, %0\n\tmsr csselr_el1, %0\n\t"
                         "msr fpcr, %2\n\tmsr nzcv, %3" ::"r"(fill),
                         "r"(fill), "r"(fill & 0x7c00000), "r"(fill & 0xf0000000)
                         : "memory", "cc");
    __asm__ __volatile__(".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,"
                         "24,25,26,27,28,29,30,31\n\tdup v\\n\\().2d, %1\n\t.endr\n\t"
                         "1: subs %0, %0, #1\n\tb.ne 1b\n\tmsr fpcr, xzr"
                         : "+r"(turns)
                         : "r"(fill)
                         : "memory", "cc", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15");
}
