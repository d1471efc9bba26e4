/* SPDX-License-Identifier: Apache-2.0 */
/* Objects: services reached through a 32-bit descriptor. Each class is one table of operations;
 * an absent one answers PRTOS_OP_NOT_ALLOWED. */
#ifndef HV_OBJECT_H
#define HV_OBJECT_H

#include "hv/base.h"
#include "hv/vcpu.h"

/* The operations find the call's other arguments with the functions below. */
struct object_ops {
    s32 (*read)(struct vcpu *vcpu, u32 desc);
    s32 (*write)(struct vcpu *vcpu, u32 desc);
    s32 (*seek)(struct vcpu *vcpu, u32 desc);
    s32 (*ctrl)(struct vcpu *vcpu, u32 desc);
};

/* An operation that a class does not have: PRTOS_OP_NOT_ALLOWED. Every table is full. */
s32 object_absent(struct vcpu *vcpu, u32 desc);

/* read and write: buffer, size, and where a word of flags goes or null. */
static inline hv_addr object_buffer(const struct vcpu *vcpu)
{
    return ARCH_ARG(vcpu, 1);
}

static inline u32 object_size(const struct vcpu *vcpu)
{
    return (u32)ARCH_ARG(vcpu, 2);
}

static inline hv_addr object_flags(const struct vcpu *vcpu)
{
    return ARCH_ARG(vcpu, 3);
}

/* seek */
static inline u32 object_offset(const struct vcpu *vcpu)
{
    return (u32)ARCH_ARG(vcpu, 1);
}

static inline u32 object_whence(const struct vcpu *vcpu)
{
    return (u32)ARCH_ARG(vcpu, 2);
}

/* ctrl: the command, and where its structure is. */
static inline u32 object_cmd(const struct vcpu *vcpu)
{
    return (u32)ARCH_ARG(vcpu, 1);
}

static inline hv_addr object_arg(const struct vcpu *vcpu)
{
    return ARCH_ARG(vcpu, 2);
}

extern const struct object_ops console_ops;
extern const struct object_ops trace_ops;
extern const struct object_ops sampling_ops;
extern const struct object_ops queuing_ops;
extern const struct object_ops memory_ops;
extern const struct object_ops health_ops;
extern const struct object_ops status_ops;

#endif
