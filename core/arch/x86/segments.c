/* SPDX-License-Identifier: Apache-2.0 */
/* What a guest may have in its part of the GDT, and what it may do with a selector. Checked when an
 * entry is written, so that a delivery only looks it up. */
#include "x86.h"

#define DESC_WRITE 0x00000200u
#define DESC_DOWN 0x00000400u /* data that grows down, conforming code */
#define DESC_CODE 0x00000800u
#define DESC_MEMORY 0x00001000u
#define DESC_RING3 0x00006000u
#define DESC_PRESENT 0x00008000u
#define DESC_AVL 0x00100000u
#define DESC_BIG 0x00400000u
#define DESC_GRANULAR 0x00800000u

/* Nothing, or code or data of ring 3 whose bytes all lie below the core. No system types, no gates,
 * no conforming code, no data that grows down (SDM vol. 3A, 3.4.5.1). */
s32 descriptor_use(u32 low, u32 high)
{
    u32 base = low >> 16 | (high & 0xffu) << 16 | (high & 0xff000000u);
    u32 limit = (low & 0xffffu) | (high & 0x000f0000u);
    s32 use;

    if (!(high & DESC_PRESENT))
        return 0;
    if ((high & (DESC_RING3 | DESC_MEMORY | DESC_DOWN)) != (DESC_RING3 | DESC_MEMORY))
        return -1;
    if (high & DESC_GRANULAR)
        limit = limit << 12 | 0xfffu;
    if (base >= ARCH_GUEST_LIMIT || limit >= ARCH_GUEST_LIMIT - base)
        return -1;
    if (high & DESC_CODE)
        use = SEGMENT_CODE | (high & DESC_AVL ? SEGMENT_PROCESS : 0);
    else
        use = high & DESC_WRITE ? SEGMENT_STACK : 0;
    return base ? use | (s32)SEGMENT_BASED : use;
}

/* A stack has 32 bits: a return to one of 16 leaves the upper half of the core's stack pointer in
 * the guest's (SDM vol. 3A, 6.14). As data it is the same. */
void gdt_set(struct vcpu *vcpu, u32 index, u32 low, u32 high)
{
    s32 use = descriptor_use(low, high);
    u32 *entry = (u32 *)(void *)&vcpu->arch.gdt[index];

    if (use > 0 && ((u32)use & SEGMENT_STACK))
        high |= DESC_BIG;
    entry[0] = use < 0 ? 0 : low;
    entry[1] = use < 0 ? 0 : high;
    vcpu->arch.segment[index] = use < 0 ? 0 : (u8)use;
}

u32 selector_base(const struct vcpu *vcpu, u32 selector)
{
    u64 desc = vcpu->arch.gdt[selector >> 3];

    return (u32)(desc >> 16 & 0xffffffu) | (u32)(desc >> 56) << 24;
}
