/* SPDX-License-Identifier: Apache-2.0 */
/* Tries the registers that the table denies: each access is an undefined instruction, which the
 * system file gives back here. Those with a value of the hypervisor's keep it whatever is
 * written. */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>

static volatile prtos_u32_t faults;

static void skip(trap_ctxt_t *ctxt)
{
    faults++;
    ctxt->ip += 4;
}

static prtos_u32_t count;

static void check(const char *name, prtos_u64_t expected, prtos_u64_t got)
{
    count++;
    printf("[P%d] # %s %lu %lu\n", PRTOS_PARTITION_SELF, name, expected, got);
}

#define DENIED(name)                                                                               \
    do {                                                                                           \
        faults = 0;                                                                                \
        __asm__ __volatile__("mrs x9, " name "\n\tmsr " name ", x9" : : : "x9");                   \
        check("denied." name, 2, faults);                                                          \
    } while (0)
#define DENIED_READ(name)                                                                          \
    do {                                                                                           \
        faults = 0;                                                                                \
        __asm__ __volatile__("mrs x9, " name : : : "x9");                                          \
        check("denied." name, 1, faults);                                                          \
    } while (0)
#define DENIED_WRITE(name)                                                                         \
    do {                                                                                           \
        faults = 0;                                                                                \
        __asm__ __volatile__("msr " name ", xzr");                                                 \
        check("denied." name, 1, faults);                                                          \
    } while (0)
/* By their numbers: not every assembler knows them; on a processor without them the same. */
#define DENIED_NUMBER(name, number)                                                                \
    do {                                                                                           \
        faults = 0;                                                                                \
        __asm__ __volatile__("mrs x9, " number "\n\tmsr " number ", x9" : : : "x9");               \
        check("denied." name, 2, faults);                                                          \
    } while (0)
#define DENIED_SETWAY(name)                                                                        \
    do {                                                                                           \
        faults = 0;                                                                                \
        __asm__ __volatile__("dc " name ", xzr");                                                  \
        check("denied.dc." name, 1, faults);                                                       \
    } while (0)
#define OWN(name, op0, op1, crn, crm, op2, value)                                                  \
    do {                                                                                           \
        prtos_u64_t got = ~(prtos_u64_t)(value);                                                   \
        faults = 0;                                                                                \
        OWN_WRITE(op0, op1, crn, crm, op2, got);                                                   \
        OWN_READ(op0, op1, crn, crm, op2, got);                                                    \
        check("own." #name, (value), got);                                                         \
        check("own.faults." #name, 0, faults);                                                     \
    } while (0);
#define NAME(op0, op1, crn, crm, op2) "s" #op0 "_" #op1 "_c" #crn "_c" #crm "_" #op2
#define OWN_WRITE(op0, op1, crn, crm, op2, v)                                                      \
    __asm__ __volatile__("msr " NAME(op0, op1, crn, crm, op2) ", %0" : : "r"(v))
#define OWN_READ(op0, op1, crn, crm, op2, v)                                                       \
    __asm__ __volatile__("mrs %0, " NAME(op0, op1, crn, crm, op2) : "=r"(v))

static void own_registers(void)
{
#define SAVED(...)
#define ALSO(...)
#define LAST(...)
#define AUX(...)
#define AUTH(...)
#define SME(...)
#define RAS(...)
#define OPEN(...)
#pragma push_macro("DENIED")
#undef DENIED
#define DENIED(...)
#include "register_rows.h"
#undef DENIED
#pragma pop_macro("DENIED")
}

/* One of the two is only written, the other only read. */
static void lock_registers(void)
{
    prtos_u64_t got = 1;

    faults = 0;
    __asm__ __volatile__("msr oslar_el1, %1\n\tmrs %0, oslsr_el1" : "=r"(got) : "r"(got));
    check("own.oslsr_el1", 0, got);
    check("own.faults.oslar_el1", 0, faults);
}

static void debug_registers(void)
{
    DENIED("dbgbvr0_el1");
    DENIED("dbgbcr0_el1");
    DENIED("dbgwvr0_el1");
    DENIED("dbgwcr0_el1");
    DENIED("dbgclaimset_el1");
    DENIED("dbgclaimclr_el1");
    DENIED_READ("dbgauthstatus_el1");
    DENIED("dbgdtr_el0");
    DENIED_READ("mdccsr_el0");
    DENIED("mdccint_el1");
    DENIED("osdtrrx_el1");
    DENIED("osdtrtx_el1");
    DENIED("oseccr_el1");
    DENIED("dbgprcr_el1");
    DENIED_READ("mdrar_el1");
}

static void monitor_registers(void)
{
    DENIED("pmccntr_el0");
    DENIED("pmccfiltr_el0");
    DENIED_READ("pmceid0_el0");
    DENIED_READ("pmceid1_el0");
    DENIED("pmevcntr0_el0");
    DENIED("pmevtyper0_el0");
    DENIED("pmselr_el0");
    DENIED_WRITE("pmswinc_el0");
    DENIED("pmxevcntr_el0");
    DENIED("pmxevtyper_el0");
    DENIED("pmovsset_el0");
}

static void newer_registers(void)
{
    DENIED_NUMBER("lorsa_el1", "s3_0_c10_c4_0");
    DENIED_NUMBER("lorea_el1", "s3_0_c10_c4_1");
    DENIED_NUMBER("lorn_el1", "s3_0_c10_c4_2");
    DENIED_NUMBER("lorc_el1", "s3_0_c10_c4_3");
    DENIED_NUMBER("errselr_el1", "s3_0_c5_c3_1");
    DENIED_NUMBER("erxctlr_el1", "s3_0_c5_c4_1");
    DENIED_NUMBER("erxstatus_el1", "s3_0_c5_c4_2");
    DENIED_NUMBER("erxaddr_el1", "s3_0_c5_c4_3");
    DENIED_NUMBER("erxmisc_el1", "s3_0_c5_c5_0");
    DENIED_NUMBER("scxtnum_el0", "s3_3_c13_c0_7");
    DENIED_NUMBER("scxtnum_el1", "s3_0_c13_c0_7");
    DENIED_NUMBER("rgsr_el1", "s3_0_c1_c0_5");
    DENIED_NUMBER("gcr_el1", "s3_0_c1_c0_6");
    DENIED_NUMBER("tfsr_el1", "s3_0_c5_c6_0");
    DENIED_NUMBER("tfsre0_el1", "s3_0_c5_c6_1");
    DENIED_NUMBER("zcr_el1", "s3_0_c1_c2_0");
    DENIED_NUMBER("smcr_el1", "s3_0_c1_c2_6");
    DENIED_NUMBER("svcr", "s3_3_c4_c2_2");
    DENIED_NUMBER("trfcr_el1", "s3_0_c1_c2_1");
    DENIED_NUMBER("pmscr_el1", "s3_0_c9_c9_0");
    DENIED_NUMBER("pmblimitr_el1", "s3_0_c9_c10_0");
}

void partition_main(void)
{
    install_trap_handler(AARCH64_UNDEFINED_INSTR, skip);
    prtos_route_irq(PRTOS_TRAP_TYPE, AARCH64_UNDEFINED_INSTR,
                    BAIL_TRAP_VECTOR(AARCH64_UNDEFINED_INSTR));
    own_registers();
    lock_registers();
    debug_registers();
    monitor_registers();
    newer_registers();
    DENIED("cntp_tval_el0");
    DENIED("cntp_ctl_el0");
    DENIED("cntp_cval_el0");
    DENIED_SETWAY("isw");
    DENIED_SETWAY("csw");
    DENIED_SETWAY("cisw");
    printf("[P%d] = %u\n", PRTOS_PARTITION_SELF, count);
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}
