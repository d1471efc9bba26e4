/* SPDX-License-Identifier: Apache-2.0 */
/* Partitions as wholes: state over their vCPUs, reset, and the end of the last one. */
#include "hv/partition.h"

#include <prtos_inc/hm_events.h>
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/port.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/virq.h"

struct partition *partitions;
u32 partition_count;

#define PORTS_DONE 0xffffffffu
#define ALIVE_PIECE 8u /* partitions looked at in one piece */

/* In the order of partition_reset(): who is seen halted by it sees the reset, or what it posted. */
bool partition_alive(const struct partition *partition)
{
    for (u32 i = partition->n_vcpus; --i;)
        if (vcpu_alive(&partition->vcpus[i]))
            return true;
    return __atomic_load_n(&partition->resets, __ATOMIC_SEQ_CST) ||
           vcpu_alive(&partition->vcpus[0]);
}

u32 partition_state(const struct partition *partition)
{
    u32 state = PRTOS_STATUS_HALTED;

    for (u32 i = 0; i < partition->n_vcpus; i++) {
        enum vcpu_state one = read_once(partition->vcpus[i].state);

        if (one == VCPU_READY)
            return PRTOS_STATUS_READY;
        if (one == VCPU_SUSPENDED)
            state = PRTOS_STATUS_SUSPENDED;
    }
    return state;
}

/* The same request to every vCPU; OK if it does something for at least one. The first comes last:
 * who asks whether the partition lives need not look far. */
static s32 partition_post(struct cpu *self, struct partition *partition, u32 request)
{
    static const u8 events[] = {AUDIT_SCHED_PART_RESUME, AUDIT_SCHED_PART_SUSPEND, 0, 0,
                                AUDIT_SCHED_PART_HALT};
    s32 code = PRTOS_NO_ACTION;

    for (u32 i = partition->n_vcpus; i--;) {
        struct vcpu *vcpu = &partition->vcpus[i];

        if (vcpu_request_code(read_once(vcpu->state), request) == PRTOS_OK) {
            if (code && TRACE_WANTS(SCHED))
                trace_event(self, TRACE_CODE(SCHED, events[__builtin_ctz(request)]), 1,
                            &partition->id);
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
    TRACE_EVENT(self, SCHED, PART_SHUTDOWN, partition->id);
    for (u32 i = 0; i < partition->n_vcpus; i++)
        virq_pend_ext(self, &partition->vcpus[i], 1u << PRTOS_VT_EXT_SHUTDOWN);
}

bool partition_has_slot(const struct partition *partition)
{
    return conf_vcpus(system_conf)[partition->conf->first_vcpu].cpu != CONF_NONE;
}

s32 partition_reset(struct cpu *self, struct partition *partition, u32 mode, u32 status)
{
    if (!partition->loaded || !partition_has_slot(partition))
        return PRTOS_INVALID_CONFIG;
    TRACE_EVENT(self, SCHED, PART_RESET, partition->id, mode, status);
    write_once(partition->reset_mode, mode);
    write_once(partition->reset_status, status);
    /* The restart last: vCPU 0 may have started the others anew before this CPU goes on. */
    __atomic_fetch_add(&partition->resets, 1, __ATOMIC_SEQ_CST);
    for (u32 i = 1; i < partition->n_vcpus; i++)
        if (read_once(partition->vcpus[i].state) != VCPU_HALTED)
            vcpu_post(self, &partition->vcpus[i], VCPU_MAIL_HALT);
    vcpu_post(self, &partition->vcpus[0], VCPU_MAIL_RESTART);
    __atomic_fetch_sub(&partition->resets, 1, __ATOMIC_SEQ_CST);
    return PRTOS_OK;
}

/* The image could not be placed: the partition is done for. */
static __cold void restart_failed(struct vcpu *vcpu)
{
    vcpu->partition->loaded = false;
    vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
    health_partition(vcpu, PRTOS_HM_EV_SYSTEM_ERROR, NO_TRAPS, 0);
}

/* Nobody may run in the memory that is being written, nor be about to: who was asked to start in
 * the meantime is halted again. */
static bool others_halted(const struct vcpu *vcpu)
{
    const struct partition *partition = vcpu->partition;
    bool halted = true;

    for (u32 i = 1; i < partition->n_vcpus; i++) {
        struct vcpu *other = &partition->vcpus[i];

        u32 mail = read_ordered(other->mail);

        if (read_ordered(other->state) == VCPU_HALTED && !mail)
            continue;
        halted = false;
        if (!(mail & VCPU_MAIL_HALT)) /* not asked yet */
            vcpu_post(vcpu->cpu, other, VCPU_MAIL_HALT);
    }
    return halted;
}

/* What a restart does to the partition's memory. A reload that was cut short left neither the old
 * one nor the new. */
static void memory_begin(struct partition *partition)
{
    enum loader_phase phase = partition->loader.phase;

    if (read_once(partition->reset_mode) == PRTOS_COLD_RESET ||
        (phase != LOADER_DONE && phase != LOADER_SPACE))
        loader_begin(partition, false);
    else if (phase == LOADER_SPACE || partition->remapped)
        loader_space(partition);
}

/* One piece of a restart, in the slots of vCPU 0: the ports, of which `aux` are done; the image if
 * it is a cold one; the vCPU. */
static void restart_step(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    if (!others_halted(vcpu))
        return;
    if (vcpu->cont.aux != PORTS_DONE) { /* nobody is at a port or at its tables any more */
        if (ports_reset(partition, &vcpu->cont.aux,
                        read_once(partition->reset_mode) == PRTOS_COLD_RESET))
            return;
        vcpu->cont.aux = PORTS_DONE;
        memory_begin(partition);
        return;
    }
    if (partition->loader.phase != LOADER_DONE) {
        if (!loader_step(vcpu->cpu, partition) && partition->loader.phase == LOADER_FAILED)
            restart_failed(vcpu);
        return;
    }
    if (vcpu_clear(vcpu, vcpu->cont.done++))
        return;
    if (read_once(partition->reset_mode) == PRTOS_COLD_RESET)
        for (u32 i = 1; i < partition->n_vcpus; i++)
            partition->vcpus[i].reset_counter = 0;
    store_release(&partition->restarting, 0);
    vcpu_start(vcpu, (hv_addr)loader_image(partition)->entry, 0,
               read_once(partition->reset_status));
}

void partition_restart(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;
    bool cold = read_once(partition->reset_mode) == PRTOS_COLD_RESET;

    __atomic_store_n(&partition->restarting, 1, __ATOMIC_SEQ_CST);
    vcpu_restart(vcpu, cold ? PRTOS_OPMODE_COLD_RESET : PRTOS_OPMODE_WARM_RESET,
                 &(struct vcpu_cont){.step = restart_step});
    vcpu->reset_counter = cold ? 0 : vcpu->reset_counter + 1;
}

static const struct conf_area *area_find(const struct partition *partition, u64 start, u64 size,
                                         bool mapped)
{
    for (u32 i = 0; i < partition->conf->n_areas; i++) {
        const struct conf_area *area = &partition->areas[i];
        u64 base = mapped ? area->mapped_at : area->start;

        if ((mapped && (area->flags & CONF_AREA_UNMAPPED)) ||
            (ARCH_DEVICE_SPACE && (area->flags & CONF_AREA_DEVICE)))
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

/* Whoever was found dead may have been started since by one that was dead when it was looked at:
 * then once more. */
void partition_look_alive(struct cpu *self)
{
    u32 end = self->alive_from + ALIVE_PIECE;

    if (!self->alive_from)
        self->alive_starts = read_ordered(vcpu_starts);
    for (; self->alive_from < end && self->alive_from < partition_count; self->alive_from++)
        if (partition_alive(&partitions[self->alive_from])) {
            self->alive_from = CPU_ALIVE_KNOWN;
            return;
        }
    if (self->alive_from < partition_count)
        return;
    if (read_ordered(vcpu_starts) == self->alive_starts)
        system_halt(self);
    self->alive_from = 0;
}
