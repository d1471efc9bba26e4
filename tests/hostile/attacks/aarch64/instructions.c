/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions and accesses that the processor itself must stop. What EL1 has of its own (svc, brk)
 * goes to BAIL's vectors, which tell the health monitor; what EL2 stops goes there at once. */
#include "attacker.h"

#define INSTRUCTION(id, ...)                                                                       \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        __asm__ __volatile__(__VA_ARGS__);                                                         \
        return WRONG;                                                                              \
    }
/* Harmless, and perhaps undefined: it goes on. */
#define HARMLESS(id, ...)                                                                          \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        __asm__ __volatile__(__VA_ARGS__);                                                         \
        return SURVIVED;                                                                           \
    }

static prtos_u64_t line[8] __attribute__((aligned(64)));

INSTRUCTION(hvc_1, "hvc #1")
INSTRUCTION(hvc_last, "hvc #0xffff")
INSTRUCTION(svc, "svc #0")
INSTRUCTION(brk, "brk #1")
INSTRUCTION(hlt, "mov w0, #0x18\n\thlt #0xf000" ::: "x0") /* semihosting: exit */
INSTRUCTION(udf, "udf #1")
INSTRUCTION(dcps1, "dcps1")
INSTRUCTION(dcps2, "dcps2")
INSTRUCTION(dcps3, "dcps3")
INSTRUCTION(drps, "drps")
INSTRUCTION(dc_isw, "dc isw, xzr")
INSTRUCTION(dc_csw, "dc csw, xzr")
INSTRUCTION(dc_cisw, "dc cisw, xzr")
INSTRUCTION(at_s1e2r, "at s1e2r, %0" ::"r"(CORE_PHYSICAL))
INSTRUCTION(at_s12e1r, "at s12e1r, %0" ::"r"(CORE_PHYSICAL))
INSTRUCTION(at_s1e3r, "at s1e3r, %0" ::"r"(CORE_PHYSICAL))
INSTRUCTION(tlbi_alle1, "tlbi alle1")
INSTRUCTION(tlbi_alle2, "tlbi alle2")
INSTRUCTION(tlbi_alle3, "tlbi alle3")
INSTRUCTION(tlbi_vae2, "tlbi vae2, %0" ::"r"(CORE_PHYSICAL >> 12))
INSTRUCTION(tlbi_vmalls12e1, "tlbi vmalls12e1")
INSTRUCTION(tlbi_ipas2e1, "tlbi ipas2e1, %0" ::"r"(CORE >> 12))
INSTRUCTION(msr_vbar_el2, "msr vbar_el2, xzr")
INSTRUCTION(msr_hcr_el2, "msr hcr_el2, xzr")
INSTRUCTION(msr_vttbr_el2, "msr vttbr_el2, xzr")
INSTRUCTION(msr_sctlr_el3, "msr sctlr_el3, xzr")
INSTRUCTION(msr_cnthctl_el2, "msr cnthctl_el2, xzr")
INSTRUCTION(msr_elr_el2, "msr elr_el2, xzr")
INSTRUCTION(st64b, ".inst 0xf83f9000" ::: "memory")
INSTRUCTION(tstart, ".inst 0xd5233060" ::: "x0")
INSTRUCTION(sve, ".inst 0x04bf5020" ::: "x0") /* rdvl x0, #1 */
INSTRUCTION(sme, ".inst 0xd503477f")          /* smstart */
HARMLESS(tlbi_own, "tlbi vmalle1is\n\tdsb ish")
HARMLESS(ic_all, "ic ialluis\n\tic iallu\n\tdsb ish")
HARMLESS(at_own, "at s1e1r, %0\n\tat s1e0w, %0\n\tat s1e1w, %1" ::"r"(line), "r"(CORE))
HARMLESS(wfe, "sevl\n\twfe\n\tsev\n\twfe")
HARMLESS(wfi, "wfi")
HARMLESS(wfit, "mrs x0, cntvct_el0\n\t.inst 0xd5031020" ::: "x0")
HARMLESS(pac, ".inst 0xdac123e0" ::: "x0")                                       /* paciza x0 */
HARMLESS(mte_tag, "mov x0, %0\n\t.inst 0xd9200800" ::"r"(line) : "x0", "memory") /* stg x0, [x0] */
HARMLESS(mte_random, ".inst 0x9adf1000" ::: "x0")                                /* irg x0, x0 */
HARMLESS(zva_own, "dc zva, %0" ::"r"(MESSAGE) : "memory")
/* The whole of these is for EL2 to see, or for nobody: QEMU does not look where they point to. */
HARMLESS(ivac_core, "dc ivac, %0" ::"r"(CORE))
HARMLESS(ivac_physical, "dc ivac, %0" ::"r"(CORE_PHYSICAL))
HARMLESS(ivac_frozen, "dc ivac, %0" ::"r"(FROZEN))
HARMLESS(civac_victim, "dc civac, %0" ::"r"(VICTIM_MEMORY))
HARMLESS(ivau_core, "ic ivau, %0" ::"r"(CORE))
INSTRUCTION(zva_core, "dc zva, %0" ::"r"(CORE))
INSTRUCTION(zva_victim, "dc zva, %0" ::"r"(VICTIM_MEMORY))
INSTRUCTION(zva_frozen, "dc zva, %0" ::"r"(FROZEN))
INSTRUCTION(zva_physical, "dc zva, %0" ::"r"(CORE_PHYSICAL))

/* D, A, I, F masked: the hypervisor's interrupts come all the same. */
INSTRUCTION(masked_spin, "msr daifset, #15\n\t1: b 1b")
INSTRUCTION(masked_wfi, "msr daifset, #15\n\t1: wfi\n\tb 1b")
INSTRUCTION(masked_wfe, "msr daifset, #15\n\t1: wfe\n\tb 1b")
INSTRUCTION(exclusive_spin, "1: ldxr x0, [%0]\n\tstxr w1, x0, [%0]\n\tb 1b" ::"r"(line)
            : "x0", "x1", "memory")
/* The next exception cannot be told to anybody: the partition turns in a circle of its own. */
INSTRUCTION(vectors_gone, "msr vbar_el1, %0\n\tisb\n\tsvc #0" ::"r"(VICTIM_MEMORY & ~0x7fful))
INSTRUCTION(vectors_own_circle, "msr vbar_el1, %0\n\tisb\n\tsvc #0" ::"r"(MESSAGE))
/* QEMU does not look whether SP is aligned. */
HARMLESS(stack_not_aligned, "mrs x0, sctlr_el1\n\torr x0, x0, #8\n\tmsr sctlr_el1, x0\n\tisb\n\t"
                            "add sp, sp, #1\n\tldr x0, [sp]\n\tsub sp, sp, #1" ::
             : "x0")
INSTRUCTION(stack_null, "mov x0, #0\n\tmov sp, x0\n\tstr x0, [sp, #-16]!" ::: "x0")
INSTRUCTION(big_endian,
            "mrs x0, sctlr_el1\n\torr x0, x0, #0x2000000\n\tmsr sctlr_el1, x0\n\tisb\n\t"
            "ldr x0, [%0]\n\tstr x0, [%0]\n\tudf #0" ::"r"(line)
            : "x0", "memory")

static prtos_u64_t smc(prtos_u64_t function, prtos_u64_t a, prtos_u64_t b)
{
    register prtos_u64_t x0 __asm__("x0") = function;
    register prtos_u64_t x1 __asm__("x1") = a;
    register prtos_u64_t x2 __asm__("x2") = b;

    __asm__ __volatile__("smc #0" : "+r"(x0) : "r"(x1), "r"(x2) : "x3", "memory");
    return x0;
}

#define SMC(id, answer, function, a, b)                                                            \
    prtos_u32_t attack_smc_##id(void)                                                              \
    {                                                                                              \
        return smc(function, a, b) == (prtos_u64_t)(answer) ? SURVIVED : WRONG;                    \
    }
SMC(unknown, -1, 0x84000099, 0, 0)
SMC(trusted_os, -1, 0xbf00ff01, 0, 0)
SMC(mem_protect, -1, 0x84000013, 1, 0)
SMC(cpu_on_other, -2, 0xc4000003, 1, CORE_PHYSICAL)
SMC(cpu_on_far, -2, 0xc4000003, ~0ul, CORE)
SMC(cpu_on_own, -4, 0xc4000003, 0, CORE)
SMC(off, 99, 0x84000008, 0, 0)
SMC(cpu_off, 99, 0x84000002, 0, 0)

prtos_u32_t attack_smc_reset(void)
{
    if (BOARD->begun == 1)
        smc(0x84000009, 0, 0);
    return BOARD->begun == 2 ? SURVIVED : WRONG;
}

prtos_u32_t attack_smc_other_number(void)
{
    register prtos_u64_t x0 __asm__("x0") = 0x84000099;

    __asm__ __volatile__("smc #0x1234" : "+r"(x0) : : "x1", "x2", "x3", "memory");
    return x0 == ~0ul ? SURVIVED : WRONG;
}

#define ACCESS(id, address, how)                                                                   \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        volatile prtos_u32_t *where = (volatile prtos_u32_t *)(address);                           \
                                                                                                   \
        how;                                                                                       \
        return WRONG;                                                                              \
    }
#define READ (void)*where
#define WRITE *where = 0xdeadbeef
#define JUMP ((void (*)(void))PTR2ADDR(where))()
#define EACH(id, address)                                                                          \
    ACCESS(read_##id, address, READ)                                                               \
    ACCESS(write_##id, address, WRITE)                                                             \
    ACCESS(jump_##id, address, JUMP)

EACH(null, 0)
EACH(victim, VICTIM_MEMORY)
EACH(core, CORE)
EACH(core_physical, CORE_PHYSICAL)
EACH(own_physical, 0x46000000ul)
EACH(uart, UART)
EACH(distributor, DISTRIBUTOR)
EACH(redistributor, REDISTRIBUTOR)
EACH(firmware, 0x9020000ul)
EACH(second_mapping, 0x4046000000ul) /* where the core has memory uncached */
EACH(reserved, 0xfbf6e000ul)
EACH(beyond_stage2, BEYOND_STAGE2)
EACH(bit_50, BIT_50)
EACH(beyond_memory, BEYOND_MEMORY)
EACH(high_half, 0xffff000000000000ul)
EACH(top, ~0ul << 4)
EACH(tagged, 0x5a00000000000000ul | MESSAGE)
ACCESS(write_frozen, FROZEN, WRITE)
ACCESS(jump_frozen, FROZEN, JUMP)
ACCESS(jump_control_table, PCT_BASE, JUMP)
ACCESS(write_behind_tables, PCT_BASE + 0x1000, WRITE)
ACCESS(jump_odd, MESSAGE + 2, JUMP)

/* With TBI the tag is none of the address, whether translation is on or not. */
prtos_u32_t attack_tag_ignored(void)
{
    volatile prtos_u64_t *tagged = (volatile prtos_u64_t *)(0x5a00000000000000ul | MESSAGE);

    __asm__ __volatile__("mrs x0, tcr_el1\n\torr x0, x0, #(1 << 37)\n\tmsr tcr_el1, x0\n\tisb" ::
                             : "x0");
    *tagged = 77;
    return *(volatile prtos_u64_t *)MESSAGE == 77 ? SURVIVED : WRONG;
}
