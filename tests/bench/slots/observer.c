/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeps until its slot begins, right behind the neighbour's, and notes when that was. Keeps the
 * neighbour alive: whatever stops it, it is started again. */
#include "../common/bench.h"
#include <stdio.h>
#include "kinds.h"

#define NEIGHBOUR 1
#define SLOTS 260
#define WARM 4

/* Start of each slot, by kind; then what the neighbour did in each kind; then how often it was
 * found stopped. */
struct bench_series bench_table[KIND_COUNT + 3];

#define KIND_TEXT_(name, text) text,
static const char *const names[] = {KINDS(KIND_TEXT_)};

static void revive(void)
{
    static prtos_part_status_t status;

    if (prtos_get_partition_status(NEIGHBOUR, &status) != PRTOS_OK)
        return;
    if (status.state == PRTOS_STATUS_SUSPENDED) {
        bench_add(KIND_COUNT + 1, CHOICE->kind);
        prtos_resume_partition(NEIGHBOUR);
    } else if (status.state == PRTOS_STATUS_HALTED) {
        bench_add(KIND_COUNT + 1, CHOICE->kind);
        prtos_reset_partition(NEIGHBOUR, PRTOS_COLD_RESET, 0);
    }
}

static void observe(prtos_u32_t kind)
{
    prtos_u32_t i;

    CHOICE->kind = kind;
    CHOICE->done = 0;
    CHOICE->ending = 0;
    for (i = 0; i < SLOTS + WARM; i++) {
        prtos_s32_t result;
        prtos_u64_t now;

        _PRTOS_HCALL0(idle_self_nr, result);
        now = bench_count64();
        (void)result;
        if (i >= WARM)
            bench_add(kind, bench_ns(now));
        revive();
    }
    bench_add(KIND_COUNT, CHOICE->done);
    prtos_reset_partition(NEIGHBOUR, PRTOS_COLD_RESET, 0);
}

void partition_main(void)
{
    prtos_u32_t kind;

    for (kind = 0; kind < KIND_COUNT; kind++)
        bench_name(kind, names[kind]);
    bench_name(KIND_COUNT, "actions");
    bench_name(KIND_COUNT + 1, "found stopped");
    CHOICE->random = 1;
    for (kind = 0; kind < KIND_COUNT; kind++)
        observe(kind);
    prtos_halt_system();
}
