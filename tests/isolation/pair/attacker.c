/* SPDX-License-Identifier: Apache-2.0 */
/* Everything a partition can try, in bursts of one kind after another, by the seed. */
#include "attacker.h"

#include <bail.h>

static void (*const kinds[KINDS])(void) = {random_call,  storm_ports, storm_interrupts, wild_fault,
                                           storm_resets, wild_pages,  storm_console,    storm_table,
                                           storm_batch,  storm_logs,  wild_registers};

/* Never at the same distance from the slot's end. */
static void compute(prtos_u32_t turns)
{
    static volatile prtos_u32_t work;

    while (turns--)
        work = work * 1103515245u + 12345u;
}

void partition_main(void)
{
    storms_prepare();
    if (!ORDERS->seed)
        for (;;)
            prtos_idle_self();
    if (!BOARD->lives++)
        BOARD->random = ORDERS->seed;
    wild_prepare();
    for (;;) {
        prtos_u32_t kind = random_word() % KINDS, burst = 1 + random_word() % 40;

        while (burst--) {
            BOARD->done[kind]++;
            kinds[kind]();
            compute(random_word() % 64);
        }
        if (random_word() % 8 == 0)
            storm_copies();
    }
}
