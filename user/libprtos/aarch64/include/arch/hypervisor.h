/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the control table and the own vCPU's number on AArch64. Comes by <hypervisor.h>. */
#ifndef LIBPRTOS_ARCH_HYPERVISOR_H
#define LIBPRTOS_ARCH_HYPERVISOR_H

#ifndef __ASSEMBLER__

#include <prtos_inc/arch/arch_types.h>
#include <prtoshypercalls.h>

/* An interrupt handler that comes between read and write makes the store fail: once more. */
#define PRTOS_PCT_CHANGE_(op, word, bits)                                                          \
    do {                                                                                           \
        prtos_u32_t value_, failed_;                                                               \
        __asm__ __volatile__("1: ldxr %w0, %2\n\t" op " %w0, %w0, %w3\n\t"                         \
                             "stxr %w1, %w0, %2\n\tcbnz %w1, 1b"                                   \
                             : "=&r"(value_), "=&r"(failed_), "+Q"(*(word))                        \
                             : "r"(bits)                                                           \
                             : "memory");                                                          \
    } while (0)

static __inline__ void prtos_pct_or(prtos_u32_t *word, prtos_u32_t bits)
{
    PRTOS_PCT_CHANGE_("orr", word, bits);
}

static __inline__ void prtos_pct_and(prtos_u32_t *word, prtos_u32_t bits)
{
    PRTOS_PCT_CHANGE_("and", word, bits);
}

/* Lets the hypervisor deliver what waits: it does after every call. */
static __inline__ void prtos_arch_deliver(void)
{
    prtos_s32_t result;

    _PRTOS_HCALL2(0, 0, clear_irqmask_nr, result);
    (void)result;
}

/* In a partition of several vCPUs TPIDR_EL1 holds this mark and the vCPU's number. A program that
 * wants the register for itself may have it: the number then takes a call. */
#define PRTOS_VCPU_MARK_ 0x7670435055ull

static __inline__ void prtos_arch_mark_vcpu(prtos_id_t vcpu)
{
    __asm__ __volatile__("msr tpidr_el1, %0" : : "r"(PRTOS_VCPU_MARK_ << 8 | vcpu));
}

static __inline__ prtos_id_t prtos_arch_own_vcpu(void)
{
    prtos_u64_t mark;

    __asm__ __volatile__("mrs %0, tpidr_el1" : "=r"(mark));
    mark ^= PRTOS_VCPU_MARK_ << 8;
    return mark < CONFIG_MAX_NO_VCPUS ? mark : prtos_get_vcpuid();
}

#endif

#endif
