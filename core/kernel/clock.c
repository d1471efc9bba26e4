/* SPDX-License-Identifier: Apache-2.0 */
/* The scale of the hypervisor's clock, set once at boot. */
#include "hv/clock.h"

#include "lib/div64.h"

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
    clock_scale = (struct clock_scale){base, (u32)mult, shift + 1};
    khz_ = khz;
}

u32 clock_khz(void)
{
    return khz_;
}

s64 clock_us(hv_time time)
{
    return (s64)div64_32(time, 1000, 0);
}
