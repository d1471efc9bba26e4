/* SPDX-License-Identifier: Apache-2.0 */
/* x86: what becomes of a partition without the FPU, of one that sets CR0.TS, of an exception that
 * nobody has met. */
#include <irqs.h>
#include "fpu.h"

void fpu_try(void);
void sse_try(void);
void wait_try(void);
void fpu_leave(void);
prtos_u32_t fpu_left(void);
void fpu_tried(void);

#define TS 0x8u
#define LEFT 0x84 /* exception pending, of a division by zero */

volatile prtos_u32_t traps;
static volatile prtos_u32_t last_trap;

static void on_trap(trap_ctxt_t *ctxt)
{
    traps++;
    last_trap = ctxt->irq_nr;
    ctxt->ip = PTR2ADDR(fpu_tried);
}

void own_prepare(void)
{
    install_trap_handler(DEVICE_NOT_AVAILABLE, on_trap);
    install_trap_handler(INVALID_OPCODE, on_trap);
}

/* CR0.TS, which load_tss sets, is this partition's alone, and its to clear. */
static void set_task_switched(void)
{
    static struct x86_tss tss;
    prtos_u32_t cr0 = prtos_get_pct()->arch.cr0, round;

    tss.ss1 = tss.ss2 = GUEST_DS_SEL;
    check("tss", PRTOS_OK, prtos_x86_load_tss(&tss));
    for (round = 0; round < 4; round++) {
        fpu_try();
        prtos_idle_self();
    }
    check("tss.traps", 4, (prtos_s32_t)traps);
    check("cr0.clear", PRTOS_OK, prtos_x86_load_cr0(cr0 & ~TS));
    fpu_try();
    prtos_idle_self();
    fpu_try();
    check("cr0.clear.traps", 4, (prtos_s32_t)traps);
    check("cr0.set", PRTOS_OK, prtos_x86_load_cr0(cr0 | TS));
    fpu_try();
    prtos_idle_self();
    fpu_try();
    check("cr0.set.traps", 6, (prtos_s32_t)traps);
}

static void go_without(void)
{
    prtos_u32_t round, waits = 0;

    for (round = 0; round < ROUNDS; round++) {
        fpu_try();
        sse_try();
        last_trap = 0;
        wait_try(); /* in every second slot, right after what the last one leaves */
        waits += last_trap == DEVICE_NOT_AVAILABLE;
        prtos_idle_self();
    }
    check("traps", 3 * ROUNDS, (prtos_s32_t)traps);
    check("waits", ROUNDS, (prtos_s32_t)waits);
}

/* Has an exception pending in all of its slots, and lives, as it does not meet it. */
static void leave_pending(void)
{
    prtos_u32_t round, left = 0;

    fpu_leave();
    for (round = 0; round < ROUNDS; round++) {
        prtos_idle_self();
        left += (fpu_left() & LEFT) == LEFT;
    }
    check("left", ROUNDS, (prtos_s32_t)left);
}

void own_part(prtos_u32_t id)
{
    if (id == 1)
        set_task_switched();
    if (id == 2)
        go_without();
    if (id == 3)
        leave_pending();
}
