/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors taken away from under what runs on them, and software interrupts. */
#include "attacker.h"
#include <string.h>

extern char done60[];

struct x86_desc own_gdt[8];
static prtos_u32_t stack[64];
static prtos_u32_t spare_entry = 7;

/* 32 bit, limit in pages. */
void desc_put(prtos_u32_t entry, prtos_u32_t base, prtos_u32_t limit, prtos_u32_t access)
{
    struct x86_desc desc = desc_make(base, limit, access, 0xc);

    call(x86_update_gdt_nr, entry, PTR2ADDR(&desc), 0, 0, 0);
}

/* The calls that take segments away, as run_in() and others make them. */
static const struct x86_desc absent_code = {{.low = 0xffff, .high = 0x00cf7a00}};
static const struct x86_desc absent_data = {{.low = 0xffff, .high = 0x00cf7200}};
static const struct x86_desc nothing = {{.low = 0, .high = 0}};
static struct x86_desc some_data, some_code;

static void own_segments(void)
{
    prepare();
    some_data = desc_make(0, FLAT, DATA, 0xc);
    some_code = desc_make(0, FLAT, CODE, 0xc);
    desc_put(4, 0, FLAT, CODE);
    desc_put(5, 0, FLAT, DATA);
}

static prtos_u32_t replace_code(const struct x86_desc *desc)
{
    own_segments();
    return run_in(OWN_CODE, GUEST_DS_SEL, x86_update_gdt_nr, 4, desc);
}

static prtos_u32_t replace_stack(const struct x86_desc *desc)
{
    own_segments();
    return run_in(GUEST_CS_SEL, OWN_DATA, x86_update_gdt_nr, 5, desc);
}

prtos_u32_t attack_drop_cs(void)
{
    return replace_code(&nothing);
}

prtos_u32_t attack_drop_cs_absent(void)
{
    return replace_code(&absent_code);
}

prtos_u32_t attack_cs_becomes_data(void)
{
    own_segments();
    return run_in(OWN_CODE, GUEST_DS_SEL, x86_update_gdt_nr, 4, &some_data);
}

prtos_u32_t attack_drop_ss(void)
{
    return replace_stack(&nothing);
}

prtos_u32_t attack_drop_ss_absent(void)
{
    return replace_stack(&absent_data);
}

prtos_u32_t attack_ss_becomes_code(void)
{
    own_segments();
    return run_in(GUEST_CS_SEL, OWN_DATA, x86_update_gdt_nr, 5, &some_code);
}

prtos_u32_t attack_drop_ds(void)
{
    own_segments();
    return drop_ds(x86_update_gdt_nr, &nothing);
}

prtos_u32_t attack_drop_fs_gs(void)
{
    own_segments();
    return drop_fs_gs(x86_update_gdt_nr, &nothing);
}

/* The whole table at once. */
prtos_u32_t attack_drop_all(void)
{
    static struct x86_desc_reg reg;

    own_segments();
    reg.limit = 7;
    reg.linear_base = PTR2ADDR(own_gdt);
    return run_in(OWN_CODE, OWN_DATA, x86_load_gdt_nr, PTR2ADDR(&reg), 0);
}

/* The stack segment goes while an interrupt waits to be pushed onto it. */
prtos_u32_t attack_drop_at_virq(void)
{
    volatile partition_control_table_t *pct = (volatile partition_control_table_t *)PCT_BASE;

    own_segments();
    pct->ext_irqs_to_mask = ~0u;
    call(set_irqpend_nr, 0, 1u << LINE, 0, 0, 0);
    pct->ext_irqs_to_mask = ~(1u << LINE);
    return run_in(GUEST_CS_SEL, OWN_DATA, x86_update_gdt_nr, 5, &nothing);
}

static void gate60(prtos_u32_t selector)
{
    gate_set(0x60, PTR2ADDR(arrived), selector, 0xef);
    call(x86_update_idt_nr, 0x60, PTR2ADDR(&own_idt[0x60]), 0, 0, 0);
}

prtos_u32_t attack_software_gate(void)
{
    prtos_u32_t top = PTR2ADDR(&stack[64]);
    const struct frame *frame = (const struct frame *)(top - sizeof(*frame));

    prepare();
    gate60(GUEST_CS_SEL);
    if (int60_on(GUEST_DS_SEL, top) != SURVIVED || frame->eip != PTR2ADDR(done60) ||
        frame->cs != GUEST_CS_SEL || arrived_esp != PTR2ADDR(frame))
        return WRONG;
    return SURVIVED;
}

prtos_u32_t attack_software_gate_dropped_cs(void)
{
    own_segments();
    gate60(OWN_CODE);
    call(x86_update_gdt_nr, 4, PTR2ADDR(&nothing), 0, 0, 0);
    return int60_on(GUEST_DS_SEL, PTR2ADDR(&stack[64]));
}

prtos_u32_t attack_software_gate_stack(void)
{
    prepare();
    gate60(GUEST_CS_SEL);
    return int60_on(GUEST_DS_SEL, 0x5000000);
}

/* Stacks of levels that nobody enters: the processor's own task state must not follow. */
prtos_u32_t attack_virtual_tss(void)
{
    static struct x86_tss tss;

    prepare();
    memset(&tss, 0xff, sizeof(tss));
    tss.ss1 = tss.ss2 = OWN_DATA;
    tss.sp1 = tss.sp2 = 0x5000000;
    if (call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0) != PRTOS_OK)
        return WRONG;
    spare_entry++;
    return raise_on(GUEST_DS_SEL, PTR2ADDR(&stack[64]));
}
