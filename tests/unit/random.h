/* SPDX-License-Identifier: Apache-2.0 */
/* Random operands for unit tests: the same sequence in each run, with many values near edges. */
#ifndef RANDOM_H
#define RANDOM_H

#include "lib/types.h"

static u64 random_state = 0x9e3779b97f4a7c15ull;

/* xorshift64*: Marsaglia 2003, Vigna 2016. */
static inline u64 random_u64(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1dull;
}

/* 0 up to `limit` - 1; limit > 0. */
static inline u64 random_below(u64 limit)
{
    return random_u64() % limit;
}

/* Any number of bits, often all ones or a power of two, plus or minus a little. */
static inline u64 random_edge(void)
{
    u32 bits = (u32)random_below(64) + 1;
    u64 value = random_u64() >> (64 - bits);

    switch (random_below(4)) {
    case 0:
        return (1ull << (bits - 1)) + random_below(3) - 1;
    case 1:
        return ~0ull >> (64 - bits);
    case 2:
        return value & ~0xffffffffull;
    default:
        return value;
    }
}

#endif
