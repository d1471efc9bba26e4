/* SPDX-License-Identifier: Apache-2.0 */
/* Costs in counts, made to instructions as QEMU counts them: the least of some tries. */
#include "probe.h"

static prtos_s32_t nothing(prtos_u32_t a, prtos_u32_t b)
{
    return (prtos_s32_t)(a + b) & 0;
}

static prtos_u32_t least(prtos_s32_t (*volatile function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                         prtos_u32_t b)
{
    prtos_u32_t best = ~0U;
    prtos_u32_t i;

    for (i = 0; i < 32; i++) {
        prtos_u32_t from = (prtos_u32_t)counter();
        prtos_u32_t cost, n;

        for (n = 0; n < OWN_CALLS; n++)
            function(a, b);
        cost = ((prtos_u32_t)counter() - from) * OWN_NS_PER_COUNT / OWN_CALLS;
        if (cost < best)
            best = cost;
    }
    return best;
}

prtos_u32_t probe_cost(prtos_s32_t (*function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                       prtos_u32_t b)
{
    /* nothing() itself takes up to 4: loads, add, ret; what is more stays in the figure */
    return least(function, a, b) - least(nothing, a, b);
}
