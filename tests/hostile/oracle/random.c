/* SPDX-License-Identifier: Apache-2.0 */
/* Random and edge values, and the model of the caller's memory. */
#include "oracle.h"

static prtos_u32_t state;

void random_seed(prtos_u32_t seed)
{
    state = seed;
}

prtos_u32_t random_word(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state * 2654435761u ^ state >> 15;
}

prtos_u32_t one_of(const prtos_u32_t *list, prtos_u32_t n)
{
    return list[random_word() % n];
}

prtos_u32_t random_value(void)
{
    if (random_word() % 4 == 0)
        return random_word();
    return PICK(0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 23, 24, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff,
                0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, ~0u);
}

prtos_u32_t accessible(prtos_u32_t addr, prtos_u32_t size, prtos_u32_t write)
{
    const prtos_u32_t areas[] = {ROOM, BLANK, FROZEN};
    prtos_u32_t i;

    for (i = 0; i < (write ? 2 : 3); i++)
        if (addr >= areas[i] && addr - areas[i] < AREA && size <= AREA - (addr - areas[i]))
            return 1;
    return 0;
}

/* Mostly good; else over an end, of others, of nobody. */
prtos_u32_t random_pointer(prtos_u32_t area, prtos_u32_t size)
{
    prtos_u32_t last = area + AREA - size;

    switch (random_word() % 8) {
    case 0:
        return PICK(0, 1, 0x1000, 0x6400000, 0x6100000 - self * 0x100000, FROZEN + AREA, area - 1,
                    area + AREA, 0x1000000, 0xfbf6e000, HYPERVISOR_BASE, HYPERVISOR_BASE - 1,
                    0xfc100000, 0xfee00000, 0xfffffff8, ~0u);
    case 1:
        return last + 1 + random_word() % size;
    case 2:
        return last;
    case 3:
        return area;
    default:
        return area + random_word() % (AREA - size);
    }
}
