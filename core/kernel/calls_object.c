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

s32 hc_read_object(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags)
{
    u32 class = OBJDESC_GET_CLASS(desc);

    if (class >= OBJ_NO_CLASSES)
        return PRTOS_INVALID_PARAM;
    if (!classes[class]->read)
        return PRTOS_OP_NOT_ALLOWED;
    return classes[class]->read(vcpu, desc, buffer, size, flags);
}

s32 hc_write_object(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags)
{
    u32 class = OBJDESC_GET_CLASS(desc);

    if (class >= OBJ_NO_CLASSES)
        return PRTOS_INVALID_PARAM;
    if (!classes[class]->write)
        return PRTOS_OP_NOT_ALLOWED;
    return classes[class]->write(vcpu, desc, buffer, size, flags);
}

s32 hc_seek_object(struct vcpu *vcpu, u32 desc, u32 offset, u32 whence)
{
    u32 class = OBJDESC_GET_CLASS(desc);

    if (class >= OBJ_NO_CLASSES)
        return PRTOS_INVALID_PARAM;
    if (!classes[class]->seek)
        return PRTOS_OP_NOT_ALLOWED;
    return classes[class]->seek(vcpu, desc, offset, whence);
}

s32 hc_ctrl_object(struct vcpu *vcpu, u32 desc, u32 cmd, hv_addr arg)
{
    u32 class = OBJDESC_GET_CLASS(desc);

    if (class >= OBJ_NO_CLASSES)
        return PRTOS_INVALID_PARAM;
    if (!classes[class]->ctrl)
        return PRTOS_OP_NOT_ALLOWED;
    return classes[class]->ctrl(vcpu, desc, cmd, arg);
}
