/* SPDX-License-Identifier: Apache-2.0 */
/* Health monitor: looks an event up in the configured table, logs it, does the action. Also the
 * object through which system partitions read the log. */
#include "hv/health.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/hm.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/driver.h"
#include "hv/guestmem.h"
#include "hv/lock.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/plans.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/verbose.h"
#include "hv/virq.h"

static struct log_store store;
static struct lock store_lock; /* around the store and the sequence */
static u32 sequence;

__cold void health_init(const struct conf_header *conf)
{
    if (conf->health_log != CONF_NONE) {
        const struct conf_device *device = conf_devices(conf) + conf->health_log;

        log_open(cpus[0], &store, device->start, device->size, sizeof(prtos_hm_log_t));
    }
}

u64 health_count(void)
{
    u64 events = 0;

    for (u32 i = 0; i < cpu_count; i++)
        events += cpus[i]->n_events;
    return events;
}

/* One's complement of the one's complement sum of 16-bit words, the entry's checksum being 0. */
static u16 checksum(const void *entry, u32 size)
{
    const u16 *word = entry;
    u32 sum = 0;

    for (u32 i = 0; i < size / 2; i++)
        sum += word[i];
    sum = (sum & 0xffff) + (sum >> 16);
    sum += sum >> 16;
    return (u16)~sum;
}

static __cold void log_event(struct cpu *self, const struct vcpu *vcpu, u32 event,
                             const struct health_context *context)
{
    prtos_hm_log_t entry = {.signature = PRTOS_HMLOG_SIGNATURE};

    lock_take(&store_lock);
    entry.op_code_hi = sequence++ << HMLOG_OPCODE_SEQ_BIT;
    entry.op_code_lo = event << HMLOG_OPCODE_EVENT_BIT;
    if (vcpu)
        entry.op_code_lo |= vcpu->number << HMLOG_OPCODE_VCPUID_BIT | vcpu->partition->id;
    else
        entry.op_code_hi |= HMLOG_OPCODE_SYS_MASK;
    if (context && context->valid) {
        entry.op_code_hi |= HMLOG_OPCODE_VALID_CPUCTXT_MASK;
        entry.cpu_ctxt.pc = context->pc;
        entry.cpu_ctxt.psr = context->psr;
    }
    entry.timestamp = clock_us(clock_now());
    entry.checksum = checksum(&entry, sizeof(entry));
    log_append(self, &store, &entry);
    lock_release(&store_lock);
}

/* Restart with the status that says why (guest-abi.md, 11). */
static u32 restart_status(u32 event)
{
    return (u32)PRTOS_HM_RESET_STATUS_PARTITION_RESTART << PRTOS_HM_RESET_STATUS_USER_CODE_BIT |
           event;
}

static void partition_restart_or_halt(struct cpu *self, struct partition *partition, u32 mode,
                                      u32 event)
{
    if (partition_reset(self, partition, mode, restart_status(event)))
        partition_halt(self, partition);
}

/* Actions that concern the whole system; false: the action is another one. */
static __cold bool system_action(struct cpu *self, u32 action, u32 event)
{
    u32 status =
        (u32)PRTOS_HM_RESET_STATUS_MODULE_RESTART << PRTOS_HM_RESET_STATUS_USER_CODE_BIT | event;

    switch (action) {
    case PRTOS_HM_AC_HYPERVISOR_COLD_RESET:
        system_reset(self, PRTOS_COLD_RESET, status);
    case PRTOS_HM_AC_HYPERVISOR_WARM_RESET:
        system_reset(self, PRTOS_WARM_RESET, status);
    case PRTOS_HM_AC_HYPERVISOR_HALT:
        system_halt(self);
    case PRTOS_HM_AC_SWITCH_TO_MAINTENANCE:
        plans_maintenance(self);
        return true;
    default:
        return false;
    }
}

static __cold void partition_action(struct cpu *self, struct vcpu *vcpu, u32 action, u32 event)
{
    struct partition *partition = vcpu->partition;

    switch (action) {
    case PRTOS_HM_AC_IGNORE:
        break;
    case PRTOS_HM_AC_SHUTDOWN:
        partition_shutdown(self, partition);
        break;
    case PRTOS_HM_AC_PARTITION_COLD_RESET:
        partition_restart_or_halt(self, partition, PRTOS_COLD_RESET, event);
        break;
    case PRTOS_HM_AC_PARTITION_WARM_RESET:
        partition_restart_or_halt(self, partition, PRTOS_WARM_RESET, event);
        break;
    case PRTOS_HM_AC_SUSPEND:
        partition_suspend(self, partition);
        break;
    default:
        partition_halt(self, partition);
        break;
    }
}

static void action_step(struct vcpu *vcpu)
{
    u32 event = vcpu->cont.aux;

    vcpu_finish(vcpu, arch_vcpu_answer(vcpu));
    partition_action(vcpu->cpu, vcpu, vcpu->partition->health[event].action, event);
}

/* What there is to tell of an event, and the actions that are not a guest's own business. */
static __cold void event_handle(struct vcpu *vcpu, u32 event, const struct conf_health *row)
{
    struct health_context context;

    arch_context(vcpu, &context);
    if (row->log)
        log_event(vcpu->cpu, vcpu, event, &context);
    verbose_health(vcpu, event, row->action, &context);
    if (row->action == PRTOS_HM_AC_PROPAGATE || system_action(vcpu->cpu, row->action, event))
        return;
    if (vcpu->partition->n_vcpus > 1 && vcpu->state == VCPU_READY) /* a piece of its own */
        vcpu_continue(vcpu, &(struct vcpu_cont){.step = action_step, .aux = event});
    else
        partition_action(vcpu->cpu, vcpu, row->action, event);
}

void health_partition(struct vcpu *vcpu, u32 event, u32 trap, u32 error)
{
    const struct conf_health *row = &vcpu->partition->health[event];

    vcpu->cpu->n_events++;
    if (unlikely(row->action != PRTOS_HM_AC_PROPAGATE || row->log || verbose_on()))
        event_handle(vcpu, event, row);
    if (row->action == PRTOS_HM_AC_PROPAGATE && trap < NO_TRAPS)
        virq_propagate(vcpu, trap, error);
}

__cold void health_hypervisor(struct cpu *self, u32 event, const struct health_context *context)
{
    const struct conf_health *row = conf_healths(system_conf) + event;

    self->n_events++;
    if (row->log)
        log_event(self, NULL, event, context);
    verbose_health(NULL, event, row->action, context);
    if (row->action != PRTOS_HM_AC_IGNORE && !system_action(self, row->action, event))
        system_halt(self);
}

static __cold s32 health_check(const struct vcpu *vcpu, u32 desc)
{
    if (OBJDESC_GET_PARTITIONID(desc) != PRTOS_HYPERVISOR_ID)
        return PRTOS_INVALID_PARAM;
    return vcpu->partition->system ? PRTOS_OK : PRTOS_PERM_ERROR;
}

static __cold s32 health_read(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    prtos_hm_log_t entry;
    bool found;
    s32 code = health_check(vcpu, desc);

    if (code)
        return code;
    /* One entry a call keeps the call short; the library asks again for more. */
    if (object_size(vcpu) < sizeof(entry) || !guest_buffer(buffer, sizeof(entry), true))
        return PRTOS_INVALID_PARAM;
    lock_take(&store_lock);
    found = log_read(vcpu->cpu, &store, store.cursor, &entry);
    store.cursor += found;
    lock_release(&store_lock);
    if (!found)
        return 0;
    return guest_write(buffer, &entry, sizeof(entry)) ? (s32)sizeof(entry) : PRTOS_INVALID_PARAM;
}

static __cold s32 health_seek(struct vcpu *vcpu, u32 desc)
{
    u32 offset = object_offset(vcpu);
    u32 whence = object_whence(vcpu);
    s64 base = 0;
    s32 code = health_check(vcpu, desc);

    if (code)
        return code;
    if (whence > PRTOS_OBJ_SEEK_END)
        return PRTOS_INVALID_PARAM;
    if (whence == PRTOS_OBJ_SEEK_CUR)
        base = store.cursor;
    else if (whence == PRTOS_OBJ_SEEK_END)
        base = store.count;
    base += (s32)offset;
    if (base < 0 || base > store.count)
        return PRTOS_INVALID_PARAM;
    store.cursor = (u32)base;
    return PRTOS_OK;
}

static __cold s32 health_ctrl(struct vcpu *vcpu, u32 desc)
{
    hv_addr arg = object_arg(vcpu);
    prtos_hm_status_t status = {(prtos_s32_t)store.count, (prtos_s32_t)store.max,
                                (prtos_s32_t)store.cursor};
    s32 code = health_check(vcpu, desc);

    if (code)
        return code;
    switch (object_cmd(vcpu)) {
    case PRTOS_HM_GET_STATUS:
        return guest_write(arg, &status, sizeof(status)) ? PRTOS_OK : PRTOS_INVALID_PARAM;
    case PRTOS_HM_LOCK_EVENTS:
        store.locked = 1;
        return PRTOS_OK;
    case PRTOS_HM_UNLOCK_EVENTS:
        store.locked = 0;
        return PRTOS_OK;
    case PRTOS_HM_RESET_EVENTS:
        lock_take(&store_lock);
        log_reset(vcpu->cpu, &store);
        lock_release(&store_lock);
        return PRTOS_OK;
    default:
        return PRTOS_INVALID_PARAM;
    }
}

const struct object_ops health_ops = {health_read, object_absent, health_seek, health_ctrl};
