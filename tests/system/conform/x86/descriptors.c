/* SPDX-License-Identifier: Apache-2.0 */
/* The calls about descriptor tables and stacks, with legal and illegal contents. */
#include <irqs.h>
#include "conform.h"
#include "desc.h"
#include <string.h>

#define CODE(selector) (selector)
#define GATE(offset, selector, type)                                                               \
    {                                                                                              \
        (offset) & 0xffff, selector, 0, type, (offset) >> 16                                       \
    }

struct descriptor_row {
    const char *name;
    prtos_u32_t base, limit, access, flags;
    prtos_s32_t code;
};

#define LAST_PAGE (HYPERVISOR_BASE / PAGE_SIZE - 1)

static const struct descriptor_row descriptors[] = {
    {"gdt.flat-code", 0, LAST_PAGE, 0xfa, 0xc, OK},
    {"gdt.flat-data", 0, LAST_PAGE, 0xf2, 0xc, OK},
    {"gdt.read-only", 0, LAST_PAGE, 0xf0, 0xc, OK},
    {"gdt.execute-only", 0, LAST_PAGE, 0xf8, 0xc, OK},
    {"gdt.accessed", 0, LAST_PAGE, 0xf3, 0xc, OK},
    {"gdt.based", 0x6000000, 0xff, 0xf2, 0xc, OK},
    {"gdt.byte", 0x6000000, 0, 0xf2, 0x4, OK},
    {"gdt.16-bit", 0, 0xffff, 0xf2, 0, OK},
    {"gdt.last-byte", HYPERVISOR_BASE - 1, 0, 0xf2, 0x4, OK},
    {"gdt.absent", ~0u, 0xfffff, 0x72, 0xc, OK},
    {"gdt.absent-system", ~0u, 0xfffff, 0x0f, 0xf, OK},
    {"gdt.null", 0, 0, 0, 0, OK},
    {"gdt.dpl0-code", 0, 0xff, 0x9a, 0xc, PARAM},
    {"gdt.dpl0-data", 0, 0xff, 0x92, 0xc, PARAM},
    {"gdt.dpl1", 0, 0xff, 0xb2, 0xc, PARAM},
    {"gdt.dpl2", 0, 0xff, 0xd2, 0xc, PARAM},
    {"gdt.conforming", 0, 0xff, 0xfe, 0xc, PARAM},
    {"gdt.conforming-dpl0", 0, 0xff, 0x9e, 0xc, PARAM},
    {"gdt.expand-down", 0, 0xff, 0xf6, 0xc, PARAM},
    {"gdt.expand-down-dpl0", 0, 0xff, 0x96, 0xc, PARAM},
    {"gdt.too-long", 0, LAST_PAGE + 1, 0xf2, 0xc, PARAM},
    {"gdt.everything", 0, 0xfffff, 0xf2, 0xc, PARAM},
    {"gdt.everything-code", 0, 0xfffff, 0xfa, 0xc, PARAM},
    {"gdt.one-byte-over", HYPERVISOR_BASE - 1, 1, 0xf2, 0x4, PARAM},
    {"gdt.hypervisor", HYPERVISOR_BASE, 0, 0xf2, 0x4, PARAM},
    {"gdt.top", 0xffffffff, 0, 0xf2, 0x4, PARAM},
    {"gdt.wrap", 0xfff00000, 0xfffff, 0xf2, 0x4, PARAM},
    {"gdt.wrap-pages", 0x6000000, 0xfffff, 0xf2, 0xc, PARAM},
    {"gdt.wrap-to-legal", 0xf0000000, 0x20000, 0xf2, 0xc, PARAM},
};

/* System descriptors of every type with DPL 3 and 0: none is legal. */
static void check_system_types(void)
{
    static const prtos_u32_t dpl[] = {0x80, 0xe0};
    prtos_u32_t type, i, accepted = 0;

    for (i = 0; i < 2; i++)
        for (type = 0; type < 16; type++) {
            struct x86_desc desc = desc_make(0x6000000, 0x67, dpl[i] | type, 0);

            if (call(x86_update_gdt_nr, 5, PTR2ADDR(&desc), 0, 0, 0) != PARAM)
                accepted |= 1u << (i * 16 + type);
        }
    check_word("gdt.system-types", 0, accepted);
}

#define STACK16_TOP 0x8000u

/* The stack pointer after a call on a stack whose descriptor says 16 bits: its upper half is not
 * the core's. */
static prtos_u32_t stack16_pointer(void)
{
    static char stack[STACK16_TOP];
    struct x86_desc desc = desc_make(PTR2ADDR(stack), 0xffff, 0xf2, 0);
    prtos_u32_t sp;

    call(x86_update_gdt_nr, 4, PTR2ADDR(&desc), 0, 0, 0);
    __asm__ __volatile__("movl %%esp, %%esi\n\t"
                         "movl %%ss, %%edi\n\t"
                         "movl %[selector], %%ss\n\t"
                         "movl %[top], %%esp\n\t"
                         "int $0x82\n\t"
                         "movl %%esp, %%ebx\n\t"
                         "movl %%edi, %%ss\n\t"
                         "movl %%esi, %%esp"
                         : "=&b"(sp)
                         : "a"(get_vcpuid_nr), [selector] "r"(4 << 3 | 3), [top] "i"(STACK16_TOP)
                         : "esi", "edi", "memory", "cc");
    return sp;
}

static void check_gdt(void)
{
    static struct x86_desc table[64];
    struct x86_desc_reg reg = {32 * 8 - 1, 0}, original = part_gdt_desc;
    prtos_u32_t i, lar;
    struct x86_desc desc = desc_make(0x6000000, 0xff, 0xf2, 0xc);

    for (i = 0; i < sizeof(descriptors) / sizeof(descriptors[0]); i++) {
        const struct descriptor_row *row = &descriptors[i];

        desc = desc_make(row->base, row->limit, row->access, row->flags);
        check(row->name, row->code, call(x86_update_gdt_nr, 4, PTR2ADDR(&desc), 0, 0, 0));
    }
    check_system_types();
    desc = desc_make(0x6000000, 0xff, 0xf2, 0xc);
    check("gdt.entry-minus", PARAM, call(x86_update_gdt_nr, ~0u, PTR2ADDR(&desc), 0, 0, 0));
    check("gdt.entry32", PARAM, call(x86_update_gdt_nr, 32, PTR2ADDR(&desc), 0, 0, 0));
    check("gdt.entry44", PARAM, call(x86_update_gdt_nr, 44, PTR2ADDR(&desc), 0, 0, 0));
    check("gdt.entry31", OK, call(x86_update_gdt_nr, 31, PTR2ADDR(&desc), 0, 0, 0));
    lar = 0;
    __asm__ __volatile__("lar %1, %0" : "+r"(lar) : "r"(31 << 3 | 3) : "cc");
    check_word("gdt.entry31.there", 0xf200, lar & 0xfe00);
    check("gdt.null-pointer", PARAM, call(x86_update_gdt_nr, 4, 0, 0, 0, 0));

    check_word("gdt.stack16", STACK16_TOP, stack16_pointer());

    /* A whole table: what is illegal becomes null, what is legal stays. */
    memcpy(table, part_gdt_table, 3 * sizeof(table[0]));
    table[3] = desc_make(0, 0xff, 0x9a, 0xc);
    table[4] = desc_make(0x6000000, 0xff, 0xf2, 0xc);
    reg.linear_base = PTR2ADDR(table);
    check("load_gdt", OK, call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
    lar = 0x1234;
    __asm__ __volatile__("lar %1, %0" : "+r"(lar) : "r"(3 << 3 | 3) : "cc");
    check_word("load_gdt.illegal-is-null", 0x1234, lar);
    __asm__ __volatile__("lar %1, %0" : "+r"(lar) : "r"(4 << 3 | 3) : "cc");
    check_word("load_gdt.legal-stays", 0xf200, lar & 0xfe00);
    check("load_gdt.base", (prtos_s32_t)PTR2ADDR(table),
          (prtos_s32_t)prtos_get_pct()->arch.gdtr.linear_base);
    reg.limit = 33 * 8 - 1;
    check("load_gdt.33", PARAM, call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
    reg.limit = 0xffff;
    check("load_gdt.8192", PARAM, call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
    check("load_gdt.null", PARAM, call(x86_load_gdt_nr, 0, 0, 0, 0, 0));
    check("load_gdt.back", OK, call(x86_load_gdt_nr, PTR2ADDR(&original), 0, 0, 0, 0));
}

static void check_idt(void)
{
    static const struct {
        const char *name;
        prtos_u32_t entry;
        struct x86_gate gate;
        prtos_s32_t code;
    } rows[] = {
        {"idt.trap", 0x40, GATE(0x6000000, GUEST_CS_SEL, 0xef), OK},
        {"idt.first", 0x30, GATE(0x6000000, GUEST_CS_SEL, 0xef), OK},
        {"idt.last", 0xff, GATE(0x6000000, GUEST_CS_SEL, 0xef), OK},
        {"idt.absent", 0x40, GATE(0xffffffff, 0, 0), OK},
        {"idt.last-byte", 0x41, GATE(HYPERVISOR_BASE - 1, GUEST_CS_SEL, 0xef), OK},
        {"idt.below", 0x2f, GATE(0x6000000, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.zero", 0, GATE(0x6000000, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.beyond", 0x100, GATE(0x6000000, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.minus", ~0u, GATE(0x6000000, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.beyond-absent", 0x100, GATE(0, 0, 0), PARAM},
        {"idt.hypervisor", 0x42, GATE(HYPERVISOR_BASE, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.top", 0x42, GATE(0xffffffffu, GUEST_CS_SEL, 0xef), PARAM},
        {"idt.rpl0", 0x42, GATE(0x6000000, 0x138, 0xef), PARAM},
        {"idt.core-code", 0x42, GATE(0x6000000, 0x100, 0xef), PARAM},
        {"idt.core-code3", 0x42, GATE(0x6000000, 0x103, 0xef), PARAM},
        {"idt.data", 0x42, GATE(0x6000000, GUEST_DS_SEL, 0xef), PARAM},
        {"idt.null-selector", 0x42, GATE(0x6000000, 0, 0xef), PARAM},
        {"idt.null3", 0x42, GATE(0x6000000, 3, 0xef), PARAM},
        {"idt.local", 0x42, GATE(0x6000000, GUEST_CS_SEL | 4, 0xef), PARAM},
        {"idt.far-selector", 0x42, GATE(0x6000000, 0xfffb, 0xef), PARAM},
        {"idt.task", 0x42, GATE(0x6000000, GUEST_CS_SEL, 0xe5), PARAM},
        {"idt.call", 0x42, GATE(0x6000000, GUEST_CS_SEL, 0xec), PARAM},
        {"idt.interrupt", 0x42, GATE(0x6000000, GUEST_CS_SEL, 0xee), PARAM},
        {"idt.data-type", 0x42, GATE(0x6000000, GUEST_CS_SEL, 0xf2), PARAM},
    };
    struct x86_desc_reg reg = part_idt_desc;
    prtos_u32_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(rows[i].name, rows[i].code,
              call(x86_update_idt_nr, rows[i].entry, PTR2ADDR(&rows[i].gate), 0, 0, 0));
    check("idt.null", PARAM, call(x86_update_idt_nr, 0x42, 0, 0, 0, 0));
    check("load_idtr.null", PARAM, call(x86_load_idtr_nr, 0, 0, 0, 0, 0));
    reg.limit = 16 * 8 - 1;
    check("load_idtr", OK, call(x86_load_idtr_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
    check("load_idtr.vectors", 16, (prtos_s32_t)prtos_get_pct()->arch.max_idt_vec);
    check("load_idtr.limit", 127, prtos_get_pct()->arch.idtr.limit);
    check("load_idtr.back", OK, call(x86_load_idtr_nr, PTR2ADDR(&part_idt_desc), 0, 0, 0, 0));
    check("load_idtr.all", PART_IDT_LENGTH, (prtos_s32_t)prtos_get_pct()->arch.max_idt_vec);
}

static void check_stacks(void)
{
    static const struct {
        const char *name;
        prtos_u32_t ss, sp, level;
        prtos_s32_t code;
    } rows[] = {
        {"ss_sp.1", GUEST_DS_SEL, 0x6000000, 1, OK},
        {"ss_sp.2", 0x13, HYPERVISOR_BASE - 4, 2, OK},
        {"ss_sp.index43", 43 << 3 | 3, 0x6000000, 1, OK},
        {"ss_sp.level0", GUEST_DS_SEL, 0x6000000, 0, PARAM},
        {"ss_sp.level3", GUEST_DS_SEL, 0x6000000, 3, PARAM},
        {"ss_sp.level-minus", GUEST_DS_SEL, 0x6000000, ~0u, PARAM},
        {"ss_sp.rpl0", 0x140, 0x6000000, 1, PARAM},
        {"ss_sp.rpl2", 0x142, 0x6000000, 1, PARAM},
        {"ss_sp.index44", 44 << 3 | 3, 0x6000000, 1, PARAM},
        {"ss_sp.wide", 0x10000 | GUEST_DS_SEL, 0x6000000, 1, PARAM},
        {"ss_sp.sp", GUEST_DS_SEL, HYPERVISOR_BASE, 1, PARAM},
        {"ss_sp.sp-top", GUEST_DS_SEL, ~0u, 2, PARAM},
    };
    static struct x86_tss tss;
    prtos_u32_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(rows[i].name, rows[i].code,
              call(x86_update_ss_sp_nr, rows[i].ss, rows[i].sp, rows[i].level, 0, 0));
    tss.ss1 = tss.ss2 = GUEST_DS_SEL;
    tss.sp1 = tss.sp2 = 0x6000000;
    tss.ss0 = 0x108;
    tss.sp0 = ~0u;
    check("tss", OK, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
    check("tss.null", PARAM, call(x86_load_tss_nr, 0, 0, 0, 0, 0));
    tss.ss1 = 0x140;
    check("tss.ss1-rpl", PARAM, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
    tss.ss1 = 44 << 3 | 3;
    check("tss.ss1-index", PARAM, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
    tss.ss1 = GUEST_DS_SEL;
    tss.ss2 = 0x108;
    check("tss.ss2-rpl", PARAM, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
    tss.ss2 = GUEST_DS_SEL;
    tss.sp1 = HYPERVISOR_BASE;
    check("tss.sp1", PARAM, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
    tss.sp1 = 0x6000000;
    tss.sp2 = ~0u;
    check("tss.sp2", PARAM, call(x86_load_tss_nr, PTR2ADDR(&tss), 0, 0, 0, 0));
}

/* Calls with descriptors of the caller's own in all data segments. */
static void check_segments(void)
{
    struct x86_desc desc = desc_make(0x6000000, 0xff, 0xf2, 0xc);
    prtos_u32_t before;

    call(x86_update_gdt_nr, 6, PTR2ADDR(&desc), 0, 0, 0);
    desc = desc_make(0, LAST_PAGE, 0xf2, 0xc);
    call(x86_update_gdt_nr, 7, PTR2ADDR(&desc), 0, 0, 0);
    before = raw_damage;
    raw_fs = 6 << 3 | 3;
    raw_gs = 7 << 3 | 3;
    raw_ds = 7 << 3 | 3;
    raw_es = 6 << 3 | 3;
    check("segments.vcpuid", 0, call(get_vcpuid_nr, 0, 0, 0, 0, 0));
    check("segments.idle", OK, call(idle_self_nr, 0, 0, 0, 0, 0));
    check("segments.set_timer", OK, call(set_timer_nr, 0, 0, 0, 0, 0));
    check_word("segments.damage", before, raw_damage);
    raw_ds = raw_es = GUEST_DS_SEL;
    raw_fs = raw_gs = 0;
}

void check_descriptors(void)
{
    check_gdt();
    check_idt();
    check_stacks();
    check_segments();
}
