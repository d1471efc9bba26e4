/* SPDX-License-Identifier: Apache-2.0 */
/* Every name of op0, op1, CRn, CRm, op2, read and written, at EL1 and at EL0, which has all rights
 * that EL1 can give it. Says which names do something; all others must end in an exception of the
 * partition's own or in a health event. What could be read is written back as it was; what could
 * not be written with 0 is tried with ones and with addresses of the core. */
#include <stdio.h>
#include "sweep.h"

#define READ 1u
#define SYSTEM 0xd5000000u
#define SPSEL_NOW 0x000040a0u /* op0 0, op1 0, CRn 4, op2 5: MSR SPSel, #CRm */
#define CORE 0x40100000ul
#define CONTROL 0x3fful     /* CNTKCTL_EL1: the counters, the timers */
#define UNITS 0x3330000ul   /* CPACR_EL1: FPEN, SMEN, ZEN */
#define RIGHTS 0x0405c200ul /* SCTLR_EL1: UCI, nTWE, nTWI, UCT, DZE, UMA */

static char scratch[4096] __attribute__((aligned(4096)));
static prtos_u32_t executed, caught, events, more;

prtos_u32_t probe_stopped(prtos_u32_t word, prtos_u64_t *value, prtos_u64_t pstate)
{
    prtos_u32_t result;

    probe_code[0] = word;
    probe_caught = probe_events = 0;
    *value = probe_run(*value, pstate);
    result = probe_caught + probe_events;
    if (result)
        *value = 0;
    return result;
}

static void report(prtos_u32_t pstate, prtos_u32_t word, prtos_u32_t how)
{
    if (how) {
        caught += probe_caught;
        events += probe_events;
        return;
    }
    executed++;
    printf("[P0] EL%d %s s%d_%d_c%d_c%d_%d\n", pstate == AT_EL1, word >> 21 & READ ? "mrs" : "msr",
           word >> 19 & 3, word >> 16 & 7, word >> 12 & 15, word >> 8 & 15, word >> 5 & 7);
}

/* Names of registers, and of instructions, whose register is an address of its own or nothing. */
static void try(prtos_u32_t name, prtos_u32_t pstate)
{
    static const prtos_u64_t others[] = {~0ul, CORE, CORE >> 12};
    prtos_u32_t op0 = name >> 19, how, i;
    prtos_u64_t value = 0;

    if (op0) {
        how = probe_stopped(SYSTEM | READ << 21 | name, &value, pstate);
        report(pstate, SYSTEM | READ << 21 | name, how);
    }
    if (op0 == 1)
        value = PTR2ADDR(scratch);
    if (!op0 && (name & 0x7f0e0) == SPSEL_NOW)
        return;
    how = probe_stopped(SYSTEM | name | (op0 ? 0 : 31), &value, pstate);
    report(pstate, SYSTEM | name, how);
    for (i = 0; op0 && how && i < sizeof(others) / sizeof(others[0]); i++) {
        value = others[i];
        more += !probe_stopped(SYSTEM | name, &value, pstate);
    }
}

static void sweep(prtos_u32_t pstate)
{
    prtos_u32_t name;

    executed = caught = events = more = 0;
    for (name = 0; name < 1u << 21; name += 1u << 5)
        try(name, pstate);
    printf("[P0] EL%d: %d executed, %d caught, %d events\n", pstate == AT_EL1, executed, caught,
           events);
    check("stopped-by-value", 0, more);
}

void partition_main(void)
{
    prtos_get_pct()->arch.trap_entry = PTR2ADDR(probe_entry);
    __asm__ __volatile__("msr cpacr_el1, %0\n\tisb" : : "r"(UNITS));
    sweep(AT_EL1);
    __asm__ __volatile__("msr cntkctl_el1, %0\n\tmrs x0, sctlr_el1\n\torr x0, x0, %1\n\t"
                         "msr sctlr_el1, x0\n\tisb"
                         :
                         : "r"(CONTROL), "r"(RIGHTS)
                         : "x0");
    sweep(AT_EL0);
    reach();
    check_end();
    BOARD->done = 1;
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
