/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams: one of each partition, one of the hypervisor, each in its memory block. The only
 * writer of the streams; their numbers run through all of them. */
#include "hv/trace.h"

#include <prtos_inc/hypercalls.h>

#include "conf/access.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/health.h"
#include "hv/log.h"
#include "hv/object.h"
#include "hv/partition.h"

u32 trace_mask;

static struct log own; /* the hypervisor's */
static u32 sequence;

__cold void trace_init(const struct conf_header *conf)
{
    log_start(conf, &own, LOG_TRACE);
    for (u32 i = 0; i < partition_count; i++)
        log_start(conf, &partitions[i].trace, LOG_PARTITION(i));
    trace_mask = conf->trace_mask;
}

static u32 place_of(const struct vcpu *vcpu)
{
    return vcpu->number << TRACE_OPCODE_VCPUID_BIT | vcpu->partition->id;
}

void trace_event(struct cpu *self, u32 code, u32 n, const u32 *words)
{
    log_entry entry = {.signature = PRTOSTRACE_SIGNATURE, .op_code_hi = TRACE_OPCODE_SYS_MASK};

    entry.op_code_lo = code << TRACE_OPCODE_CODE_BIT |
                       (self->current ? place_of(self->current) : PRTOS_HYPERVISOR_ID);
    for (u32 i = 0; i < n; i++)
        entry.payload[i] = words[i];
    log_put(self, &own, &sequence, &entry);
}

/* An event of a guest, of which criticality, code and payload are its own; false: not stored. */
static bool event_write(struct vcpu *vcpu, log_entry *entry)
{
    entry->signature = PRTOSTRACE_SIGNATURE;
    entry->op_code_hi &= TRACE_OPCODE_CRIT_MASK;
    entry->op_code_lo = (entry->op_code_lo & TRACE_OPCODE_CODE_MASK) | place_of(vcpu);
    return log_put(vcpu->cpu, &vcpu->partition->trace, &sequence, entry);
}

/* One event is one piece: `aux` counts the bytes that were stored, `object` is not null if the
 * filter lets them through. The report of an error ends the call, and comes behind its end: what is
 * done about it may end the vCPU. */
static void write_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    log_entry entry;
    bool critical;

    if (!arch_guest_read(&entry, cont->guest + cont->done, sizeof(entry))) {
        vcpu_finish(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    critical = (entry.op_code_hi & TRACE_OPCODE_CRIT_MASK) >> TRACE_OPCODE_CRIT_BIT ==
               PRTOS_TRACE_UNRECOVERABLE;
    if (cont->object && event_write(vcpu, &entry))
        cont->aux += sizeof(entry);
    cont->done += sizeof(entry);
    if (critical || cont->size - cont->done < sizeof(entry))
        vcpu_finish(vcpu, (s32)cont->aux);
    if (critical)
        health_raised(vcpu, entry.payload);
}

static s32 trace_write(struct vcpu *vcpu, u32 desc)
{
    hv_addr buffer = object_buffer(vcpu);
    u32 size = object_size(vcpu);
    u32 filter;

    if (OBJDESC_GET_PARTITIONID(desc) != vcpu->partition->id)
        return PRTOS_PERM_ERROR;
    if (size < sizeof(log_entry) || !guest_buffer(buffer, size, false) ||
        !guest_read(&filter, object_flags(vcpu), sizeof(filter)))
        return PRTOS_INVALID_PARAM;
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = write_step,
                                            .object = filter & vcpu->partition->conf->trace_mask
                                                          ? vcpu->partition
                                                          : NULL,
                                            .guest = buffer,
                                            .size = size});
    return vcpu_pieces(vcpu);
}

/* The stream that a descriptor names, if the caller may look at it. */
static __cold s32 stream_of(struct vcpu *vcpu, u32 desc, struct log **stream)
{
    u32 id = OBJDESC_GET_PARTITIONID(desc);

    if (id != vcpu->partition->id && !vcpu->partition->system)
        return PRTOS_PERM_ERROR;
    if (id == PRTOS_HYPERVISOR_ID)
        *stream = &own;
    else if (id < partition_count)
        *stream = &partitions[id].trace;
    else
        return PRTOS_INVALID_PARAM;
    return PRTOS_OK;
}

static __cold s32 trace_read(struct vcpu *vcpu, u32 desc)
{
    struct log *stream;
    s32 code = stream_of(vcpu, desc, &stream);

    return code ? code : log_read_call(vcpu, stream);
}

static __cold s32 trace_seek(struct vcpu *vcpu, u32 desc)
{
    struct log *stream;
    s32 code = stream_of(vcpu, desc, &stream);

    return code ? code : log_seek_call(vcpu, stream, true);
}

static __cold s32 trace_ctrl(struct vcpu *vcpu, u32 desc)
{
    struct log *stream;
    s32 code = stream_of(vcpu, desc, &stream);

    return code ? code : log_ctrl_call(vcpu, stream);
}

const struct object_ops trace_ops = {trace_read, trace_write, trace_seek, trace_ctrl};
