/* SPDX-License-Identifier: Apache-2.0 */
/* The status object: what the hypervisor tells of itself, of partitions, vCPUs, plans. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/status.h>

#include "conf/access.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/health.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/plans.h"
#include "hv/sched.h"
#include "hv/system.h"

static s32 answer(hv_addr arg, const void *bytes, u32 size)
{
    return guest_write(arg, bytes, size) ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

static void stats_add(struct message_stats *sum, const struct message_stats *part)
{
    sum->sampling_read += part->sampling_read;
    sum->sampling_written += part->sampling_written;
    sum->queuing_sent += part->queuing_sent;
    sum->queuing_received += part->queuing_received;
}

static s32 system_status(struct vcpu *vcpu, hv_addr arg)
{
    struct message_stats stats = {0};
    prtos_sys_status_t status = {.reset_counter = system_past.reset_counter,
                                 .num_of_hm_events = health_count(),
                                 .current_maf = vcpu->cpu->frames};

    for (u32 i = 0; i < cpu_count; i++) {
        status.num_of_irqs += cpus[i]->n_irqs;
        stats_add(&stats, &cpus[i]->stats);
    }
    status.num_of_sampling_port_msgs_read = stats.sampling_read;
    status.num_of_sampling_port_msgs_written = stats.sampling_written;
    status.num_of_queuing_port_msgs_sent = stats.queuing_sent;
    status.num_of_queuing_port_msgs_received = stats.queuing_received;
    return answer(arg, &status, sizeof(status));
}

static s32 partition_status(const struct partition *target, hv_addr arg)
{
    const struct vcpu *first = &target->vcpus[0];
    prtos_part_status_t status = {
        .state = partition_state(target),
        .op_mode = first->opmode,
        .reset_counter = first->reset_counter,
        .reset_status = first->reset_status,
        .exec_clock = clock_us(sched_exec_time(first, clock_now())),
    };
    struct message_stats stats = {0};

    for (u32 i = 0; i < target->n_vcpus; i++) {
        status.num_of_virqs += target->vcpus[i].n_virqs;
        stats_add(&stats, &target->vcpus[i].stats);
    }
    status.num_of_sampling_port_msgs_read = stats.sampling_read;
    status.num_of_sampling_port_msgs_written = stats.sampling_written;
    status.num_of_queuing_port_msgs_sent = stats.queuing_sent;
    status.num_of_queuing_port_msgs_received = stats.queuing_received;
    return answer(arg, &status, sizeof(status));
}

static u32 vcpu_status_word(const struct vcpu *vcpu)
{
    static const u8 words[VCPU_STATES] = {[VCPU_HALTED] = PRTOS_STATUS_HALTED,
                                          [VCPU_READY] = PRTOS_STATUS_READY,
                                          [VCPU_SUSPENDED] = PRTOS_STATUS_SUSPENDED};

    return words[read_once(vcpu->state)];
}

static s32 plan_status(const struct vcpu *vcpu, hv_addr arg)
{
    const struct cpu *cpu = vcpu->cpu;
    prtos_plan_status_t status = {.switch_time = clock_us(cpu->plan_since),
                                  .next = (s32)plans_next(),
                                  .current = (s32)cpu->plan_id,
                                  .prev = cpu->previous_plan};

    return answer(arg, &status, sizeof(status));
}

static s32 opmode_set(const struct partition *target, hv_addr arg)
{
    u32 mode;

    if (!target || !guest_read(&mode, arg, sizeof(mode)) || mode > PRTOS_OPMODE_NORMAL)
        return PRTOS_INVALID_PARAM;
    for (u32 i = 0; i < target->n_vcpus; i++)
        target->vcpus[i].opmode = mode;
    return PRTOS_OK;
}

static s32 vcpu_status(const struct partition *target, u32 number, hv_addr arg)
{
    prtos_virtual_cpu_status_t status;

    if (!target || number >= target->n_vcpus)
        return PRTOS_INVALID_PARAM;
    status.state = vcpu_status_word(&target->vcpus[number]);
    status.op_mode = target->vcpus[number].opmode;
    return answer(arg, &status, sizeof(status));
}

/* Type of a page, and what refers to it: areas that show it, or the tables above it. */
static s32 page_status(const struct partition *target, hv_addr arg)
{
    prtos_phys_page_status_t status;
    hv_phys page;
    u32 references;

    if (!target || !guest_read(&status, arg, sizeof(status)))
        return PRTOS_INVALID_PARAM;
    page = status.p_addr & ~(prtos_address_t)(CONF_PAGE - 1);
    if (!partition_area(target, page, CONF_PAGE))
        return PRTOS_INVALID_PARAM;
    status.unused = 0;
    status.type = arch_page_type(target, page, &references) & 7u;
    status.counter = (status.type == PPAG_STD ? 0 : references) & 0x7ffffffu;
    for (u32 i = 0; status.type == PPAG_STD && i < target->conf->n_areas; i++)
        if (!(target->areas[i].flags & CONF_AREA_UNMAPPED) &&
            page - target->areas[i].start < target->areas[i].size)
            status.counter++;
    return answer(arg, &status, sizeof(status));
}

static s32 status_ctrl(struct vcpu *vcpu, u32 desc)
{
    hv_addr arg = object_arg(vcpu);
    u32 id = OBJDESC_GET_PARTITIONID(desc);
    const struct partition *target = NULL;

    if (id != vcpu->partition->id && !vcpu->partition->system)
        return PRTOS_PERM_ERROR;
    if (id != PRTOS_HYPERVISOR_ID) {
        if (id >= partition_count)
            return PRTOS_INVALID_PARAM;
        target = &partitions[id];
    }
    switch (object_cmd(vcpu)) {
    case PRTOS_GET_SYSTEM_STATUS:
        return target ? partition_status(target, arg) : system_status(vcpu, arg);
    case PRTOS_GET_SCHED_PLAN_STATUS:
        return plan_status(vcpu, arg);
    case PRTOS_SET_PARTITION_OPMODE:
        return opmode_set(target, arg);
    case PRTOS_GET_PHYSPAGE_STATUS:
        return page_status(target, arg);
    case PRTOS_GET_VCPU_STATUS:
        return vcpu_status(target, OBJDESC_GET_VCPUID(desc), arg);
    default:
        return PRTOS_INVALID_PARAM;
    }
}

const struct object_ops status_ops = {object_absent, object_absent, object_absent, status_ctrl};
