/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the calls and compares. */
#include <irqs.h>
#include "oracle.h"

prtos_u32_t self;

static void take(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

/* Waits for the monitor: queues and pending interrupts are as new. */
static void supply(void)
{
    BOARD(self)->supply = 1;
    while (BOARD(self)->supply)
        prtos_idle_self();
    model_supplied();
    objects_supplied();
}

static void judge(const struct trial *trial, prtos_s32_t got)
{
    volatile struct board *board = BOARD(self);
    prtos_u32_t i = board->wrong;

    board->calls++;
    board->codes[got < 0 && got >= -8 ? -got : 0]++;
    if (got >= trial->low && got <= trial->high)
        return;
    board->wrong++;
    if (i >= WRONG_KEPT)
        return;
    board->kept[i].nr = trial->nr;
    board->kept[i].low = trial->low;
    board->kept[i].got = got;
    board->kept[i].arg[0] = trial->arg[0];
    board->kept[i].arg[1] = trial->arg[1];
    board->kept[i].arg[2] = trial->arg[2];
    board->kept[i].arg[3] = trial->arg[3];
    board->kept[i].arg[4] = trial->arg[4];
}

void caller_run(void)
{
    struct trial trial;
    prtos_s32_t i;

    self = PRTOS_PARTITION_SELF;
    if (!CALLS)
        prtos_halt_partition(self);
    for (i = 0; i < 32; i++)
        install_trap_handler((prtos_s32_t)BAIL_PRTOSEXT_TRAP(i), take);
    random_seed((SEED) + self);
    supply();
    while (BOARD(self)->calls < CALLS) {
        if (random_word() % 64 == 0)
            supply();
        model_call(&trial);
        judge(&trial,
              call(trial.nr, trial.arg[0], trial.arg[1], trial.arg[2], trial.arg[3], trial.arg[4]));
    }
    BOARD(self)->damage = raw_damage & RAW_GENERAL;
    prtos_halt_partition(self);
}
