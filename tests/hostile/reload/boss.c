/* SPDX-License-Identifier: Apache-2.0 */
/* Begins a cold reset of the target, does something else to it some frames later, and sees whether
 * a cold reset that is left alone still brings it back. */
#include <stdio.h>
#include "reload.h"

#define LONGEST 400u /* frames that a reload may take */
#define STEPS 8u

enum how { WARM, COLD, HALT, SUSPEND, HOWS };

static void frames(prtos_u32_t n)
{
    while (n--)
        prtos_idle_self();
}

/* Frames until the target has started again. */
static prtos_u32_t wait_start(prtos_u32_t starts)
{
    prtos_u32_t n = 0;

    while (BOARD->starts == starts && n++ < LONGEST)
        prtos_idle_self();
    return n;
}

static void disturb(enum how how)
{
    switch (how) {
    case WARM:
        prtos_reset_partition(TARGET, PRTOS_WARM_RESET, 0);
        break;
    case COLD:
        prtos_reset_partition(TARGET, PRTOS_COLD_RESET, 0);
        break;
    case HALT:
        prtos_halt_partition(TARGET);
        break;
    default:
        prtos_suspend_partition(TARGET);
        frames(3);
        prtos_resume_partition(TARGET);
        break;
    }
}

static void try_at(enum how how, prtos_u32_t after)
{
    static const char *const names[HOWS] = {"warm", "cold", "halt", "suspend"};
    prtos_u32_t starts, n;
    char name[40];

    prtos_reset_partition(TARGET, PRTOS_COLD_RESET, 0);
    frames(after);
    disturb(how);
    frames(4);
    starts = BOARD->starts;
    BOARD->data = BOARD->data_end = 0;
    prtos_reset_partition(TARGET, PRTOS_COLD_RESET, 0);
    n = wait_start(starts);
    sprintf(name, "%s.%u", names[how], after);
    check_range(name, 1, LONGEST - 1, n);
    frames(20); /* its slots are short: it needs some to tell */
    check_word("data", 0x600d, BOARD->data);
    check_word("data.end", 0x600d, BOARD->data_end);
}

void partition_main(void)
{
    prtos_u32_t longest, how, i;

    frames(6);
    i = BOARD->starts;
    prtos_reset_partition(TARGET, PRTOS_COLD_RESET, 0);
    longest = wait_start(i);
    check_range("reload", 8, LONGEST - 1, longest);
    for (how = WARM; how < HOWS; how++)
        for (i = 0; i <= longest; i += how == WARM ? 1 : 1 + longest / STEPS)
            try_at((enum how)how, i);
    frames(3);
    check("victim.words", 0, (prtos_s32_t)HEALTH->words);
    check_word("victim.registers", 0, HEALTH->registers);
    check("victim.table", 0, (prtos_s32_t)HEALTH->table);
    check_range("victim.late", 0, 1500, HEALTH->late);
    check_end();
    prtos_halt_system();
}
