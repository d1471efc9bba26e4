/* SPDX-License-Identifier: Apache-2.0 */
/* In the first life of the system lets everything happen in turn, one thing a frame; in the later
 * ones restarts it at once. The plugin counts between the marked places. */
#include "../common/bench.h"
#include <irqs.h>
#include "board.h"

#define ROUNDS 320
#define RESTARTS 5 /* of each kind */

struct bench_series bench_table[1];

static void expect(prtos_s32_t good)
{
    if (!good)
        BOARD->failed++;
}

static __attribute__((noinline, noclone)) void signal_raise(void)
{
    prtos_s32_t result;

    BENCH_POINT(raise_begin);
    result = prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0);
    BENCH_POINT(raise_end);
    expect(result == PRTOS_OK);
}

static __attribute__((noinline, noclone)) void plan_switch(void)
{
    prtos_plan_status_t status;
    prtos_u32_t previous;

    expect(prtos_get_plan_status(&status) == PRTOS_OK);
    BENCH_POINT(plan);
    expect(prtos_switch_sched_plan(1 - (prtos_u32_t)status.current, &previous) == PRTOS_OK);
}

static void live(void)
{
    prtos_u32_t round;

    for (round = 0; round < ROUNDS; round++) {
        switch (round % 4) {
        case 1:
            signal_raise();
            break;
        case 2:
            plan_switch();
            break;
        case 3:
            BOARD->command = round % 8 == 3 ? WARM : COLD;
            break;
        }
        prtos_idle_self();
    }
}

static __attribute__((noinline, noclone)) void restart(prtos_u32_t lives)
{
    if (lives < RESTARTS) {
        BENCH_POINT(system_warm);
        prtos_reset_system(PRTOS_WARM_RESET);
    } else {
        BENCH_POINT(system_cold);
        prtos_reset_system(PRTOS_COLD_RESET);
    }
}

void partition_main(void)
{
    prtos_u32_t lives = BOARD->lives++;

    bench_name(0, "failed");
    if (lives == 0)
        live();
    if (lives < 2 * RESTARTS)
        restart(lives);
    if (BOARD->failed)
        bench_add(0, BOARD->failed);
    prtos_halt_system();
}
