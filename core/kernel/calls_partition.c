/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls about partitions, the system and inter-partition virtual interrupts. */
#include <prtos_inc/hypercalls.h>

#include "conf/access.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/verbose.h"
#include "hv/virq.h"
#include "hypercall_table.h"
#include "lib/string.h"
#include "lib/text_sum.h"

#define TARGETS_PIECE 8u /* partitions that are interrupted in one piece */

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

    if (!code)
        code = partition_halt(vcpu->cpu, target);
    if (!code)
        verbose_halted(id);
    return code;
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

/* Plans of the caller's CPU; every CPU has the same ids. */
static s32 plan_by_name(const struct cpu *cpu, const char *name)
{
    const struct conf_cpu *row = conf_cpus(system_conf) + cpu->id;
    const struct conf_plan *plan = conf_plans(system_conf) + row->first_plan;

    for (u32 i = 0; i < row->n_plans; i++) {
        if (!strncmp(conf_text(system_conf, plan[i].name), name, CONF_NAME_MAX))
            return (s32)i;
    }
    return PRTOS_INVALID_CONFIG;
}

s32 hc_get_gid_by_name(struct vcpu *vcpu, const void *name, u32 entity)
{
    u32 sum;

    if (entity == PRTOS_PLAN_NAME)
        return plan_by_name(vcpu->cpu, name);
    if (entity != PRTOS_PARTITION_NAME)
        return PRTOS_INVALID_PARAM;
    sum = text_sum(name, CONF_NAME_MAX);
    for (u32 i = 0; i < partition_count; i++)
        if (partitions[i].name_sum == sum && !strncmp(partitions[i].name, name, CONF_NAME_MAX))
            return (s32)i;
    return PRTOS_INVALID_CONFIG;
}

/* The configured row for an external interrupt that the caller raises, or null. */
static const struct conf_ipvi *ipvi_of(const struct vcpu *vcpu, u32 irq)
{
    return vcpu->partition->ipvi[irq - PRTOS_VT_EXT_IPVI0];
}

static bool is_ipvi(u32 irq)
{
    return irq >= PRTOS_VT_EXT_IPVI0 && irq <= PRTOS_VT_EXT_IPVI7;
}

/* Some targets of a row, from *done on; true: there are more. */
static bool targets_raise(struct vcpu *vcpu, const struct conf_ipvi *row, u32 *done)
{
    u32 end = *done + TARGETS_PIECE;

    for (; *done < end && *done < row->n_targets; ++*done) {
        u32 id = conf_targets(system_conf)[row->first_target + *done];

        for (u32 i = 0; i < partitions[id].n_vcpus; i++)
            virq_pend_ext(vcpu->cpu, &partitions[id].vcpus[i],
                          1u << (PRTOS_VT_EXT_IPVI0 + row->number));
    }
    return *done < row->n_targets;
}

static void raise_step(struct vcpu *vcpu)
{
    if (!targets_raise(vcpu, vcpu->cont.object, &vcpu->cont.done))
        vcpu_finish(vcpu, PRTOS_OK);
}

s32 hc_raise_ipvi(struct vcpu *vcpu, u32 irq)
{
    const struct conf_ipvi *row;
    u32 done = 0;

    if (!is_ipvi(irq))
        return PRTOS_INVALID_PARAM;
    row = ipvi_of(vcpu, irq);
    if (!row)
        return PRTOS_NO_ACTION;
    if (!targets_raise(vcpu, row, &done))
        return PRTOS_OK;
    vcpu_continue(vcpu, &(struct vcpu_cont){
                            .step = raise_step, .object = (void *)(hv_addr)row, .done = done});
    return vcpu_pieces(vcpu);
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
