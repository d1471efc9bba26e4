/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts through gates and onto stacks that cannot take them, and virtual returns. */
#include "attacker.h"
#include <string.h>

extern struct prtos_image_hdr prtos_image_hdr;
extern char raised[];

struct x86_gate own_idt[PART_IDT_LENGTH] __attribute__((aligned(4096)));
static prtos_u32_t stack[256];
#define TOP PTR2ADDR(&stack[256])

void gate_set(prtos_u32_t vector, prtos_u32_t handler, prtos_u32_t selector, prtos_u32_t type)
{
    struct x86_gate gate = {0, 0, 0, 0, 0};

    gate.offset_15_0 = (prtos_u16_t)handler;
    gate.offset_31_16 = (prtos_u16_t)(handler >> 16);
    gate.selector = (prtos_u16_t)selector;
    gate.type = (prtos_u8_t)type;
    own_idt[vector] = gate;
}

prtos_s32_t idt_load(prtos_u32_t base, prtos_u32_t limit)
{
    struct x86_desc_reg reg;

    reg.limit = (prtos_u16_t)limit;
    reg.linear_base = base;
    return call(x86_load_idtr_nr, PTR2ADDR(&reg), 0, 0, 0, 0);
}

void prepare(void)
{
    memcpy(own_idt, part_idt_table, sizeof(own_idt));
    gate_set(VECTOR, PTR2ADDR(arrived), GUEST_CS_SEL, 0xee);
    idt_load(PTR2ADDR(own_idt), sizeof(own_idt) - 1);
    call(route_irq_nr, PRTOS_EXTIRQ_TYPE, LINE, VECTOR, 0, 0);
    call(clear_irqpend_nr, ~0u, ~0u, 0, 0, 0);
    call(set_irqmask_nr, ~0u, ~0u, 0, 0, 0);
    call(clear_irqmask_nr, 0, 1u << LINE, 0, 0, 0);
    call(x86_set_if_nr, 0, 0, 0, 0, 0);
}

/* Raises LINE on a good stack; the frame must be the processor's. */
static prtos_u32_t raise_good(prtos_u32_t ss, prtos_u32_t esp, prtos_u32_t base)
{
    const struct frame *frame = (const struct frame *)(base + esp - sizeof(struct frame));
    prtos_u32_t result = raise_on(ss, esp);

    if (result != SURVIVED)
        return result;
    if (arrived_esp != esp - sizeof(struct frame) || frame->eip != PTR2ADDR(raised) ||
        frame->cs != GUEST_CS_SEL || (frame->eflags & 0x37300) != 0x200)
        return WRONG;
    return SURVIVED;
}

#define RAISE raise_good(GUEST_DS_SEL, TOP, 0)
#define PREPARED(id, statement)                                                                    \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        prepare();                                                                                 \
        statement;                                                                                 \
    }

static prtos_u32_t refused_or_raise(prtos_s32_t code)
{
    if (code == PRTOS_INVALID_PARAM)
        return REFUSED;
    return RAISE;
}

#define ARRIVED PTR2ADDR(arrived)

PREPARED(virq, return RAISE)
PREPARED(idt_too_short, idt_load(PTR2ADDR(own_idt), VECTOR * 8 - 1); return RAISE)
PREPARED(idt_empty, idt_load(PTR2ADDR(own_idt), 0); return RAISE)
PREPARED(idt_unmapped, return refused_or_raise(idt_load(0x10000, 0xffff)))
PREPARED(idt_core, return refused_or_raise(idt_load(HYPERVISOR_BASE, 0xffff)))
PREPARED(idt_wraps, return refused_or_raise(idt_load(0xfffffff8, 0xffff)))
PREPARED(gate_absent, gate_set(VECTOR, ARRIVED, GUEST_CS_SEL, 0x6e); return RAISE)
PREPARED(gate_task, gate_set(VECTOR, ARRIVED, GUEST_CS_SEL, 0xe5); return RAISE)
PREPARED(gate_call, gate_set(VECTOR, ARRIVED, GUEST_CS_SEL, 0xec); return RAISE)
PREPARED(gate_core, gate_set(VECTOR, 0xfc001000, GUEST_CS_SEL, 0xee); return RAISE)
PREPARED(gate_core_edge, gate_set(VECTOR, HYPERVISOR_BASE, GUEST_CS_SEL, 0xee); return RAISE)
PREPARED(gate_top, gate_set(VECTOR, 0xffffffff, GUEST_CS_SEL, 0xef); return RAISE)
PREPARED(gate_last_byte, gate_set(VECTOR, 0xfbffffff, GUEST_CS_SEL, 0xef); return RAISE)
PREPARED(gate_rpl0, gate_set(VECTOR, ARRIVED, 0x138, 0xee); return RAISE)
PREPARED(gate_core_code, gate_set(VECTOR, ARRIVED, 0x100, 0xee); return RAISE)
PREPARED(gate_core_code3, gate_set(VECTOR, ARRIVED, 0x103, 0xee); return RAISE)
PREPARED(gate_data, gate_set(VECTOR, ARRIVED, GUEST_DS_SEL, 0xee); return RAISE)
PREPARED(gate_null, gate_set(VECTOR, ARRIVED, 3, 0xee); return RAISE)
PREPARED(gate_local, gate_set(VECTOR, ARRIVED, GUEST_CS_SEL | 4, 0xee); return RAISE)
PREPARED(gate_far, gate_set(VECTOR, ARRIVED, 0xfffb, 0xee); return RAISE)
PREPARED(route_beyond, call(route_irq_nr, PRTOS_EXTIRQ_TYPE, LINE, 0xffff, 0, 0); return RAISE)
PREPARED(gate_own_absent, desc_put(4, 0, FLAT, CODE & ~NOT_PRESENT);
         gate_set(VECTOR, ARRIVED, OWN_CODE, 0xee); return RAISE)
PREPARED(gate_own_code, desc_put(4, 0, FLAT, CODE); gate_set(VECTOR, ARRIVED, OWN_CODE, 0xee);
         return RAISE)

#define STACK_AT(id, esp) PREPARED(stack_##id, return raise_good(GUEST_DS_SEL, esp, 0))

STACK_AT(zero, 0)
STACK_AT(eight, 8)
STACK_AT(unmapped, 0x5000000)
STACK_AT(core, 0xfc002000)
STACK_AT(core_edge, HYPERVISOR_BASE + 4)
STACK_AT(frozen, FROZEN + 0x1000)
STACK_AT(page_table, prtos_image_hdr.page_table + 0x1000)
STACK_AT(below_area, MESSAGE + 8)
STACK_AT(fits_area, MESSAGE + 12)
STACK_AT(odd, MESSAGE + 0x1003)
STACK_AT(control_table, PCT_BASE + 0x1000)

PREPARED(stack_based, desc_put(5, MESSAGE, 0x10, DATA); return raise_good(OWN_DATA, 0x800, MESSAGE))
PREPARED(stack_based_core, desc_put(5, PCT_BASE, 0x3f, DATA);
         return raise_good(OWN_DATA, 0x40008, PCT_BASE))
PREPARED(stack_based_wraps, desc_put(5, 0xf0000000, 0x10, DATA);
         return raise_good(OWN_DATA, MESSAGE + 0x10000800, 0xf0000000))

static struct frame popped[2];

static prtos_u32_t iret_to(prtos_u32_t eip, prtos_u32_t cs, prtos_u32_t eflags)
{
    popped[0].eip = eip;
    popped[0].cs = cs;
    popped[0].eflags = eflags;
    return iret_on(PTR2ADDR(popped));
}

#define RETURNED PTR2ADDR(returned)
#define IRET(id, eip, cs, eflags) PREPARED(iret##id, return iret_to(eip, cs, eflags))

IRET(, RETURNED, GUEST_CS_SEL, 0x202)
IRET(_null, RETURNED, 0, 0x202)
IRET(_core, RETURNED, 0x100, 0x202)
IRET(_core3, RETURNED, 0x103, 0x202)
IRET(_rpl0, RETURNED, 0x138, 0x202)
IRET(_data, RETURNED, GUEST_DS_SEL, 0x202)
IRET(_local, RETURNED, GUEST_CS_SEL | 4, 0x202)
IRET(_wide, RETURNED, 0xffff0000 | GUEST_CS_SEL, 0x202)
IRET(_eip_core, HYPERVISOR_BASE, GUEST_CS_SEL, 0x202)
IRET(_eip_top, 0xffffffff, GUEST_CS_SEL, 0x202)
IRET(_eip_null, 0, GUEST_CS_SEL, 0x202)
IRET(_flags_all, RETURNED, GUEST_CS_SEL, 0xffffffff)
PREPARED(iret_stack_unmapped, return iret_on(0x5000000))
PREPARED(iret_stack_core, return iret_on(0xfc002000))
PREPARED(iret_stack_edge, return iret_on(HYPERVISOR_BASE - 8))
PREPARED(iret_stack_wraps, return iret_on(0xfffffffc))

/* IOPL, VM, NT, VIF, VIP asked for, IF not: the processor gets none of them and keeps IF. */
prtos_u32_t attack_iret_flags(void)
{
    volatile partition_control_table_t *pct = (volatile partition_control_table_t *)PCT_BASE;
    prtos_u32_t result;

    prepare();
    result = iret_to(RETURNED, GUEST_CS_SEL, 0x1b7002);
    if (result != SURVIVED || (returned_flags & 0x1a3200) != 0x200 || pct->iflags & 0x200)
        return WRONG;
    return SURVIVED;
}

static volatile prtos_u32_t ticks;

static void tick(trap_ctxt_t *ctxt)
{
    ticks++;
}

/* A timer faster than its handler. */
prtos_u32_t attack_storm(void)
{
    prtos_u64_t end = later(2);

    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), tick);
    prepare();
    call(clear_irqmask_nr, 0, 1u << PRTOS_VT_EXT_HW_TIMER, 0, 0, 0);
    call(set_timer_nr, PRTOS_HW_CLOCK, 1, 0, 1, 0);
    while (later(0) < end)
        ;
    return ticks > 100 ? SURVIVED : WRONG;
}
