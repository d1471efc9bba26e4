/* SPDX-License-Identifier: Apache-2.0 */
/* The hypervisor's clock: ns since boot from the CPU's free-running counter. Set up once at
 * boot; from then on a pure function of the counter, the same on every CPU. */
#ifndef HV_CLOCK_H
#define HV_CLOCK_H

#include "hv/arch.h"
#include "hv/base.h"
#include "hv/cpu.h"

/* ns = (count - base) * mult >> shift; shift is 1 to 31. */
struct clock_scale {
    u64 base;
    u32 mult;
    u32 shift;
    u32 counts; /* of the counter in a ns, times 2^24 */
    u32 rest;   /* bits of a product below a ns: 2^shift - 1 */
};

extern struct clock_scale clock_scale;

/* Starts the clock at counter value `base`, running at `khz` (1000 to 2^32-1). */
void clock_start(u64 base, u32 khz);

u32 clock_khz(void);

/* By how many ns, at least, another CPU's counter is ahead (> 0) or behind (< 0); at boot. */
s64 clock_apart(const struct cpu *cpu);

/* (delta * mult) >> shift without losing a bit; shift is 1 to 31, the result below 2^64. */
static inline u64 clock_scaled(u64 delta, u32 mult, u32 shift)
{
    return (((u64)(u32)(delta >> 32) * mult) << (32 - shift)) + arch_scale((u32)delta, mult, shift);
}

static inline hv_time clock_at(u64 count)
{
    return clock_scaled(count - clock_scale.base, clock_scale.mult, clock_scale.shift);
}

static inline hv_time clock_now(void)
{
    return clock_at(arch_count());
}

/* The counter's steps in `ns`, rounded down. */
static inline u32 clock_count(u32 ns)
{
    return (u32)arch_scale(ns, clock_scale.counts, 24);
}

/* The first count at which the clock shows `time`, which is after the last look and soon. */
u64 clock_count_at(const struct cpu *cpu, hv_time time);

/* Looks at the clock and remembers it for clock_recent(). Exact: what is left of a ns is kept. */
hv_time clock_look_far(struct cpu *cpu, u64 count);

static __hot_inline hv_time clock_look(struct cpu *cpu, u64 count)
{
    u64 delta = count - cpu->looked_count;
    u64 product = (u64)(u32)delta * clock_scale.mult + cpu->looked_rest;

    if (unlikely(delta >> 32))
        return clock_look_far(cpu, count);
    cpu->looked_count = count;
    cpu->looked_rest = (u32)product & clock_scale.rest;
    return cpu->looked_at += arch_shift(product, clock_scale.shift);
}

/* The longest time a CPU goes without a look: its counter's low word does not wrap in it. */
#define CLOCK_RECENT 500000000u

/* ns since the last look of a CPU. */
static __hot_inline u32 clock_since_look(const struct cpu *cpu)
{
    return (u32)arch_scale((u32)arch_count() - (u32)cpu->looked_count, clock_scale.mult,
                           clock_scale.shift);
}

/* The time by 32 bits from the last look: at most 1 ns behind clock_now(), never going back. */
static __hot_inline hv_time clock_recent(const struct cpu *cpu)
{
    return cpu->looked_at + clock_since_look(cpu);
}

/* Whole us of a time, without a 64-bit division. */
s64 clock_us(hv_time time);

/* ns of a count of us, HV_NEVER if it does not fit. us >= 0. */
static inline hv_time clock_ns(s64 us)
{
    return (u64)us > HV_NEVER / 1000 ? HV_NEVER : (u64)us * 1000;
}

#endif
