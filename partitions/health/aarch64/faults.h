/* SPDX-License-Identifier: Apache-2.0 */
/* The patient's faults on AArch64, in the nurse's order. What is done about each is in the system
 * file. Exceptions at EL1 are the partition's own: BAIL hands them to the health monitor. */
#ifndef HEALTH_FAULTS_H
#define HEALTH_FAULTS_H

#include <prtos.h>

enum fault { NOTHING, OPCODE, UNALIGNED, WILD, SUPERVISOR, REPORTED, NOWHERE, FAULTS };

#define FAULT_NAMES                                                                                \
    {                                                                                              \
        "", "an invalid instruction, propagated", "an unaligned exclusive access, warm reset",     \
            "a wild pointer, cold reset", "a supervisor call, suspend",                            \
            "an error that it reports itself, shutdown", "a jump to nowhere, halt"                 \
    }

#define SUSPENDED_BY SUPERVISOR

/* The trap that is propagated, and how long its instruction is. */
#define SKIPPED_TRAP AARCH64_UNDEFINED_INSTR
#define SKIPPED_BYTES 4
/* The one after which the end is asked for is a call, which is over. */
#define ENDED_BYTES 0

static __inline__ void fault_make(enum fault kind)
{
    static prtos_u64_t words[2];
    prtos_trace_event_t report = {0};
    prtos_u64_t value;

    switch (kind) {
    case OPCODE:
        __asm__ __volatile__("udf #0");
        break;
    case UNALIGNED:
        __asm__ __volatile__("ldxr %0, [%1]" : "=r"(value) : "r"(PTR2ADDR(words) + 1));
        break;
    case WILD:
        *(volatile prtos_u32_t *)0xdead000 = 1;
        break;
    case SUPERVISOR:
        __asm__ __volatile__("svc #0");
        break;
    case REPORTED:
        report.op_code_hi = PRTOS_TRACE_UNRECOVERABLE << TRACE_OPCODE_CRIT_BIT;
        prtos_trace_event(TRACE_BM_ALWAYS, &report);
        break;
    case NOWHERE:
        ((void (*)(void))0xdead000)();
        break;
    default:
        break;
    }
}

#endif
