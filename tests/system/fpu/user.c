/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the FPU with its own number and looks whether it is still there in later slots. */
#include <irqs.h>
#include "../../system/guest/check.h"

#define ROUNDS 12 /* of the first; the second has half of them */

void fpu_set(const prtos_u32_t value[4]);
void fpu_get(prtos_u32_t value[12]);
void fpu_try(void);
void sse_try(void);
void wait_try(void);
void fpu_leave(void);
prtos_u32_t fpu_left(void);
void fpu_tried(void);

#define TS 0x8u
#define LEFT 0x84 /* exception pending, of a division by zero */

static volatile prtos_u32_t traps, last_trap;

static void on_trap(trap_ctxt_t *ctxt)
{
    traps++;
    last_trap = ctxt->irq_nr;
    ctxt->ip = PTR2ADDR(fpu_tried);
}

static void use(prtos_u32_t id)
{
    prtos_u32_t value[4] = {1000001 * (id + 1), 77 * (id + 1), 0xabcd0000 + id, 0};
    prtos_u32_t got[12] = {0};
    prtos_u32_t round, wrong = 0;

    value[3] = id ? 0x027f : 0x037f;
    fpu_set(value);
    for (round = 0; round < ROUNDS / (id + 1); round++) {
        prtos_idle_self();
        fpu_get(got);
        wrong += got[0] != value[0] || got[1] != value[1] || (got[2] & 0xffff) != value[3];
        wrong += got[4] != value[0] || got[7] != value[3] || got[10] != value[2];
    }
    check("state", 0, (prtos_s32_t)wrong);
    check("traps", 0, (prtos_s32_t)traps);
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

void partition_main(void)
{
    prtos_u32_t id = PRTOS_PARTITION_SELF;
    prtos_s32_t i;

    install_trap_handler(DEVICE_NOT_AVAILABLE, on_trap);
    install_trap_handler(INVALID_OPCODE, on_trap);
    if (id < 2)
        use(id);
    if (id == 1)
        set_task_switched();
    if (id == 2)
        go_without();
    if (id == 3)
        leave_pending();
    check_end();
    for (i = 0; id == 0 && i < 4 * ROUNDS; i++)
        prtos_idle_self();
    if (id == 0)
        prtos_halt_system();
}
