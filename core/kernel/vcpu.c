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
enum { RESUME, SUSPEND, RESET, RESTART, HALT, REQUESTS };

#define NONE VCPU_STATES

static const u8 next_state[VCPU_STATES][REQUESTS] = {
    [VCPU_HALTED] = {NONE, NONE, VCPU_READY, VCPU_READY, NONE},
    [VCPU_READY] = {NONE, VCPU_SUSPENDED, VCPU_READY, VCPU_READY, VCPU_HALTED},
    [VCPU_SUSPENDED] = {VCPU_READY, NONE, VCPU_READY, VCPU_READY, VCPU_HALTED},
};

u32 vcpu_starts;

static u32 request_index(u32 request)
{
    return (u32)__builtin_ctz(request);
}

s32 vcpu_request_code(enum vcpu_state state, u32 request)
{
    return next_state[state][request_index(request)] == NONE ? PRTOS_NO_ACTION : PRTOS_OK;
}

static __cold void finish_nested(struct vcpu *vcpu, s32 result)
{
    trace_call_end(vcpu, result);
    if (vcpu->nested & VCPU_IN_BATCH)
        vcpu_continue(vcpu, &(struct vcpu_cont){.step = vcpu->batch.step});
}

void vcpu_end(struct vcpu *vcpu)
{
    vcpu->work &= ~VCPU_WORK_CONT;
    vcpu->cont.step = NULL;
    if (unlikely(vcpu->nested))
        finish_nested(vcpu, arch_vcpu_answer(vcpu));
}

void vcpu_finish(struct vcpu *vcpu, s32 result)
{
    arch_vcpu_result(vcpu, result);
    vcpu_end(vcpu);
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

/* Out of the hardware, nothing going on. One that restarts is never seen halted in between: another
 * CPU would take a halt for needless. What it leaves in its timers and in its control table has no
 * effect, and is cleared by whoever starts it again. */
static void vcpu_stop(struct vcpu *vcpu, enum vcpu_state state)
{
    sched_detach(vcpu);
    if (vcpu->cont.step && vcpu->cont.cancel)
        vcpu->cont.cancel(vcpu);
    vcpu->cont.step = NULL;
    vcpu->nested = 0;
    __atomic_store_n(&vcpu->state, state, __ATOMIC_SEQ_CST);
    vcpu->wait = VCPU_RUNS;
    vcpu->work = VCPU_WORK_SCHED; /* not back to where it was */
    vcpu->opmode = PRTOS_OPMODE_IDLE;
    write_once(vcpu->pend_ext, 0);
    vcpu->pend_hw = 0;
    vcpu->timers = false;
    pct_publish_state(vcpu);
}

static void vcpu_silence(struct vcpu *vcpu, enum vcpu_state state)
{
    vcpu_stop(vcpu, state);
    vtimer_clear(vcpu);
    virq_publish(vcpu);
}

void vcpu_quiet(struct vcpu *vcpu)
{
    vcpu_silence(vcpu, VCPU_HALTED);
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

void vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root, u32 status)
{
    sched_detach(vcpu); /* its address space changes */
    vcpu->work &= ~VCPU_WORK_CONT;
    vcpu->cont.step = NULL;
    vcpu->reset_status = status;
    vcpu->pct->reset_status = status;
    vcpu->pct->reset_counter = vcpu->reset_counter;
    if (vcpu->cpu->slot == vcpu)
        pct_publish_slot(vcpu, vcpu->cpu->span);
    arch_vcpu_start(vcpu, entry, root);
    write_once(vcpu->state, VCPU_READY);
    pct_publish_state(vcpu);
    sched_request(vcpu->cpu);
}

void vcpu_restart(struct vcpu *vcpu, u32 opmode, const struct vcpu_cont *cont)
{
    vcpu_silence(vcpu, VCPU_READY);
    vcpu->opmode = opmode;
    vcpu_continue(vcpu, cont);
    arch_vcpu_away(vcpu);
    sched_request(vcpu->cpu);
}

/* One piece of a reset that the partition asked for. */
static void reset_step(struct vcpu *vcpu)
{
    if (!vcpu_clear(vcpu, vcpu->cont.done++))
        vcpu_start(vcpu, vcpu->cont.guest, read_once(vcpu->reset_root), vcpu->cont.aux);
}

/* While the partition restarts none of its vCPUs may start. The restart waits until it has seen the
 * others halted, so either this sees the restart or the restart sees this vCPU. */
static void reset_begin(struct vcpu *vcpu)
{
    const u32 *restarting = &vcpu->partition->restarting;

    if (load_acquire(restarting))
        return;
    vcpu->reset_counter++;
    vcpu_restart(vcpu, PRTOS_OPMODE_WARM_RESET,
                 &(struct vcpu_cont){.step = reset_step,
                                     .guest = read_once(vcpu->reset_entry),
                                     .aux = read_once(vcpu->reset_word)});
    if (__atomic_load_n(restarting, __ATOMIC_SEQ_CST))
        vcpu_quiet(vcpu);
}

/* On the owner's CPU. */
static void vcpu_do(struct vcpu *vcpu, u32 request)
{
    u32 next = next_state[vcpu->state][request_index(request)];

    if (next == NONE)
        return;
    if (request == VCPU_MAIL_RESTART) {
        partition_restart(vcpu);
        return;
    }
    if (request == VCPU_MAIL_RESET) {
        reset_begin(vcpu);
        return;
    }
    sched_request(vcpu->cpu);
    if (next == VCPU_HALTED) {
        vcpu_stop(vcpu, VCPU_HALTED);
        if (!partition_alive(vcpu->partition))
            vcpu->cpu->alive_from = 0; /* when it is idle: is anybody? */
        return;
    }
    write_once(vcpu->state, (enum vcpu_state)next);
    pct_publish_state(vcpu);
}

void vcpu_post(struct cpu *self, struct vcpu *vcpu, u32 request)
{
    static const u8 events[REQUESTS] = {AUDIT_SCHED_VCPU_RESUME, AUDIT_SCHED_VCPU_SUSPEND,
                                        AUDIT_SCHED_VCPU_RESET, AUDIT_SCHED_VCPU_RESET,
                                        AUDIT_SCHED_VCPU_HALT};
    u32 before;

    if (request & VCPU_MAIL_STARTS)
        __atomic_fetch_add(&vcpu_starts, 1, __ATOMIC_SEQ_CST);
    before = __atomic_fetch_or(&vcpu->mail, request, __ATOMIC_SEQ_CST);
    if (TRACE_WANTS(SCHED))
        trace_event(self, TRACE_CODE(SCHED, events[request_index(request)]), 2,
                    (const u32[]){vcpu->partition->id, vcpu->number});
    if (vcpu->cpu == self)
        vcpu_take_mail(vcpu);
    else if (!(before & request))
        sched_post(vcpu);
}

void vcpu_take_mail(struct vcpu *vcpu)
{
    u32 mail;

    __atomic_store_n(&vcpu->starting, 1, __ATOMIC_SEQ_CST);
    mail = atomic_take(&vcpu->mail);
    if (mail & VCPU_MAIL_HALT || !(mail & VCPU_MAIL_STARTS))
        __atomic_store_n(&vcpu->starting, 0, __ATOMIC_SEQ_CST);
    if (mail)
        vcpu_do(vcpu, 1u << (31 - __builtin_clz(mail)));
    __atomic_store_n(&vcpu->starting, 0, __ATOMIC_SEQ_CST);
}

/* In this order: what leaves one word is in the next before. */
bool vcpu_alive(const struct vcpu *vcpu)
{
    return __atomic_load_n(&vcpu->mail, __ATOMIC_SEQ_CST) & VCPU_MAIL_STARTS ||
           __atomic_load_n(&vcpu->starting, __ATOMIC_SEQ_CST) ||
           __atomic_load_n(&vcpu->state, __ATOMIC_SEQ_CST) != VCPU_HALTED;
}
