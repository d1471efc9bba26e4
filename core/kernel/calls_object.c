/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls on objects: finds the class and its operation, nothing else. */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "hv/object.h"
#include "hypercall_table.h"

s32 object_absent(struct vcpu *vcpu, u32 desc)
{
    (void)vcpu;
    (void)desc;
    return PRTOS_OP_NOT_ALLOWED;
}

static const struct object_ops absent = {object_absent, object_absent, object_absent,
                                         object_absent};

static const struct object_ops *const classes[OBJ_NO_CLASSES] = {
    [OBJ_CLASS_NULL] = &absent,
    [OBJ_CLASS_CONSOLE] = &console_ops,
    [OBJ_CLASS_TRACE] = &trace_ops,
    [OBJ_CLASS_SAMPLING_PORT] = &sampling_ops,
    [OBJ_CLASS_QUEUING_PORT] = &queuing_ops,
    [OBJ_CLASS_MEM] = &memory_ops,
    [OBJ_CLASS_HM] = &health_ops,
    [OBJ_CLASS_STATUS] = &status_ops,
};

/* Bit 31 of a valid descriptor is 0: with it set there is no such class. */
#define OBJECT_CALL(operation)                                                                     \
    s32 hc_##operation##_object(struct vcpu *vcpu)                                                 \
    {                                                                                              \
        u32 desc = (u32)ARCH_ARG(vcpu, 0);                                                         \
        u32 class = desc >> OBJDESC_CLASS_BIT;                                                     \
                                                                                                   \
        if (unlikely(class >= OBJ_NO_CLASSES))                                                     \
            return PRTOS_INVALID_PARAM;                                                            \
        return classes[class]->operation(vcpu, desc);                                              \
    }

OBJECT_CALL(read)
OBJECT_CALL(write)
OBJECT_CALL(seek)
OBJECT_CALL(ctrl)
