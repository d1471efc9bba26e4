/* SPDX-License-Identifier: Apache-2.0 */
/* Objects: services reached through a 32-bit descriptor. Each class is one table of operations;
 * an absent one answers PRTOS_OP_NOT_ALLOWED. */
#ifndef HV_OBJECT_H
#define HV_OBJECT_H

#include "hv/base.h"
#include "hv/vcpu.h"

struct object_ops {
    s32 (*read)(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags);
    s32 (*write)(struct vcpu *vcpu, u32 desc, hv_addr buffer, u32 size, hv_addr flags);
    s32 (*seek)(struct vcpu *vcpu, u32 desc, u32 offset, u32 whence);
    s32 (*ctrl)(struct vcpu *vcpu, u32 desc, u32 cmd, hv_addr arg);
};

extern const struct object_ops console_ops;
extern const struct object_ops sampling_ops;
extern const struct object_ops queuing_ops;
extern const struct object_ops health_ops;
extern const struct object_ops status_ops;

#endif
