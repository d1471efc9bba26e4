/* SPDX-License-Identifier: Apache-2.0 */
/* The patient's faults on x86, in the nurse's order. What is done about each is in the system
 * file. */
#ifndef HEALTH_FAULTS_H
#define HEALTH_FAULTS_H

#include <prtos.h>

enum fault { NOTHING, OPCODE, DIVIDE, WILD, BREAK, PRIVILEGED, HYPERVISOR, FAULTS };

#define FAULT_NAMES                                                                                \
    {                                                                                              \
        "", "an invalid instruction, propagated", "a division by zero, warm reset",                \
            "a wild pointer, cold reset", "a breakpoint, suspend",                                 \
            "a privileged instruction, shutdown", "a write to the hypervisor, halt"                \
    }

#define SUSPENDED_BY BREAK

/* The trap that is propagated, and how long its instruction is. */
#define SKIPPED_TRAP INVALID_OPCODE
#define SKIPPED_BYTES 2
/* How long the one is after which the end is asked for. */
#define ENDED_BYTES 1

static __inline__ void fault_make(enum fault kind)
{
    volatile prtos_u32_t zero = 0;

    switch (kind) {
    case OPCODE:
        __asm__ __volatile__("ud2");
        break;
    case DIVIDE:
        zero = (prtos_u32_t)kind / zero;
        break;
    case WILD:
        *(volatile prtos_u32_t *)0xdead000 = 1;
        break;
    case BREAK:
        __asm__ __volatile__("int3");
        break;
    case PRIVILEGED:
        __asm__ __volatile__("cli");
        break;
    case HYPERVISOR:
        *(volatile prtos_u32_t *)CONFIG_PRTOS_OFFSET = 1;
        break;
    default:
        break;
    }
}

#endif
