/* SPDX-License-Identifier: Apache-2.0 */
/* Power State Coordination Interface (Arm DEN 0022): the core's calls to the firmware, and the
 * guests' calls, which concern their own partition only. Both by SMC. */
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/vcpu.h"
#include "hypercall_table.h"

#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_SUSPEND 0x84000001u
#define PSCI_AFFINITY_INFO 0x84000004u
#define PSCI_FEATURES 0x8400000Au
#define PSCI_64 0x40000000u /* the same function with 64-bit arguments */
#define VERSION_1_0 0x10000u
#define FUNCTIONS 0x71fu /* bit n: the function n behind the version is there */

#define PSCI_OK 0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID (-2)
#define PSCI_DENIED (-3)
#define PSCI_ALREADY_ON (-4)
#define PSCI_BAD_ADDRESS (-9)
#define AFFINITY_ON 0
#define AFFINITY_OFF 1
#define AFFINITY_ID 0xff00fffffful

bool psci_context_take(struct vcpu *vcpu, u64 *value)
{
    if (!atomic_take(&vcpu->arch.context_given))
        return false;
    *value = vcpu->arch.context;
    return true;
}

s64 psci_call(u64 function, u64 a, u64 b, u64 c)
{
    register u64 x0 __asm__("x0") = function;
    register u64 x1 __asm__("x1") = a;
    register u64 x2 __asm__("x2") = b;
    register u64 x3 __asm__("x3") = c;

    __asm__ volatile("smc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                     :
                     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
                       "x16", "x17", "memory");
    return (s64)x0;
}

/* The vCPU of the caller's partition that a guest means by what it reads in MPIDR_EL1. */
static struct vcpu *target_of(const struct vcpu *vcpu, u64 affinity)
{
    const struct partition *partition = vcpu->partition;

    for (u32 i = 0; i < partition->n_vcpus; i++)
        if ((partition->vcpus[i].arch.vmpidr & AFFINITY_ID) == affinity ||
            partition->vcpus[i].cpu->id == affinity)
            return &partition->vcpus[i];
    return NULL;
}

static s64 cpu_on(struct vcpu *vcpu, u64 affinity, u64 entry, u64 context)
{
    struct vcpu *target = target_of(vcpu, affinity);

    if (!target)
        return PSCI_INVALID;
    if (entry & 3)
        return PSCI_BAD_ADDRESS;
    if (read_once(target->state) != VCPU_HALTED)
        return PSCI_ALREADY_ON;
    write_once(target->reset_entry, entry);
    write_once(target->reset_word, 0);
    write_once(target->arch.context, context);
    store_release(&target->arch.context_given, 1);
    vcpu_post(vcpu->cpu, target, VCPU_MAIL_RESET);
    return PSCI_OK;
}

static s64 affinity_info(struct vcpu *vcpu, u64 affinity)
{
    const struct vcpu *target = target_of(vcpu, affinity);

    if (!target)
        return PSCI_INVALID;
    return read_once(target->state) == VCPU_HALTED ? AFFINITY_OFF : AFFINITY_ON;
}

/* Functions are numbered from that of the version on. */
static s64 supported(u64 function)
{
    u64 n = (function & ~(u64)PSCI_64) - PSCI_VERSION;

    return n < 32 && FUNCTIONS >> n & 1 ? PSCI_OK : PSCI_NOT_SUPPORTED;
}

static s64 call(struct vcpu *vcpu, const u64 *x)
{
    switch (x[0] & ~(u64)PSCI_64) {
    case PSCI_VERSION:
        return VERSION_1_0;
    case PSCI_FEATURES:
        return supported(x[1]);
    case PSCI_CPU_SUSPEND:
        hc_wait_irq(vcpu);
        return PSCI_OK;
    case PSCI_CPU_OFF:
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
        return PSCI_DENIED;
    case PSCI_CPU_ON & ~PSCI_64:
        return cpu_on(vcpu, x[1], x[2], x[3]);
    case PSCI_AFFINITY_INFO:
        return affinity_info(vcpu, x[1]);
    case PSCI_SYSTEM_OFF:
        partition_halt(vcpu->cpu, vcpu->partition);
        return PSCI_DENIED;
    case PSCI_SYSTEM_RESET:
        return partition_reset(vcpu->cpu, vcpu->partition, PRTOS_COLD_RESET, 0) ? PSCI_DENIED
                                                                                : PSCI_OK;
    default:
        return PSCI_NOT_SUPPORTED;
    }
}

void psci_guest(struct vcpu *vcpu)
{
    u64 *x = vcpu->arch.frame.x;

    x[0] = (u64)call(vcpu, x);
}
