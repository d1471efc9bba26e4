/* SPDX-License-Identifier: Apache-2.0 */
/* Object descriptors: bit 31 = 0 valid, 30..24 class, 23..20 vCPU or node, 19..10 partition,
 * 9..0 id. */
#ifndef PRTOS_INC_OBJDIR_H
#define PRTOS_INC_OBJDIR_H

#include <prtos_inc/object_ids.h>
#include <prtos_inc/arch/arch_types.h>

#define PRTOS_HYPERVISOR_ID 0xff
#define UNCHECKED_ID 0xff

#define PRTOS_OBJ_SEEK_CUR 0
#define PRTOS_OBJ_SEEK_SET 1
#define PRTOS_OBJ_SEEK_END 2

#ifndef __ASSEMBLER__

typedef prtos_u32_t prtos_obj_desc_t;

#define OBJDESC_VALID_BIT 31
#define OBJDESC_CLASS_BIT 24
#define OBJDESC_CLASS_MASK 0x7fU
#define OBJDESC_VCPUID_BIT 20
#define OBJDESC_VCPUID_MASK 0xfU
#define OBJDESC_PARTITIONID_BIT 10
#define OBJDESC_PARTITIONID_MASK 0x3ffU
#define OBJDESC_ID_MASK 0x3ffU

#define OBJDESC_FIELD_(v, bit, mask) (((prtos_u32_t)(v) & (mask)) << (bit))

#define OBJDESC_BUILD_VCPUID(class, vcpu, part, id)                                                \
    (OBJDESC_FIELD_(class, OBJDESC_CLASS_BIT, OBJDESC_CLASS_MASK) |                                \
     OBJDESC_FIELD_(vcpu, OBJDESC_VCPUID_BIT, OBJDESC_VCPUID_MASK) |                               \
     OBJDESC_FIELD_(part, OBJDESC_PARTITIONID_BIT, OBJDESC_PARTITIONID_MASK) |                     \
     OBJDESC_FIELD_(id, 0, OBJDESC_ID_MASK))
#define OBJDESC_BUILD(class, part, id) OBJDESC_BUILD_VCPUID(class, 0, part, id)
#define OBJDESC_BUILD_NODEID(class, node, part, id) OBJDESC_BUILD_VCPUID(class, node, part, id)

#define OBJDESC_GET_CLASS(d) (((d) >> OBJDESC_CLASS_BIT) & OBJDESC_CLASS_MASK)
#define OBJDESC_GET_VCPUID(d) (((d) >> OBJDESC_VCPUID_BIT) & OBJDESC_VCPUID_MASK)
#define OBJDESC_GET_NODEID(d) OBJDESC_GET_VCPUID(d)
#define OBJDESC_GET_PARTITIONID(d) (((d) >> OBJDESC_PARTITIONID_BIT) & OBJDESC_PARTITIONID_MASK)
#define OBJDESC_GET_ID(d) ((d)&OBJDESC_ID_MASK)

#define OBJDESC_SET_(d, v, bit, mask)                                                              \
    ((d) = ((d) & ~((mask) << (bit))) | OBJDESC_FIELD_(v, bit, mask))
#define OBJDESC_SET_CLASS(d, v) OBJDESC_SET_(d, v, OBJDESC_CLASS_BIT, OBJDESC_CLASS_MASK)
#define OBJDESC_SET_VCPUID(d, v) OBJDESC_SET_(d, v, OBJDESC_VCPUID_BIT, OBJDESC_VCPUID_MASK)
#define OBJDESC_SET_NODEID(d, v) OBJDESC_SET_VCPUID(d, v)
#define OBJDESC_SET_PARTITIONID(d, v)                                                              \
    OBJDESC_SET_(d, v, OBJDESC_PARTITIONID_BIT, OBJDESC_PARTITIONID_MASK)
#define OBJDESC_SET_ID(d, v) OBJDESC_SET_(d, v, 0, OBJDESC_ID_MASK)

#define OBJDESC_IS_VALID(d) (!((d) & (1U << OBJDESC_VALID_BIT)))
#define OBJDESC_SET_VALID(d) ((d) &= ~(1U << OBJDESC_VALID_BIT))
#define OBJDESC_SET_INVALID(d) ((d) |= 1U << OBJDESC_VALID_BIT)

#endif

#endif
