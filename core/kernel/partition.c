/* SPDX-License-Identifier: Apache-2.0 */
/* Partitions as wholes: state over their vCPUs, reset, and the end of the last one. */
#include "hv/partition.h"

#include <prtos_inc/hm_events.h>
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/port.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/virq.h"

struct partition *partitions;
u32 partition_count;

bool partition_alive(const struct partition *partition)
{
    for (u32 i = 0; i < partition->n_vcpus; i++)
        if (read_once(partition->vcpus[i].state) != VCPU_HALTED)
            return true;
    return false;
}

u32 partition_state(const struct partition *partition)
{
    u32 state = PRTOS_STATUS_HALTED;

    for (u32 i = 0; i < partition->n_vcpus; i++) {
        if (partition->vcpus[i].state == VCPU_READY)
            return PRTOS_STATUS_READY;
        if (partition->vcpus[i].state == VCPU_SUSPENDED)
            state = PRTOS_STATUS_SUSPENDED;
    }
    return state;
}

/* The same request to every vCPU; OK if it does something for at least one. */
static s32 partition_post(struct cpu *self, struct partition *partition, u32 request)
{
    s32 code = PRTOS_NO_ACTION;

    for (u32 i = 0; i < partition->n_vcpus; i++) {
        struct vcpu *vcpu = &partition->vcpus[i];

        if (vcpu_request_code(read_once(vcpu->state), request) == PRTOS_OK) {
            vcpu_post(self, vcpu, request);
            code = PRTOS_OK;
        }
    }
    return code;
}

s32 partition_halt(struct cpu *self, struct partition *partition)
{
    return partition_post(self, partition, VCPU_MAIL_HALT);
}

s32 partition_suspend(struct cpu *self, struct partition *partition)
{
    return partition_post(self, partition, VCPU_MAIL_SUSPEND);
}

s32 partition_resume(struct cpu *self, struct partition *partition)
{
    return partition_post(self, partition, VCPU_MAIL_RESUME);
}

void partition_shutdown(struct cpu *self, struct partition *partition)
{
    for (u32 i = 0; i < partition->n_vcpus; i++)
        virq_pend_ext(self, &partition->vcpus[i], 1u << PRTOS_VT_EXT_SHUTDOWN);
}

s32 partition_reset(struct cpu *self, struct partition *partition, u32 mode, u32 status)
{
    if (!partition->loaded || !partition->vcpus[0].cpu)
        return PRTOS_INVALID_CONFIG;
    partition->reset_mode = mode;
    partition->reset_status = status;
    ports_close(partition);
    for (u32 i = 1; i < partition->n_vcpus; i++)
        vcpu_post(self, &partition->vcpus[i], VCPU_MAIL_HALT);
    vcpu_post(self, &partition->vcpus[0], VCPU_MAIL_RESET);
    return PRTOS_OK;
}

/* One piece of a cold restart, in the slots of vCPU 0. */
static void restart_step(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    /* Nobody may run in the memory that is being written. */
    for (u32 i = 1; i < partition->n_vcpus; i++)
        if (read_once(partition->vcpus[i].state) != VCPU_HALTED)
            return;
    if (loader_step(vcpu->cpu, partition))
        return;
    vcpu->work &= ~VCPU_WORK_CONT;
    if (partition->loader.phase == LOADER_DONE) {
        vcpu_start(vcpu, (hv_addr)loader_image(partition)->entry, partition->reset_status);
        return;
    }
    partition->loaded = false;
    vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
    health_partition(vcpu, PRTOS_HM_EV_SYSTEM_ERROR, NO_TRAPS, 0);
}

void partition_restart(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    vcpu_init(vcpu);
    if (partition->reset_mode == PRTOS_COLD_RESET) {
        vcpu->reset_counter = 0;
        vcpu->state = VCPU_READY;
        vcpu->opmode = PRTOS_OPMODE_COLD_RESET;
        ports_empty(partition);
        loader_begin(partition, false);
        vcpu->cont.step = restart_step;
        vcpu->work |= VCPU_WORK_CONT;
        sched_request(vcpu->cpu);
    } else {
        vcpu->reset_counter++;
        vcpu_start(vcpu, (hv_addr)loader_image(partition)->entry, partition->reset_status);
        vcpu->opmode = PRTOS_OPMODE_WARM_RESET;
    }
    partition->reset_counter = vcpu->reset_counter;
}

static const struct conf_area *area_find(const struct partition *partition, u64 start, u64 size,
                                         bool mapped)
{
    for (u32 i = 0; i < partition->conf->n_areas; i++) {
        const struct conf_area *area = &partition->areas[i];
        u64 base = mapped ? area->mapped_at : area->start;

        if (mapped && (area->flags & CONF_AREA_UNMAPPED))
            continue;
        if (start >= base && size <= area->size && start - base <= area->size - size)
            return area;
    }
    return NULL;
}

const struct conf_area *partition_area(const struct partition *partition, hv_phys start, u64 size)
{
    return area_find(partition, start, size, false);
}

const struct conf_area *partition_area_mapped(const struct partition *partition, u64 start,
                                              u64 size)
{
    return area_find(partition, start, size, true);
}

void partition_check_alive(struct cpu *self)
{
    for (u32 i = 0; i < partition_count; i++) {
        if (partition_alive(&partitions[i]))
            return;
        for (u32 j = 0; j < partitions[i].n_vcpus; j++)
            if (read_once(partitions[i].vcpus[j].mail) & VCPU_MAIL_RESET)
                return;
    }
    system_halt(self);
}
