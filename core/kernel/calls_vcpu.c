/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls about the vCPUs of the caller's own partition, and about plans. */
#include <prtos_inc/hypercalls.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/plans.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hypercall_table.h"

/* The code is decided by the state that the target is in now; OK means posted. */
static s32 request(struct vcpu *vcpu, u32 number, u32 what)
{
    struct vcpu *target = &vcpu->partition->vcpus[number];
    s32 code;

    if (number >= vcpu->partition->n_vcpus)
        return PRTOS_INVALID_PARAM;
    code = vcpu_request_code(read_once(target->state), what);
    if (!code)
        vcpu_post(vcpu->cpu, target, what);
    return code;
}

s32 hc_reset_vcpu(struct vcpu *vcpu, u32 number, hv_addr root, hv_addr entry, u32 status)
{
    struct vcpu *target = &vcpu->partition->vcpus[number];
    hv_addr space;

    if (number >= vcpu->partition->n_vcpus)
        return PRTOS_INVALID_PARAM;
    space = arch_space_root(vcpu->partition, root);
    if (!space)
        return PRTOS_INVALID_PARAM;
    write_once(target->reset_root, space);
    write_once(target->reset_entry, entry);
    write_once(target->reset_word, status);
    return request(vcpu, number, VCPU_MAIL_RESET);
}

s32 hc_halt_vcpu(struct vcpu *vcpu, u32 number)
{
    return request(vcpu, number, VCPU_MAIL_HALT);
}

s32 hc_suspend_vcpu(struct vcpu *vcpu, u32 number)
{
    return request(vcpu, number, VCPU_MAIL_SUSPEND);
}

s32 hc_resume_vcpu(struct vcpu *vcpu, u32 number)
{
    return request(vcpu, number, VCPU_MAIL_RESUME);
}

s32 hc_switch_sched_plan(struct vcpu *vcpu, u32 plan, u32 *previous)
{
    const struct cpu *cpu = vcpu->cpu;

    if (plan == cpu->plan_id)
        return PRTOS_NO_ACTION;
    if (plan >= conf_cpus(system_conf)[cpu->id].n_plans ||
        (plan == 0 && !(system_conf->flags & CONF_SYSTEM_PLAN0_REENTER)))
        return PRTOS_INVALID_PARAM;
    TRACE_EVENT(vcpu->cpu, SCHED, PLAN_SWITCH_REQ, plan);
    *previous = cpu->plan_id;
    plans_switch(plan);
    return PRTOS_OK;
}
