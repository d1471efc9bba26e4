/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls about partitions, the system and inter-partition virtual interrupts. */
#include <prtos_inc/hypercalls.h>

#include "conf/access.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/virq.h"
#include "hypercall_table.h"
#include "lib/string.h"

/* The partition a call names: always oneself, another with the system flag. */
static s32 target_of(const struct vcpu *vcpu, u32 id, struct partition **target)
{
    if (id != vcpu->partition->id) {
        if (!vcpu->partition->system)
            return PRTOS_PERM_ERROR;
        if (id >= partition_count)
            return PRTOS_INVALID_PARAM;
    }
    *target = &partitions[id];
    return PRTOS_OK;
}

s32 hc_halt_partition(struct vcpu *vcpu, u32 id)
{
    struct partition *target;
    s32 code = target_of(vcpu, id, &target);

    return code ? code : partition_halt(vcpu->cpu, target);
}

s32 hc_suspend_partition(struct vcpu *vcpu, u32 id)
{
    struct partition *target;
    s32 code = target_of(vcpu, id, &target);

    return code ? code : partition_suspend(vcpu->cpu, target);
}

s32 hc_resume_partition(struct vcpu *vcpu, u32 id)
{
    struct partition *target;
    s32 code;

    if (id == vcpu->partition->id)
        return PRTOS_NO_ACTION;
    code = target_of(vcpu, id, &target);
    return code ? code : partition_resume(vcpu->cpu, target);
}

s32 hc_reset_partition(struct vcpu *vcpu, u32 id, u32 mode, u32 status)
{
    struct partition *target;
    s32 code = target_of(vcpu, id, &target);

    if (code)
        return code;
    if (mode != PRTOS_COLD_RESET && mode != PRTOS_WARM_RESET)
        return PRTOS_INVALID_PARAM;
    return partition_reset(vcpu->cpu, target, mode, status);
}

s32 hc_shutdown_partition(struct vcpu *vcpu, u32 id)
{
    struct partition *target;
    s32 code = target_of(vcpu, id, &target);

    if (!code)
        partition_shutdown(vcpu->cpu, target);
    return code;
}

s32 hc_halt_system(struct vcpu *vcpu)
{
    system_halt(vcpu->cpu);
}

s32 hc_reset_system(struct vcpu *vcpu, u32 mode)
{
    if (mode != PRTOS_COLD_RESET && mode != PRTOS_WARM_RESET)
        return PRTOS_INVALID_PARAM;
    system_reset(vcpu->cpu, mode, 0);
}

s32 hc_get_gid_by_name(struct vcpu *vcpu, const void *name, u32 entity)
{
    u32 n;

    if (entity == PRTOS_PARTITION_NAME) {
        for (u32 i = 0; i < partition_count; i++)
            if (!strncmp(partitions[i].name, name, CONF_NAME_MAX))
                return (s32)i;
        return PRTOS_INVALID_CONFIG;
    }
    if (entity != PRTOS_PLAN_NAME)
        return PRTOS_INVALID_PARAM;
    /* Plans of the caller's CPU; every CPU has the same ids. */
    n = conf_cpus(system_conf)[vcpu->cpu->id].n_plans;
    for (u32 i = 0; i < n; i++) {
        const struct conf_plan *plan =
            conf_plans(system_conf) + conf_cpus(system_conf)[vcpu->cpu->id].first_plan + i;

        if (!strncmp(conf_text(system_conf, plan->name), name, CONF_NAME_MAX))
            return (s32)i;
    }
    return PRTOS_INVALID_CONFIG;
}

/* The configured row for an external interrupt that the caller raises, or null. */
static const struct conf_ipvi *ipvi_of(const struct vcpu *vcpu, u32 irq)
{
    const struct conf_ipvi *row = conf_ipvis(system_conf);

    for (u32 i = 0; i < conf_count(system_conf, CONF_T_IPVI); i++)
        if (row[i].source == vcpu->partition->id && row[i].number == irq - PRTOS_VT_EXT_IPVI0)
            return &row[i];
    return NULL;
}

static bool is_ipvi(u32 irq)
{
    return irq >= PRTOS_VT_EXT_IPVI0 && irq <= PRTOS_VT_EXT_IPVI7;
}

s32 hc_raise_ipvi(struct vcpu *vcpu, u32 irq)
{
    const struct conf_ipvi *row;

    if (!is_ipvi(irq))
        return PRTOS_INVALID_PARAM;
    row = ipvi_of(vcpu, irq);
    if (!row)
        return PRTOS_NO_ACTION;
    for (u32 i = 0; i < row->n_targets; i++) {
        struct partition *target = &partitions[conf_targets(system_conf)[row->first_target + i]];

        for (u32 j = 0; j < target->n_vcpus; j++)
            virq_pend_ext(vcpu->cpu, &target->vcpus[j], 1u << irq);
    }
    return PRTOS_OK;
}

/* Whether any vCPU of the partition would notice. */
static bool raise_at(struct vcpu *vcpu, struct partition *target, u32 irq)
{
    bool news = false;

    for (u32 i = 0; i < target->n_vcpus; i++) {
        if (read_once(target->vcpus[i].state) == VCPU_HALTED)
            continue;
        if (!(read_once(target->vcpus[i].pend_ext) >> irq & 1))
            news = true;
        virq_pend_ext(vcpu->cpu, &target->vcpus[i], 1u << irq);
    }
    return news;
}

s32 hc_raise_partition_ipvi(struct vcpu *vcpu, u32 id, u32 irq)
{
    const struct conf_ipvi *row;

    if (!is_ipvi(irq) || id >= partition_count)
        return PRTOS_INVALID_PARAM;
    row = ipvi_of(vcpu, irq);
    for (u32 i = 0; row && i < row->n_targets; i++)
        if (conf_targets(system_conf)[row->first_target + i] == id)
            return raise_at(vcpu, &partitions[id], irq) ? PRTOS_OK : PRTOS_NO_ACTION;
    return PRTOS_INVALID_CONFIG;
}
