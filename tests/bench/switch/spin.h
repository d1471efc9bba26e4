/* SPDX-License-Identifier: Apache-2.0 */
/* The program of both spinning partitions: reads the counter without a pause, so that a gap shows
 * the beginning of a slot, and notes when each slot of each id began and when the one before was
 * last seen to run. */
#ifndef BENCH_SPIN_H
#define BENCH_SPIN_H

#include "../common/bench.h"
#include <stdio.h>

#define LAST_SEEN (*(volatile prtos_u64_t *)0x6c00000) /* shared area of the XML */
#define SLOTS 5
#define GAP 120 /* more than a turn of the loop, less than a switch */
#define FRAMES 210
#define WARM 5

/* For each slot id: when it was noticed, the same at a marked place, since the other one ran. */
struct bench_series bench_table[3 * SLOTS + 1];

static __attribute__((noinline, noclone)) prtos_u64_t stamp(void)
{
    BENCH_POINT(stamp);
    return bench_count64();
}

static void name_series(void)
{
    char name[32];
    prtos_u32_t i;

    for (i = 0; i < SLOTS; i++) {
        sprintf(name, "noticed %d", i);
        bench_name(3 * i, name);
        sprintf(name, "stamp %d", i);
        bench_name(3 * i + 1, name);
        sprintf(name, "since other %d", i);
        bench_name(3 * i + 2, name);
    }
    LAST_SEEN = 0;
}

/* A slot begins; returns the last reading. */
static prtos_u64_t slot_begun(prtos_u64_t now, prtos_u64_t other)
{
    prtos_u64_t later = stamp();
    prtos_u32_t slot = prtos_get_pct()->cyclic_sched_info.id;

    bench_add(3 * slot, bench_ns(now));
    bench_add(3 * slot + 1, bench_ns(later));
    bench_add(3 * slot + 2, now - other);
    return bench_count64();
}

/* Until `frames` slots with id `counted` have begun. */
static void spin(prtos_u32_t counted, prtos_u32_t frames)
{
    prtos_u64_t last = bench_count64();

    name_series();
    while (bench_table[3 * counted].used < frames) {
        prtos_u64_t now = bench_count64();

        if (now - last > GAP)
            now = slot_begun(now, LAST_SEEN);
        LAST_SEEN = now;
        last = now;
    }
}

#endif
