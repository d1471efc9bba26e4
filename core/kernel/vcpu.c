/* SPDX-License-Identifier: Apache-2.0 */
/* The vCPU as a state machine: one table says what each request does in each state. */
#include "hv/vcpu.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/status.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/pct.h"
#include "hv/sched.h"
#include "hv/trace.h"
#include "hv/virq.h"
#include "hv/vtimer.h"

/* Next state for each request (bit order of VCPU_MAIL_*); VCPU_STATES: no action. */
enum { RESUME, SUSPEND, RESET, HALT, REQUESTS };

static const u8 next_state[VCPU_STATES][REQUESTS] = {
    [VCPU_HALTED] = {VCPU_STATES, VCPU_STATES, VCPU_READY, VCPU_STATES},
    [VCPU_READY] = {VCPU_STATES, VCPU_SUSPENDED, VCPU_READY, VCPU_HALTED},
    [VCPU_SUSPENDED] = {VCPU_READY, VCPU_STATES, VCPU_READY, VCPU_HALTED},
};

static u32 request_index(u32 request)
{
    return (u32)__builtin_ctz(request) - 1;
}

s32 vcpu_request_code(enum vcpu_state state, u32 request)
{
    return next_state[state][request_index(request)] == VCPU_STATES ? PRTOS_NO_ACTION : PRTOS_OK;
}

static __cold void finish_nested(struct vcpu *vcpu, s32 result)
{
    trace_call_end(vcpu, result);
    if (vcpu->nested & VCPU_IN_BATCH)
        vcpu_continue(vcpu, &(struct vcpu_cont){.step = vcpu->batch.step});
}

void vcpu_finish(struct vcpu *vcpu, s32 result)
{
    vcpu->work &= ~VCPU_WORK_CONT;
    vcpu->cont.step = NULL;
    arch_vcpu_result(vcpu, result);
    if (unlikely(vcpu->nested))
        finish_nested(vcpu, result);
}

/* A call of a batch leaves its pieces to whom the batch is a call of: nothing calls itself. */
s32 vcpu_pieces(struct vcpu *vcpu)
{
    if (unlikely(vcpu->nested & VCPU_IN_BATCH) && vcpu->cont.step != vcpu->batch.step)
        return PRTOS_OK;
    do {
        arch_breathe();
        vcpu->cont.step(vcpu);
    } while ((vcpu->work & VCPU_WORK_CONT) && !vcpu->cpu->resched);
    return arch_vcpu_answer(vcpu);
}

void vcpu_quiet(struct vcpu *vcpu)
{
    sched_detach(vcpu);
    if (vcpu->cont.step && vcpu->cont.cancel)
        vcpu->cont.cancel(vcpu);
    vcpu->cont.step = NULL;
    vcpu->nested = 0;
    vcpu->state = VCPU_HALTED;
    vcpu->wait = VCPU_RUNS;
    vcpu->work = VCPU_WORK_SCHED; /* not back to where it was */
    vcpu->opmode = PRTOS_OPMODE_IDLE;
    vcpu->pend_ext = 0;
    vcpu->pend_hw = 0;
    vtimer_clear(vcpu);
    virq_publish(vcpu);
    pct_publish_state(vcpu);
}

bool vcpu_clear(struct vcpu *vcpu, u32 piece)
{
    switch (piece) {
    case 0:
        arch_vcpu_init(vcpu);
        return true;
    case 1:
        pct_reset(vcpu);
        return true;
    case 2:
        virq_reset(vcpu);
        return true;
    default:
        return pct_reset_map(vcpu, piece - 3);
    }
}

void vcpu_start(struct vcpu *vcpu, hv_addr entry, u32 status)
{
    sched_detach(vcpu); /* its address space changes */
    vcpu->reset_status = status;
    vcpu->pct->reset_status = status;
    vcpu->pct->reset_counter = vcpu->reset_counter;
    if (vcpu->cpu && vcpu->cpu->slot == vcpu)
        pct_publish_slot(vcpu, vcpu->cpu->span);
    arch_vcpu_start(vcpu, entry);
    vcpu->state = VCPU_READY;
    pct_publish_state(vcpu);
    sched_request(vcpu->cpu);
}

/* On the owner's CPU. */
static void vcpu_do(struct vcpu *vcpu, u32 request)
{
    u32 next = next_state[vcpu->state][request_index(request)];

    if (next == VCPU_STATES)
        return;
    if (request == VCPU_MAIL_RESET) {
        partition_restart(vcpu);
        return;
    }
    vcpu->state = (enum vcpu_state)next;
    if (next == VCPU_HALTED) {
        vcpu_quiet(vcpu);
        partition_check_alive(vcpu->cpu);
    }
    pct_publish_state(vcpu);
    sched_request(vcpu->cpu);
}

void vcpu_post(struct cpu *self, struct vcpu *vcpu, u32 request)
{
    static const u8 events[REQUESTS] = {AUDIT_SCHED_VCPU_RESUME, AUDIT_SCHED_VCPU_SUSPEND,
                                        AUDIT_SCHED_VCPU_RESET, AUDIT_SCHED_VCPU_HALT};

    if (TRACE_WANTS(SCHED))
        trace_event(self, TRACE_CODE(SCHED, events[request_index(request)]), 2,
                    (const u32[]){vcpu->partition->id, vcpu->number});
    if (vcpu->cpu == self || !vcpu->cpu) {
        vcpu_do(vcpu, request);
        return;
    }
    atomic_or(&vcpu->mail, request);
    if (read_once(vcpu->cpu->slot) == vcpu)
        arch_kick(vcpu->cpu);
}

void vcpu_take_mail(struct vcpu *vcpu)
{
    u32 mail = atomic_take(&vcpu->mail);

    if (mail & VCPU_MAIL_HALT)
        vcpu_do(vcpu, VCPU_MAIL_HALT);
    else if (mail & VCPU_MAIL_RESET)
        vcpu_do(vcpu, VCPU_MAIL_RESET);
    else if (mail & VCPU_MAIL_SUSPEND)
        vcpu_do(vcpu, VCPU_MAIL_SUSPEND);
    else if (mail & VCPU_MAIL_RESUME)
        vcpu_do(vcpu, VCPU_MAIL_RESUME);
}
