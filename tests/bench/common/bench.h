/* SPDX-License-Identifier: Apache-2.0 */
/* What the measured partitions share: reading the counter, and series of samples that bench.py
 * reads out of memory when the system has halted. Nothing is printed while it is measured. */
#ifndef BENCH_H
#define BENCH_H

#include <prtos.h>
#include <string.h>
#include "machine.h"

#define BENCH_MAGIC 0x48434e42 /* "BNCH" */
#define BENCH_SAMPLES 1536

struct bench_series {
    prtos_u32_t magic; /* once it is used */
    prtos_u32_t used;
    prtos_u32_t lost; /* samples for which there was no room */
    prtos_u32_t pad;
    char name[32];
    prtos_u64_t sample[BENCH_SAMPLES];
};

/* Each program defines it, with as many as it wants. */
extern struct bench_series bench_table[];

static __inline__ void bench_name(prtos_u32_t series, const char *name)
{
    bench_table[series].magic = BENCH_MAGIC;
    strncpy(bench_table[series].name, name, sizeof(bench_table[series].name));
}

static __inline__ void bench_add(prtos_u32_t series, prtos_u64_t value)
{
    struct bench_series *to = &bench_table[series];

    if (to->used < BENCH_SAMPLES)
        to->sample[to->used++] = value;
    else
        to->lost++;
}

static __inline__ const volatile struct prtos_clock *bench_clock(void)
{
    return (const volatile struct prtos_clock *)(PTR2ADDR(prtos_get_pct()) +
                                                 prtos_get_pct()->clock_offset);
}

/* Nanoseconds of the hardware clock at a count of the running slot, as the core itself converts. */
static __inline__ prtos_u64_t bench_ns(prtos_u64_t count)
{
    const volatile struct prtos_clock *clock = bench_clock();
    prtos_u32_t delta = (prtos_u32_t)(count - clock->base_count);

    return clock->base_ns + (((prtos_u64_t)delta * clock->mult) >> clock->shift);
}

/* A place that the plugin can find by its name; once, in a function that is not copied. */
#define BENCH_POINT(name)                                                                          \
    __asm__ __volatile__(".globl bench_at_" #name "\nbench_at_" #name ":" ::: "memory")

/* The time around one statement, less the time around none. */
#define BENCH_TIME(series, empty, statement)                                                       \
    do {                                                                                           \
        prtos_u32_t bench_before_ = bench_count();                                                 \
        statement;                                                                                 \
        bench_add(series, bench_count() - bench_before_ - (empty));                                \
    } while (0)

#endif
