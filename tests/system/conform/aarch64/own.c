/* SPDX-License-Identifier: Apache-2.0 */
/* What only AArch64 has: handing exceptions over. Its page tables no partition sees. */
#include "conform.h"

static volatile prtos_u32_t handled, handled_nr;

static void on_trap(trap_ctxt_t *ctxt)
{
    handled++;
    handled_nr = (prtos_u32_t)ctxt->irq_nr;
}

static const struct row rows[] = {
    {"raise.beyond", raise_partition_trap_nr, {32}, PARAM, PARAM},
    {"raise.minus", raise_partition_trap_nr, {~0u}, PARAM, PARAM},
};

/* The system file lets trap 0 be propagated. */
void check_own(void)
{
    run_rows(rows, sizeof(rows) / sizeof(rows[0]));
    install_trap_handler(AARCH64_UNDEFINED_INSTR, on_trap);
    check("raise", OK, call(raise_partition_trap_nr, AARCH64_UNDEFINED_INSTR, 0, 0, 0, 0));
    check("raise.handled", 1, (prtos_s32_t)handled);
    check("raise.number", AARCH64_UNDEFINED_INSTR, (prtos_s32_t)handled_nr);
}

void check_own_memory(prtos_u32_t self)
{
}
