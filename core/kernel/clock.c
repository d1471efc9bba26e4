/* SPDX-License-Identifier: Apache-2.0 */
/* The scale of the hypervisor's clock, set once at boot. */
#include "hv/clock.h"

#include "lib/div64.h"

#define CLOCK_LOOKS 8u /* at another CPU's counter */

struct clock_scale clock_scale;
static u32 khz_;

void clock_start(u64 base, u32 khz)
{
    u32 shift = 31;
    u64 mult;

    /* mult = 10^6 * 2^shift / khz, as large as 32 bits allow: the finest scale. */
    do {
        mult = div64(1000000ull << shift, khz);
        shift--;
    } while (mult >> 32);
    clock_scale = (struct clock_scale){
        base, (u32)mult, shift + 1, (u32)div64_32((u64)khz << 24, 1000000, 0), (2u << shift) - 1};
    khz_ = khz;
}

hv_time clock_look_far(struct cpu *cpu, u64 count)
{
    u64 delta = count - clock_scale.base;

    cpu->looked_count = count;
    /* The low bits of the product do not depend on the high word of delta. */
    cpu->looked_rest = (u32)delta * clock_scale.mult & clock_scale.rest;
    cpu->looked_at = clock_at(count);
    return cpu->looked_at;
}

u64 clock_count_at(const struct cpu *cpu, hv_time time)
{
    u32 ns = (u32)(time - cpu->looked_at);
    u64 product = (u64)ns << clock_scale.shift;
    u32 more = clock_count(ns) + 1;

    /* The part of a ns that was over at the look: no more steps than the counter has in a ns. */
    while ((u64)(more - 1) * clock_scale.mult + cpu->looked_rest >= product)
        more--;
    return cpu->looked_count + more;
}

/* The other's reading lies between two of one's own, or it is apart by at least what is missing. */
s64 clock_apart(const struct cpu *cpu)
{
    s64 most = 0;

    for (u32 i = 0; i < CLOCK_LOOKS; i++) {
        u64 before = arch_count();
        u64 other = arch_cpu_count(cpu);
        u64 after = arch_count();

        if ((s64)(other - before) < most && (s64)(other - before) < 0)
            most = (s64)(other - before);
        else if ((s64)(other - after) > most)
            most = (s64)(other - after);
    }
    return most < 0 ? -(s64)clock_scaled((u64)-most, clock_scale.mult, clock_scale.shift)
                    : (s64)clock_scaled((u64)most, clock_scale.mult, clock_scale.shift);
}

u32 clock_khz(void)
{
    return khz_;
}

s64 clock_us(hv_time time)
{
    return (s64)div64_32(time, 1000, 0);
}
