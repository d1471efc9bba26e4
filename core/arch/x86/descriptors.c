/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls by which a guest sets up its descriptor tables and task state. What it asks for is
 * copied, checked, and used from the copy. */
#include <prtos_inc/guest.h>
#include <prtos_inc/hypercalls.h>

#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/vcpu.h"
#include "hypercall_table.h"
#include "lib/string.h"
#include "x86.h"

#define GATE_PRESENT 0x8000u
#define GATE_TYPE_TRAP 0xFu
#define GDT_PIECE 8u /* descriptors judged in one piece */
_Static_assert(ARCH_GDT_GUEST % GDT_PIECE == 0, "the last piece is whole");

/* struct x86_desc_reg: u16 limit, u32 base, packed. */
static void desc_reg(const void *copy, u32 *limit, u32 *base)
{
    u16 half[3];

    memcpy(half, copy, sizeof(half));
    *limit = half[0];
    *base = half[1] | (u32)half[2] << 16;
}

/* A stack that a guest may be given: its selector in ring 3, its pointer below the core. */
static bool stack_legal(u32 ss, u32 sp)
{
    return (ss & 3u) == 3u && ss >> 3 < ARCH_GDT_ENTRIES && sp < ARCH_GUEST_LIMIT;
}

s32 hc_x86_load_tss(struct vcpu *vcpu, const void *copy)
{
    const struct tss *tss = copy;
    u32 ss1 = tss->ss1 & 0xffffu;
    u32 ss2 = tss->ss2 & 0xffffu;

    if (!stack_legal(ss1, tss->esp1) || !stack_legal(ss2, tss->esp2))
        return PRTOS_INVALID_PARAM;
    vcpu->arch.stack_ss[1] = ss1;
    vcpu->arch.stack_sp[1] = tss->esp1;
    vcpu->arch.stack_ss[2] = ss2;
    vcpu->arch.stack_sp[2] = tss->esp2;
    vcpu->arch.cr0 |= CR0_TS;
    vcpu->pct->arch.cr0 = vcpu->arch.cr0;
    vcpu->cpu->arch.cr0 = vcpu->arch.cr0;
    cr0_write(vcpu->arch.cr0);
    return PRTOS_OK;
}

s32 hc_x86_update_ss_sp(struct vcpu *vcpu, hv_addr ss, hv_addr sp, u32 level)
{
    if (!stack_legal(ss, sp) || (level != 1 && level != 2))
        return PRTOS_INVALID_PARAM;
    vcpu->arch.stack_ss[level] = ss;
    vcpu->arch.stack_sp[level] = sp;
    return PRTOS_OK;
}

/* One piece of a table, of `size` bytes at `guest`; what it does not reach becomes null. The whole
 * was readable when the call began: if another vCPU has unmapped it since, the rest is null too. */
static void gdt_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;
    u32 table[GDT_PIECE][2] = {0};
    u32 left = cont->done < cont->size ? cont->size - cont->done : 0;

    if (left &&
        !guest_read(table, cont->guest + cont->done, left < sizeof(table) ? left : sizeof(table)))
        cont->aux = (u32)PRTOS_INVALID_PARAM;
    if (!cont->done)
        table[0][1] = 0; /* the null descriptor */
    for (u32 i = 0; i < GDT_PIECE; i++)
        gdt_set(vcpu, cont->done / 8 + i, table[i][0], table[i][1]);
    cont->done += sizeof(table);
    if (cont->done == ARCH_GDT_GUEST * 8)
        vcpu_finish(vcpu, (s32)cont->aux);
}

s32 hc_x86_load_gdt(struct vcpu *vcpu, const void *copy)
{
    u32 table[ARCH_GDT_GUEST][2];
    u32 limit, base, size;

    desc_reg(copy, &limit, &base);
    size = (limit + 1) & ~7u;
    if (size > sizeof(table) || !guest_read(table, base, size))
        return PRTOS_INVALID_PARAM;
    vcpu->pct->arch.gdtr.limit = (prtos_u16_t)limit;
    vcpu->pct->arch.gdtr.linear_base = base;
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = gdt_step, .guest = base, .size = size});
    return vcpu_pieces(vcpu);
}

s32 hc_x86_update_gdt(struct vcpu *vcpu, s32 entry, const void *copy)
{
    const u32 *desc = copy;

    if (entry < 0 || entry >= (s32)ARCH_GDT_GUEST || descriptor_use(desc[0], desc[1]) < 0)
        return PRTOS_INVALID_PARAM;
    if (entry)
        gdt_set(vcpu, (u32)entry, desc[0], desc[1]);
    return PRTOS_OK;
}

s32 hc_x86_load_idtr(struct vcpu *vcpu, const void *copy)
{
    u32 limit, base;

    desc_reg(copy, &limit, &base);
    if (!guest_range(base, limit + 1))
        return PRTOS_INVALID_PARAM;
    vcpu->arch.idt_base = base;
    vcpu->arch.idt_vectors = (limit + 1) / 8;
    vcpu->pct->arch.idtr.limit = (prtos_u16_t)limit;
    vcpu->pct->arch.idtr.linear_base = base;
    vcpu->pct->arch.max_idt_vec = vcpu->arch.idt_vectors;
    return PRTOS_OK;
}

/* A gate that is not present takes the entry away. */
s32 hc_x86_update_idt(struct vcpu *vcpu, s32 entry, const void *copy)
{
    const u32 *gate = copy;
    u32 *used;

    if (entry < (s32)ARCH_SW_GATE_FIRST || entry > 0xff)
        return PRTOS_INVALID_PARAM;
    used = &vcpu->arch.gates_used[entry / 32];
    if (!(gate[1] & GATE_PRESENT)) {
        *used &= ~(1u << entry % 32);
        return PRTOS_OK;
    }
    if ((gate[1] >> 8 & 0x1fu) != GATE_TYPE_TRAP ||
        ((gate[0] & 0xffffu) | (gate[1] & 0xffff0000u)) >= ARCH_GUEST_LIMIT ||
        !(selector_use(vcpu, gate[0] >> 16) & SEGMENT_CODE))
        return PRTOS_INVALID_PARAM;
    memcpy(&vcpu->arch.gate[entry - (s32)ARCH_SW_GATE_FIRST], gate, sizeof(u64));
    *used |= 1u << entry % 32;
    return PRTOS_OK;
}

s32 hc_x86_set_if(struct vcpu *vcpu)
{
    atomic_or(&vcpu->pct->iflags, 0x200u);
    return (s32)vcpu->arch.frame.eax;
}

s32 hc_x86_clear_if(struct vcpu *vcpu)
{
    atomic_and(&vcpu->pct->iflags, ~0x200u);
    return (s32)vcpu->arch.frame.eax;
}

s32 hc_override_trap_hndl(struct vcpu *vcpu, s32 entry, hv_addr handler)
{
    (void)vcpu;
    (void)entry;
    (void)handler;
    return PRTOS_OK;
}
