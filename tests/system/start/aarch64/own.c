/* SPDX-License-Identifier: Apache-2.0 */
/* Registers at the start of a partition on AArch64 by guest-abi.md, section 3, and the FPU. */
#include <irqs.h>
#include "start.h"

#define EL1 0x4u
#define MASKED 0x3c0u         /* D, A, I, F */
#define SCTLR_OFF 0x0008300fu /* MMU, caches, checks, WXN */
#define FPEN 0x300000u

/* probe.S */
extern prtos_u64_t probe_x0, probe_x1, probe_sctlr, probe_ttbr0, probe_ttbr1, probe_tcr, probe_mair,
    probe_vbar, probe_cpacr, probe_level, probe_masks, probe_spsel;
void fpu_image(prtos_u64_t image[66]);
void spoil_registers(void);
void try_trapped(void); /* way back of try_read() after a trap */

static volatile prtos_s32_t trap;

static void skip(trap_ctxt_t *ctxt)
{
    trap = (prtos_s32_t)ctxt->irq_nr;
    ctxt->x0 = (prtos_u64_t)trap;
    ctxt->ip = PTR2ADDR(try_trapped);
}

/* VBAR_EL1, which only BAIL writes, is probed before that. */
void check_registers(const char *life)
{
    note(life, "x0", PCT_BASE, (prtos_u32_t)probe_x0);
    note(life, "x0.high", 0, (prtos_u32_t)(probe_x0 >> 32));
    note(life, "x1", 0, probe_x1 != 0);
    note(life, "level", EL1, (prtos_u32_t)probe_level);
    note(life, "masks", MASKED, (prtos_u32_t)probe_masks);
    note(life, "spsel", 1, (prtos_u32_t)probe_spsel);
    note(life, "sctlr", 0, (prtos_u32_t)probe_sctlr & SCTLR_OFF);
    note(life, "ttbr0", 0, probe_ttbr0 != 0);
    note(life, "ttbr1", 0, probe_ttbr1 != 0);
    note(life, "tcr", 0, probe_tcr != 0);
    note(life, "mair", 0, probe_mair != 0);
    note(life, "vbar", 0, probe_vbar != 0);
    note(life, "cpacr", FPEN, (prtos_u32_t)probe_cpacr);
}

/* trap_entry is BAIL's by now; nothing is being handled. */
void check_own_table(const char *life, prtos_u32_t system)
{
    (void)system;
    note(life, "irq_vector", 0, word(AT_ARCH + 24));
    note(life, "trap_entry", 1, word(AT_ARCH + 32) != 0);
}

/* As a start has it, with the flag `fp` and without. */
void check_fpu(const char *life)
{
    static prtos_u64_t image[66];
    prtos_u32_t i, registers = 0;

    fpu_image(image);
    for (i = 0; i < 64; i++)
        registers += image[i] != 0;
    note(life, "fpu.registers", 0, registers);
    note(life, "fpu.control", 0, (prtos_u32_t)image[64]);
    note(life, "fpu.status", 0, (prtos_u32_t)image[65]);
}

void own_prepare(void)
{
    install_trap_handler(AARCH64_LOAD_PAGE_FAULT, skip);
}

void own_spoil(void)
{
    spoil_registers();
}
