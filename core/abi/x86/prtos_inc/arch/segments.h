/* SPDX-License-Identifier: Apache-2.0 */
/* Selectors of 32-bit x86 that guests use. A partition's own descriptors are entries
 * 0..CONFIG_PARTITION_NO_GDT_ENTRIES-1; the hypervisor's follow. */
#ifndef PRTOS_INC_ARCH_SEGMENTS_H
#define PRTOS_INC_ARCH_SEGMENTS_H

#define GUEST_CS_SEL 0x13b
#define GUEST_DS_SEL 0x143

/* Where the hypervisor offers it, the limit of this data descriptor (DPL 3, limit in bytes) is the
 * number of the running vCPU: `lsl` reads it without a trap. libprtos asks with lsl and makes the
 * call get_vcpuid where there is none. */
#define GUEST_VCPU_SEL 0x14b

/* Entries that a stack selector handed to the hypervisor may name: 0..43. */
#define GUEST_GDT_VISIBLE 44

#endif
