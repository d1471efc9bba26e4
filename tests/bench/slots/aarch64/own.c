/* SPDX-License-Identifier: Apache-2.0 */
/* What AArch64 traps for EL2, the partition's own translation, and faults of either stage. */
#include <irqs.h>
#include "own.h"

#define BLOCK 0x701ull /* of normal memory */
#define TCR 0x100803520ull
#define SCTLR_ON 0x1005ull
#define NOBODYS 0x5000000ul

static void on_exception(trap_ctxt_t *ctxt)
{
    ctxt->ip += 4;
}

void own_prepare(void)
{
    install_trap_handler(AARCH64_UNDEFINED_INSTR, on_exception);
}

/* The first access of a life to the interrupt controller gives it its registers. */
void own_calls(char *memory)
{
    prtos_u64_t kept;

    __asm__ __volatile__("mrs %0, pmcr_el0\n\tmrs %0, id_aa64pfr0_el1\n\tmsr oslar_el1, xzr\n\t"
                         "msr s3_0_c12_c11_5, xzr\n\t" /* ICC_SGI1R_EL1 */
                         "mrs %0, s3_0_c12_c12_0\n\t"  /* ICC_IAR1_EL1 */
                         "msr s3_0_c12_c12_1, %0\n\t"
                         "msr cntv_cval_el0, xzr\n\tmov %0, #1\n\tmsr cntv_ctl_el0, %0\n\tisb\n\t"
                         "msr cntv_ctl_el0, xzr\n\t"
                         "dc civac, %1\n\ttlbi vmalle1is\n\tdsb ish\n\t"
                         "mov x0, #0x84000000\n\tsmc #0" /* PSCI_VERSION */
                         : "=&r"(kept)
                         : "r"(memory)
                         : "x0", "x1", "x2", "x3", "memory");
}

/* On with everything where it is, one pointer followed by the core, off again. */
prtos_u32_t own_pages(prtos_u32_t *page, prtos_u32_t random)
{
    static prtos_u64_t root[4] __attribute__((aligned(64)));
    prtos_u64_t kept;
    prtos_time_t now;
    prtos_s32_t code;

    (void)page;
    root[0] = BLOCK;
    root[3] = 0xC0000000ull | BLOCK;
    __asm__ __volatile__(
        "dsb ish\n\tmsr mair_el1, %1\n\tmsr tcr_el1, %2\n\tmsr ttbr0_el1, %3\n\tisb\n\t"
        "tlbi vmalle1\n\tdsb nsh\n\tisb\n\tmrs %0, sctlr_el1\n\torr %0, %0, %4\n\t"
        "msr sctlr_el1, %0\n\tisb"
        : "=&r"(kept)
        : "r"(0xffull), "r"(TCR), "r"(root), "r"(SCTLR_ON)
        : "memory");
    code = prtos_get_time(PRTOS_HW_CLOCK, &now);
    root[2] = (prtos_u64_t)random << 30 | BLOCK;
    __asm__ __volatile__("tlbi vmalle1is\n\tdsb ish\n\tbic %0, %0, #1\n\tmsr sctlr_el1, %0\n\tisb"
                         : "+r"(kept)
                         :
                         : "memory");
    return code == PRTOS_OK;
}

/* One of the partition's own, one that EL2 stops. */
void fault_propagated(void)
{
    __asm__ __volatile__("udf #0\n\tmrs x0, dbgbvr0_el1" ::: "x0", "memory");
}

void fault_ignored(void)
{
    *(volatile prtos_u32_t *)NOBODYS = 1;
}

void fault_suspends(void)
{
    __asm__ __volatile__("svc #0" ::: "memory");
}

void fault_warm(prtos_u32_t random)
{
    ((void (*)(void))(NOBODYS + (random & ~3ul)))();
}

/* No address of a memory, without translation and with it. */
void fault_cold(void)
{
    (void)*(volatile prtos_u32_t *)(1ul << 55);
}
