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
#include "hv/log.h"
#include "hv/object.h"
#include "hv/partition.h"
#include "hv/plans.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/verbose.h"
#include "hv/virq.h"
#include "lib/string.h"

static struct log health_log;
static u32 sequence;

__cold void health_init(const struct conf_header *conf)
{
    log_start(conf, &health_log, LOG_HEALTH);
}

u64 health_count(void)
{
    u64 events = 0;

    for (u32 i = 0; i < cpu_count; i++)
        events += cpus[i]->n_events;
    return events;
}

static __cold void log_event(struct cpu *self, const struct vcpu *vcpu, u32 event,
                             const struct health_context *context)
{
    union {
        prtos_hm_log_t health;
        log_entry entry;
    } e = {.health.signature = PRTOS_HMLOG_SIGNATURE};

    e.health.op_code_lo = event << HMLOG_OPCODE_EVENT_BIT;
    if (vcpu)
        e.health.op_code_lo |= vcpu->number << HMLOG_OPCODE_VCPUID_BIT | vcpu->partition->id;
    else
        e.health.op_code_hi |= HMLOG_OPCODE_SYS_MASK;
    if (context && context->payload) {
        memcpy(e.health.payload, context->payload, sizeof(e.health.payload));
    } else if (context && context->valid) {
        e.health.op_code_hi |= HMLOG_OPCODE_VALID_CPUCTXT_MASK;
        e.health.cpu_ctxt.pc = context->pc;
        e.health.cpu_ctxt.psr = context->psr;
    }
    log_put(self, &health_log, &sequence, &e.entry);
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

/* A vCPU that could not take its interrupt goes on in a restart only. */
static void event_end(struct vcpu *vcpu, u32 event)
{
    if (event == PRTOS_HM_EV_FATAL_ERROR && !vcpu->cont.step)
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
}

/* The vCPU goes on; what is done about the event may be done to others too. */
static void action_step(struct vcpu *vcpu)
{
    u32 event = vcpu->cont.aux;

    vcpu_end(vcpu);
    partition_action(vcpu->cpu, vcpu, vcpu->partition->health[event].action, event);
    event_end(vcpu, event);
}

/* What there is to tell of an event. */
static __cold void event_tell(struct vcpu *vcpu, u32 event, u32 trap, u32 error)
{
    const struct conf_health *row = &vcpu->partition->health[event];
    struct health_context context;

    vcpu->cpu->n_events++;
    if (trap < NO_TRAPS)
        TRACE_EVENT(vcpu->cpu, IRQ, TRAP_RAISED, trap, error);
    arch_context(vcpu, &context);
    context.payload = event == PRTOS_HM_EV_PARTITION_ERROR ? vcpu->raised : NULL;
    TRACE_EVENT(vcpu->cpu, HM, EV_RAISED, event, (u32)context.pc);
    TRACE_EVENT(vcpu->cpu, HM, PART_ACTION, event, row->action);
    if (row->log)
        log_event(vcpu->cpu, vcpu, event, &context);
    verbose_health(vcpu, event, row->action, &context);
    if (trap < NO_TRAPS && row->action == PRTOS_HM_AC_PROPAGATE)
        TRACE_EVENT(vcpu->cpu, IRQ, EMULATED, vcpu->trap_vector[trap]);
}

/* One piece tells, the next one acts. */
static __cold void event_step(struct vcpu *vcpu)
{
    u32 event = vcpu->cont.aux, trap = vcpu->cont.size, error = vcpu->cont.done;
    u32 action = vcpu->partition->health[event].action;

    event_tell(vcpu, event, trap, error);
    if (action != PRTOS_HM_AC_PROPAGATE) {
        vcpu_continue(vcpu, &(struct vcpu_cont){.step = action_step, .aux = event});
        return;
    }
    vcpu_finish(vcpu, arch_vcpu_answer(vcpu));
    if (trap < NO_TRAPS)
        virq_propagate(vcpu, trap, error);
    event_end(vcpu, event);
}

static bool is_of_system(u32 action)
{
    return action == PRTOS_HM_AC_HYPERVISOR_COLD_RESET ||
           action == PRTOS_HM_AC_HYPERVISOR_WARM_RESET || action == PRTOS_HM_AC_HYPERVISOR_HALT ||
           action == PRTOS_HM_AC_SWITCH_TO_MAINTENANCE;
}

/* An event that is not just propagated. A vCPU that will not run has no pieces; the system does not
 * wait for the vCPU's next slot. */
static __cold void event_begin(struct vcpu *vcpu, u32 event, u32 trap, u32 error)
{
    u32 action = vcpu->partition->health[event].action;

    if (vcpu->state == VCPU_READY && !is_of_system(action)) {
        vcpu_continue(vcpu, &(struct vcpu_cont){
                                .step = event_step, .size = trap, .done = error, .aux = event});
        return;
    }
    event_tell(vcpu, event, trap, error);
    if (action != PRTOS_HM_AC_PROPAGATE && !system_action(vcpu->cpu, action, event))
        partition_action(vcpu->cpu, vcpu, action, event);
}

void health_partition(struct vcpu *vcpu, u32 event, u32 trap, u32 error)
{
    const struct conf_health *row = &vcpu->partition->health[event];

    if (unlikely(row->action != PRTOS_HM_AC_PROPAGATE || row->log || verbose_on() || trace_mask)) {
        event_begin(vcpu, event, trap, error);
        return;
    }
    vcpu->cpu->n_events++;
    if (trap < NO_TRAPS)
        virq_propagate(vcpu, trap, error);
}

__cold void health_raised(struct vcpu *vcpu, const void *payload)
{
    memcpy(vcpu->raised, payload, sizeof(vcpu->raised));
    event_begin(vcpu, PRTOS_HM_EV_PARTITION_ERROR, NO_TRAPS, 0);
}

__cold void health_hypervisor(struct cpu *self, u32 event, const struct health_context *context)
{
    const struct conf_health *row = conf_healths(system_conf) + event;

    self->n_events++;
    TRACE_EVENT(self, HM, EV_RAISED, event, context ? (u32)context->pc : 0);
    TRACE_EVENT(self, HM, HYP_ACTION, event, row->action);
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
    s32 code = health_check(vcpu, desc);

    return code ? code : log_read_call(vcpu, &health_log);
}

static __cold s32 health_seek(struct vcpu *vcpu, u32 desc)
{
    s32 code = health_check(vcpu, desc);

    if (code)
        return code;
    return log_seek_call(vcpu, &health_log, false) < 0 ? PRTOS_INVALID_PARAM : PRTOS_OK;
}

static __cold s32 health_ctrl(struct vcpu *vcpu, u32 desc)
{
    s32 code = health_check(vcpu, desc);

    return code ? code : log_ctrl_call(vcpu, &health_log);
}

const struct object_ops health_ops = {health_read, object_absent, health_seek, health_ctrl};
