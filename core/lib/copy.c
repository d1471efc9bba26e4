/* SPDX-License-Identifier: Apache-2.0 */
/* Plain copies, for machines without better ones of their own (core/arch/<isa>/copy.c). */
#include "lib/string.h"
#include "lib/types.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    u8 *t = to;
    const u8 *f = from;

    while (size--)
        *t++ = *f++;
    return to;
}

void *memset(void *to, int value, size_t size)
{
    u8 *t = to;

    while (size--)
        *t++ = (u8)value;
    return to;
}
