/* SPDX-License-Identifier: Apache-2.0 */
/* A load, a store and a jump to pages that are not the partition's own: to each one in and around
 * the core's area, the partitions' and the control table; elsewhere at each 64 KB, far away at each
 * 2 MB and power of two. Each must end in an exception of its own or in a health event. */
#include <stdio.h>
#include "sweep.h"

#define LOAD 0xb9400001u    /* ldr w1, [x0] */
#define STORE 0xb9000001u   /* str w1, [x0] */
#define JUMP 0xd61f0000u    /* br x0 */
#define CORE_END 0x800000ul /* and what is around its area */
#define AREAS 0x5f00000ul   /* of partitions */
#define AREAS_END 0x6800000ul
#define DEVICES_END 0x20000000ul
#define SPACE_END 0x200000000ul
#define SMALL 0x1000ul
#define MIDDLE 0x10000ul
#define LARGE 0x200000ul

static prtos_u32_t tried, open;
static prtos_u64_t first_open;

static const struct {
    prtos_u64_t from, to;
} own[] = {{0x6000000, 0x6100000}, {0x6500000, 0x6510000}, {PCT_BASE, PCT_BASE + SMALL}};

static prtos_u32_t is_own(prtos_u64_t address)
{
    prtos_u32_t i;

    for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (address >= own[i].from && address < own[i].to)
            return 1;
    return 0;
}

static void try_page(prtos_u64_t address)
{
    static const prtos_u32_t ways[] = {LOAD, STORE, JUMP};
    prtos_u32_t i;

    if (is_own(address))
        return;
    for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        prtos_u64_t value = address;

        tried++;
        if (!probe_stopped(ways[i], &value, AT_EL1) && !open++)
            first_open = address;
    }
}

static void try_all(prtos_u64_t from, prtos_u64_t to, prtos_u64_t step)
{
    for (; from < to; from += step)
        try_page(from);
}

void reach(void)
{
    prtos_u32_t bit;

    try_all(0, CORE_END, SMALL);
    try_all(CORE_END, AREAS, MIDDLE);
    try_all(AREAS, AREAS_END, SMALL);
    try_all(AREAS_END, DEVICES_END, MIDDLE);
    try_all(DEVICES_END, SPACE_END, LARGE);
    try_all(PCT_BASE - 0x60000, PCT_BASE + 0x60000, SMALL);
    for (bit = 12; bit < 64; bit++) {
        try_page(1ul << bit);
        try_page((1ul << bit) - 4);
        try_page(0ul - (1ul << bit));
    }
    check_range("reach.tried", 45000, ~0u, tried);
    check("reach.open", 0, (prtos_s32_t)open);
    check_word("reach.first", 0, (prtos_u32_t)first_open);
}
