/* SPDX-License-Identifier: Apache-2.0 */
/* From EL0, of 64 and of 32 bits: what comes back is an exception of the partition's own EL1, or
 * the health event of an access that stage 2 stops. */
#include "attacker.h"

/* A line of code of its own for each, behind it the way back. */
#define PROCESS(id, class, ...)                                                                    \
    __asm__(".text\n\t.balign 4\nprocess_" #id ":\n\t" __VA_ARGS__ "\n\tsvc #0x77\n\t"             \
            ".globl process_" #id "\n");                                                           \
    extern char process_##id[];                                                                    \
    prtos_u32_t attack_process_##id(void)                                                          \
    {                                                                                              \
        go(PTR2ADDR(process_##id), EL0);                                                           \
        return CAUGHT_CLASS == (class) ? SURVIVED : WRONG;                                         \
    }

#define UNKNOWN_CLASS 0x00
#define TRAPPED 0x18 /* MSR, MRS, SYS */
#define WAITED 0x01
#define SVC 0x15

PROCESS(svc, SVC, "nop")
PROCESS(hvc, UNKNOWN_CLASS, "hvc #0")
PROCESS(smc, UNKNOWN_CLASS, "smc #0")
PROCESS(eret, UNKNOWN_CLASS, "eret")
PROCESS(hlt, UNKNOWN_CLASS, "hlt #0xf000")
PROCESS(daif, TRAPPED, "msr daifset, #2")
PROCESS(spsel, UNKNOWN_CLASS, "msr spsel, #0")
PROCESS(sctlr, UNKNOWN_CLASS, "mrs x0, sctlr_el1")
PROCESS(hcr, UNKNOWN_CLASS, "msr hcr_el2, xzr")
PROCESS(tlbi, UNKNOWN_CLASS, "tlbi vmalle1")
PROCESS(dc_isw, UNKNOWN_CLASS, "dc isw, xzr")
PROCESS(counter, TRAPPED, "mrs x0, cntvct_el0")
PROCESS(timer, TRAPPED, "msr cntv_ctl_el0, xzr")
PROCESS(wfi, WAITED, "wfi")
PROCESS(read_core, UNKNOWN_CLASS, "mov x0, #0x100000\n\tldr x0, [x0]")
PROCESS(write_victim, UNKNOWN_CLASS, "mov x0, #0x6180000\n\tstr x0, [x0]")
PROCESS(jump_core, UNKNOWN_CLASS, "mov x0, #0x100000\n\tbr x0")
PROCESS(monitor, TRAPPED, "mrs x0, pmccntr_el0")
/* Only EL2 stops it: the event is its. */
PROCESS(debug, UNKNOWN_CLASS, "mrs x0, mdccsr_el0")

/* 32 bits: what the registers are called there leads nowhere else. Any exception but an abort. */
#define PROCESS32(id, ...)                                                                         \
    prtos_u32_t attack_process32_##id(void)                                                        \
    {                                                                                              \
        static const prtos_u32_t code[] = {__VA_ARGS__, 0xef000000};                               \
                                                                                                   \
        go(PTR2ADDR(code), A32);                                                                   \
        return CAUGHT_CLASS < 0x20 ? SURVIVED : WRONG;                                             \
    }
PROCESS32(svc, 0xe1a00000)              /* nop */
PROCESS32(hvc, 0xe1400070)              /* hvc #0 */
PROCESS32(smc, 0xe1600070)              /* smc #0 */
PROCESS32(sctlr, 0xee010f10)            /* mcr p15, 0, r0, c1, c0, 0 */
PROCESS32(hcr, 0xee811f11)              /* mcr p15, 4, r1, c1, c1, 0 */
PROCESS32(debug, 0xee100e10)            /* mrc p14, 0, r0, c0, c0, 0 */
PROCESS32(debug_long, 0xec510e01)       /* mrrc p14, 0, r0, r1, c1 */
PROCESS32(monitor, 0xee190f1d)          /* mrc p15, 0, r0, c9, c13, 0 */
PROCESS32(timer_long, 0xec510f2e)       /* mrrc p15, 2, r0, r1, c14 */
PROCESS32(mode, 0xf1020013)             /* cps #19 */
PROCESS32(load, 0xe3a00601, 0xe5900000) /* ldr r0, [0x100000] */
PROCESS32(floating, 0xeeb70a00)         /* vmov.f32 s0, #1 */
