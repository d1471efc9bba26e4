/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the control table and the own vCPU's number on 32-bit x86. Comes by <hypervisor.h>. */
#ifndef LIBPRTOS_ARCH_HYPERVISOR_H
#define LIBPRTOS_ARCH_HYPERVISOR_H

#ifndef __ASSEMBLER__

#include <prtos_inc/arch/arch_types.h>
#include <prtos_inc/arch/segments.h>
#include <prtoshypercalls.h>

/* One instruction each: no interrupt handler comes between read and write. */
static __inline__ void prtos_pct_or(prtos_u32_t *word, prtos_u32_t bits)
{
    __asm__ __volatile__("orl %1, %0" : "+m"(*word) : "ir"(bits) : "memory");
}

static __inline__ void prtos_pct_and(prtos_u32_t *word, prtos_u32_t bits)
{
    __asm__ __volatile__("andl %1, %0" : "+m"(*word) : "ir"(bits) : "memory");
}

/* Lets the hypervisor deliver what waits. */
static __inline__ void prtos_arch_deliver(void)
{
    prtos_x86_set_if();
}

/* The hypervisor keeps the number. */
static __inline__ void prtos_arch_mark_vcpu(prtos_id_t vcpu)
{
    (void)vcpu;
}

/* lsl leaves the old value where the descriptor is not offered to us. */
static __inline__ prtos_id_t prtos_arch_own_vcpu(void)
{
    prtos_u32_t vcpu = CONFIG_MAX_NO_VCPUS;

    __asm__ __volatile__("lsl %1, %0" : "+r"(vcpu) : "r"(GUEST_VCPU_SEL) : "cc");
    return vcpu < CONFIG_MAX_NO_VCPUS ? vcpu : prtos_get_vcpuid();
}

#endif

#endif
