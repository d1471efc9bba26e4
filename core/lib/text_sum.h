/* SPDX-License-Identifier: Apache-2.0 */
/* A number for a text, so that names are compared by one word first. */
#ifndef LIB_TEXT_SUM_H
#define LIB_TEXT_SUM_H

#include "lib/types.h"

/* Of at most `size` characters: equal for equal texts, seldom for others. */
static inline u32 text_sum(const char *text, u32 size)
{
    u32 sum = 0;

    while (size-- && *text)
        sum = sum * 31 + (u8)*text++;
    return sum;
}

#endif
