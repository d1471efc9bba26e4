/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls on objects: finds the class and its operation, nothing else. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "hv/object.h"
#include "hypercall_table.h"

static const struct object_ops absent;

static const struct object_ops *const classes[OBJ_NO_CLASSES] = {
    [OBJ_CLASS_NULL] = &absent,
    [OBJ_CLASS_CONSOLE] = &console_ops,
    [OBJ_CLASS_TRACE] = &absent,
    [OBJ_CLASS_SAMPLING_PORT] = &sampling_ops,
    [OBJ_CLASS_QUEUING_PORT] = &queuing_ops,
    [OBJ_CLASS_MEM] = &absent,
    [OBJ_CLASS_HM] = &health_ops,
    [OBJ_CLASS_STATUS] = &status_ops,
};

/* The operations of a descriptor's class, or null where there is no such class. */
static inline const struct object_ops *ops_of(u32 desc)
{
    u32 class = OBJDESC_GET_CLASS(desc);

    return likely(class < OBJ_NO_CLASSES) ? classes[class] : NULL;
}

s32 hc_read_object(struct vcpu *vcpu)
{
    u32 desc = (u32)ARCH_ARG(vcpu, 0);
    const struct object_ops *ops = ops_of(desc);

    if (unlikely(!ops))
        return PRTOS_INVALID_PARAM;
    return likely(ops->read) ? ops->read(vcpu, desc, ARCH_ARG(vcpu, 1)) : PRTOS_OP_NOT_ALLOWED;
}

s32 hc_write_object(struct vcpu *vcpu)
{
    u32 desc = (u32)ARCH_ARG(vcpu, 0);
    const struct object_ops *ops = ops_of(desc);

    if (unlikely(!ops))
        return PRTOS_INVALID_PARAM;
    return likely(ops->write) ? ops->write(vcpu, desc, ARCH_ARG(vcpu, 1)) : PRTOS_OP_NOT_ALLOWED;
}

s32 hc_seek_object(struct vcpu *vcpu)
{
    u32 desc = (u32)ARCH_ARG(vcpu, 0);
    const struct object_ops *ops = ops_of(desc);

    if (!ops)
        return PRTOS_INVALID_PARAM;
    return ops->seek ? ops->seek(vcpu, desc, (u32)ARCH_ARG(vcpu, 1)) : PRTOS_OP_NOT_ALLOWED;
}

s32 hc_ctrl_object(struct vcpu *vcpu)
{
    u32 desc = (u32)ARCH_ARG(vcpu, 0);
    const struct object_ops *ops = ops_of(desc);

    if (!ops)
        return PRTOS_INVALID_PARAM;
    return ops->ctrl ? ops->ctrl(vcpu, desc, (u32)ARCH_ARG(vcpu, 1)) : PRTOS_OP_NOT_ALLOWED;
}
