/* SPDX-License-Identifier: Apache-2.0 */
/* Registers at the start of a partition on x86 by guest-abi.md, section 3, and the FPU. */
#include <irqs.h>
#include "start.h"

extern prtos_u32_t probe_ebx, probe_esp, probe_ebp, probe_cs, probe_ss, probe_ds, probe_es,
    probe_fs, probe_gs, probe_eflags;
prtos_s32_t try_fpu(prtos_u16_t *control);
void fpu_image(prtos_u32_t image[128]);
void spoil_registers(prtos_u32_t fp);
void try_trapped(void); /* their way back after a trap */

static volatile prtos_s32_t trap;

void check_registers(const char *life)
{
    note(life, "ebx", PCT_BASE, probe_ebx);
    note(life, "esp", 0, probe_esp);
    note(life, "ebp", 0, probe_ebp);
    note(life, "cs", 0x13b, probe_cs);
    note(life, "ss", 0x143, probe_ss);
    note(life, "ds", 0x143, probe_ds);
    note(life, "es", 0x143, probe_es);
    note(life, "fs", 0, probe_fs);
    note(life, "gs", 0, probe_gs);
    note(life, "eflags", 0x202, probe_eflags);
}

void check_own_table(const char *life, prtos_u32_t system)
{
    note(life, "cr0.pe-pg", 0x80000001, word(AT_CR0) & 0x80000001);
    note(life, "cr0.em", system ? 0 : 4, word(AT_CR0) & 4);
}

/* The probing function returns the trap's number. */
static void skip(trap_ctxt_t *ctxt)
{
    trap = (prtos_s32_t)ctxt->irq_nr;
    ctxt->eax = (prtos_u32_t)trap;
    ctxt->ip = PTR2ADDR(try_trapped);
}

/* As FNINIT and a processor's reset leave it; FXSAVE's image, by the processor's manual. */
static void check_fpu_state(const char *life)
{
    static prtos_u32_t image[128] __attribute__((aligned(16)));
    prtos_u32_t i, registers = 0;

    fpu_image(image);
    note(life, "fpu.control-status", 0x37f, image[0]);
    note(life, "fpu.tags", 0, image[1] & 0xff);
    note(life, "fpu.mxcsr", 0x1f80, image[6]);
    for (i = 8; i < 72; i++) /* st0..7, xmm0..7 */
        registers += image[i] != 0;
    note(life, "fpu.registers", 0, registers);
}

void check_fpu(const char *life)
{
    prtos_u16_t control = 0;
    prtos_u32_t fp = prtos_get_pct()->flags & PRTOS_PART_FP;

    if (fp)
        check_fpu_state(life);
    trap = 0;
    try_fpu(&control);
    note(life, "fpu.trap", fp ? 0 : DEVICE_NOT_AVAILABLE, (prtos_u32_t)trap);
    note(life, "fpu.control", fp ? 0x37f : 0, control);
}

void own_prepare(void)
{
    install_trap_handler(PAGE_FAULT, skip);
    install_trap_handler(DEVICE_NOT_AVAILABLE, skip);
}

void own_spoil(void)
{
    spoil_registers(prtos_get_pct()->flags & PRTOS_PART_FP);
    raw_fs = raw_gs = GUEST_DS_SEL; /* call() keeps them so */
}
