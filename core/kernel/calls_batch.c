/* SPDX-License-Identifier: Apache-2.0 */
/* Batches: several calls by one trap. An entry is read once, its call made with the guest's
 * registers put aside, then answered; each is a piece of a long call. Also a call that is told to
 * the hypervisor's trace stream. */
#include <prtos_inc/hypercalls.h>

#include "hv/guestmem.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hypercall_table.h"

#define HEAD 8u /* bytes in front of an entry's arguments: number, their count */

static void registers_set(struct vcpu *vcpu, const hv_addr from[5])
{
    ARCH_ARG(vcpu, 0) = from[0];
    ARCH_ARG(vcpu, 1) = from[1];
    ARCH_ARG(vcpu, 2) = from[2];
    ARCH_ARG(vcpu, 3) = from[3];
    ARCH_ARG(vcpu, 4) = from[4];
}

static void batch_end(struct vcpu *vcpu, s32 code)
{
    vcpu->nested = TRACE_WANTS(HCALLS) ? VCPU_IN_TRACE : 0;
    vcpu->called = multicall_nr;
    registers_set(vcpu, vcpu->batch.saved);
    vcpu_finish(vcpu, code);
}

/* The second word of the entry: the count and, above it, the answer. */
static bool answer_store(const struct vcpu_batch *batch, s32 result)
{
    return guest_store32(batch->at + 4, batch->words | (u32)result << 16);
}

/* The next entry: its number and, in the registers, its arguments; or why the batch ends. */
static s32 entry_take(struct vcpu *vcpu, u32 *nr)
{
    struct vcpu_batch *batch = &vcpu->batch;
    hv_addr left = batch->end - batch->at;
    u32 head[2], arg[5] = {0};
    hv_addr wide[5];

    if (left < HEAD)
        return PRTOS_MULTICALL_ERROR;
    if (!guest_read(head, batch->at, HEAD))
        return PRTOS_INVALID_PARAM;
    *nr = head[0];
    batch->words = head[1] & 0xffffu;
    if (*nr >= HYPERCALL_COUNT || hypercall_words[*nr] != batch->words ||
        (left - HEAD) / 4 < batch->words)
        return answer_store(batch, PRTOS_INVALID_PARAM) ? PRTOS_MULTICALL_ERROR
                                                        : PRTOS_INVALID_PARAM;
    if (!answer_store(batch, 0) ||
        (batch->words && !guest_read(arg, batch->at + HEAD, batch->words * 4)))
        return PRTOS_INVALID_PARAM;
    for (u32 i = 0; i < 5; i++)
        wide[i] = arg[i];
    registers_set(vcpu, wide);
    return PRTOS_OK;
}

/* Answers the entry that was called, calls the next. */
static void batch_step(struct vcpu *vcpu)
{
    struct vcpu_batch *batch = &vcpu->batch;
    s32 code = PRTOS_OK;
    u32 nr;

    if (batch->called) {
        if (!answer_store(batch, arch_vcpu_answer(vcpu)))
            code = PRTOS_INVALID_PARAM;
        batch->at += HEAD + batch->words * 4;
        batch->called = false;
    }
    if (!code && batch->at != batch->end)
        code = entry_take(vcpu, &nr);
    else
        nr = HYPERCALL_COUNT;
    if (code || nr == HYPERCALL_COUNT) {
        batch_end(vcpu, code);
        return;
    }
    batch->called = true;
    vcpu->work &= ~VCPU_WORK_CONT;
    vcpu->cont.step = NULL;
    arch_vcpu_result(vcpu, 0); /* of calls that have none */
    code = TRACE_WANTS(HCALLS) ? trace_call(vcpu, nr) : hypercall_table[nr](vcpu);
    /* Unless it is a long one, or ended the batch: it led to a reset or a halt. */
    if ((vcpu->nested & VCPU_IN_BATCH) && !(vcpu->work & VCPU_WORK_CONT))
        vcpu_finish(vcpu, code);
}

s32 hc_multicall(struct vcpu *vcpu, hv_addr start, hv_addr end)
{
    struct vcpu_batch *batch = &vcpu->batch;

    if (end < start)
        return PRTOS_INVALID_PARAM;
    if (end == start)
        return PRTOS_OK;
    if (!guest_buffer(start, (u32)(end - start), true))
        return PRTOS_INVALID_PARAM;
    *batch = (struct vcpu_batch){.step = batch_step,
                                 .at = start,
                                 .end = end,
                                 .saved = {ARCH_ARG(vcpu, 0), ARCH_ARG(vcpu, 1), ARCH_ARG(vcpu, 2),
                                           ARCH_ARG(vcpu, 3), ARCH_ARG(vcpu, 4)}};
    vcpu->nested = VCPU_IN_BATCH;
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = batch_step});
    return vcpu_pieces(vcpu);
}

s32 trace_call(struct vcpu *vcpu, u32 nr)
{
    s32 result = PRTOS_UNKNOWN_HYPERCALL;

    TRACE_EVENT(vcpu->cpu, HCALLS, BEGIN, nr, (u32)ARCH_ARG(vcpu, 0), (u32)ARCH_ARG(vcpu, 1),
                (u32)ARCH_ARG(vcpu, 2));
    vcpu->called = nr;
    vcpu->nested |= VCPU_IN_TRACE;
    if (nr < HYPERCALL_COUNT) {
        if ((hypercall_words[nr] & ~HYPERCALL_ALONE) > 3)
            TRACE_EVENT(vcpu->cpu, HCALLS, BEGIN2, nr, (u32)ARCH_ARG(vcpu, 3),
                        (u32)ARCH_ARG(vcpu, 4));
        result = hypercall_table[nr](vcpu);
    }
    if (!(vcpu->work & VCPU_WORK_CONT))
        trace_call_end(vcpu, result);
    return result;
}

void trace_call_end(struct vcpu *vcpu, s32 result)
{
    if (vcpu->nested & VCPU_IN_TRACE)
        TRACE_EVENT(vcpu->cpu, HCALLS, END, vcpu->called, (u32)result);
    vcpu->nested &= ~VCPU_IN_TRACE;
}
