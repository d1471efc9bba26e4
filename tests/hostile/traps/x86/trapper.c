/* SPDX-License-Identifier: Apache-2.0 */
/* Frames of propagated exceptions, as the processor would push them, and `int n` for all n. */
#include <irqs.h>
#include <stdio.h>
#include "../../system/guest/check.h"

#define NONE 0xffffffffu

void fire(void (*code)(void));
void fired(void);
extern prtos_u8_t soft[];

static volatile struct {
    prtos_u32_t nr, ip, cs, error, flags, times;
} seen;

static void on_trap(trap_ctxt_t *ctxt)
{
    seen.nr = ctxt->irq_nr;
    seen.ip = ctxt->ip;
    seen.cs = ctxt->cs;
    seen.error = ctxt->err_code;
    seen.flags = ctxt->flags;
    seen.times++;
    ctxt->ip = PTR2ADDR(fired);
    ctxt->flags &= ~(prtos_u32_t)X86_EFLAGS_TF;
}

struct row {
    const char *name;
    void (*code)(void);
    prtos_u32_t nr;
    const void *ip;
    prtos_u32_t error;
};

#define DO(name) void do_##name(void);
#define POINT(name) extern char at_##name[];
DO(divide)
DO(step)
DO(int3)
DO(into)
DO(bound)
DO(opcode)
DO(fpu)
DO(general)
DO(selector)
DO(absent)
DO(stack)
DO(read)
DO(write)
DO(jump)
POINT(divide)
POINT(step)
POINT(int3)
POINT(into)
POINT(bound)
POINT(opcode)
POINT(fpu)
POINT(general)
POINT(selector)
POINT(absent)
POINT(stack)
POINT(read)
POINT(write)

static const struct row rows[] = {
    {"divide", do_divide, 0, at_divide, 0},
    {"step", do_step, 1, at_step, 0},
    {"int3", do_int3, 3, at_int3, 0},
    {"into", do_into, 4, at_into, 0},
    {"bound", do_bound, 5, at_bound, 0},
    {"opcode", do_opcode, 6, at_opcode, 0},
    {"fpu", do_fpu, 7, at_fpu, 0},
    {"absent", do_absent, 11, at_absent, 0x28},
    {"stack", do_stack, 12, at_stack, 0x28},
    {"general", do_general, 13, at_general, 0},
    {"selector", do_selector, 13, at_selector, 0x108},
    {"read", do_read, 14, at_read, 4},
    {"write", do_write, 14, at_write, 6},
    {"jump", do_jump, 14, (const void *)0x5678, 4},
};

static void note(const char *one, const char *two, prtos_u32_t expected, prtos_u32_t got)
{
    char both[40];

    sprintf(both, "%s.%s", one, two);
    check_word(both, expected, got);
}

static void check_frames(void)
{
    static const prtos_u32_t cr2[] = {0x5124, 0x6301000, 0x5678};
    struct x86_desc absent = {{.low = 0xffff, .high = 0x00cf7200}};
    prtos_u32_t i;

    prtos_x86_update_gdt(5, &absent);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        seen.nr = NONE;
        fire(rows[i].code);
        note(rows[i].name, "vector", rows[i].nr, seen.nr);
        note(rows[i].name, "ip", PTR2ADDR(rows[i].ip), seen.ip);
        note(rows[i].name, "cs", GUEST_CS_SEL, seen.cs);
        note(rows[i].name, "error", rows[i].error, seen.error);
        note(rows[i].name, "if", 0, seen.flags & 0x200); /* the virtual one, which is clear */
        if (rows[i].nr == PAGE_FAULT)
            note(rows[i].name, "cr2", cr2[i - 11], prtos_get_pct()->arch.cr2);
    }
}

/* Without a gate: a general protection fault that names the vector; 3 and 4 are the guest's own. */
static void check_software(prtos_u32_t gates)
{
    prtos_u32_t n, wrong = 0, first = NONE;

    for (n = 0; n < 256; n++) {
        prtos_u32_t nr = n == 3 || n == 4 ? n : gates && n >= 0x30 ? n : 13;
        prtos_u32_t ip = PTR2ADDR(soft) + (nr == 13 ? 0 : 2);

        if (n == PRTOS_HYPERCALL_VECTOR || n == PRTOS_IRET_VECTOR)
            continue;
        soft[1] = (prtos_u8_t)n;
        seen.nr = NONE;
        fire((void (*)(void))PTR2ADDR(soft));
        if (seen.nr != nr || seen.ip != ip || (nr == 13 && seen.error != n * 8 + 2)) {
            wrong++;
            first = first == NONE ? n : first;
        }
    }
    check_word(gates ? "int-n.gates" : "int-n", 0, wrong);
    check_word("int-n.first-wrong", NONE, first);
}

/* One gate for each vector that may have one; the virtual interrupt flag is not theirs. */
static void check_gates(void)
{
    prtos_u32_t n, refused = 0;

    for (n = 0x30; n < 256; n++) {
        struct x86_gate gate = part_idt_table[n];

        gate.type = X86_GATE_TRAP;
        refused += prtos_x86_update_idt((prtos_s32_t)n, &gate) != PRTOS_OK;
    }
    check("gates", 0, (prtos_s32_t)refused);
    check_software(1);
    for (n = 0x30; n < 256; n++) {
        struct x86_gate gate = {0, 0, 0, 0, 0};

        refused += prtos_x86_update_idt((prtos_s32_t)n, &gate) != PRTOS_OK;
    }
    check("gates.removed", 0, (prtos_s32_t)refused);
    check_software(0);
}

/* The hypercall instruction from odd places: the number decides, the rest is kept. */
static void check_odd_calls(void)
{
    prtos_u32_t i;

    for (i = 0; i < 1000; i++)
        call(get_vcpuid_nr, i, ~i, i << 16, 0, 0);
    check_word("odd.damage", 0, raw_damage);
}

void partition_main(void)
{
    prtos_u32_t i;

    for (i = 0; i < 256; i++)
        install_trap_handler((prtos_s32_t)i, on_trap);
    check_frames();
    check_software(0);
    check_gates();
    check_odd_calls();
    check_end();
    prtos_halt_system();
}
