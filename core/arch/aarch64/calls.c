/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that only AArch64 has, and the tables by which vectors.S finds the handlers: the generated
 * one, or one that tells each call to the trace stream. */
#include <prtos_inc/guest.h>
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hypercall_table.h"

static s32 (*told[HYPERCALL_COUNT])(struct vcpu *vcpu);

static __cold s32 hypercall_told(struct vcpu *vcpu)
{
    return trace_call(vcpu, (u32)vcpu->arch.frame.x[0]);
}

/* The number has 64 bits, that of the trace 32: one that does not fit is told as the largest. */
__cold s32 hypercall_unknown(struct vcpu *vcpu)
{
    u64 nr = vcpu->arch.frame.x[0];

    if (!TRACE_WANTS(HCALLS))
        return PRTOS_UNKNOWN_HYPERCALL;
    return trace_call(vcpu, nr >> 32 ? 0xffffffffu : (u32)nr);
}

void calls_cpu_init(struct cpu *cpu)
{
    cpu->arch.timer = system_conf->trace_mask & 1u << TRACE_IRQ_MODULE ? CONF_NONE : GIC_TIMER;
    cpu->arch.calls = hypercall_table;
    if (!(system_conf->trace_mask & 1u << TRACE_HCALLS_MODULE))
        return;
    for (u32 i = 0; i < HYPERCALL_COUNT; i++)
        told[i] = hypercall_told;
    told[iret_nr] = hypercall_table[iret_nr];
    cpu->arch.calls = told;
}

s32 hc_raise_partition_trap(struct vcpu *vcpu, u32 trap)
{
    if (trap >= NO_TRAPS)
        return PRTOS_INVALID_PARAM;
    arch_vcpu_result(vcpu, PRTOS_OK); /* what its handler sees, and what it gets after that */
    trap_raise(vcpu, trap);
    return PRTOS_OK;
}
