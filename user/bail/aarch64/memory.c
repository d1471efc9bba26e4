/* SPDX-License-Identifier: Apache-2.0 */
/* Copying and filling memory on AArch64, by words where both ends are aligned: with the MMU off an
 * access that is not aligned may be a fault. */
#include <string.h>

#define WORD sizeof(prtos_u64_t)
#define ALIGNED(a, b) ((((prtos_address_t)(a) | (prtos_address_t)(b)) & (WORD - 1)) == 0)

static void copy_up(prtos_u8_t *to, const prtos_u8_t *from, prtos_u64_t size)
{
    if (ALIGNED(to, from))
        for (; size >= WORD; size -= WORD, to += WORD, from += WORD)
            *(prtos_u64_t *)(void *)to = *(const prtos_u64_t *)(const void *)from;
    for (; size; size--)
        *to++ = *from++;
}

static void copy_down(prtos_u8_t *to, const prtos_u8_t *from, prtos_u64_t size)
{
    to += size;
    from += size;
    if (ALIGNED(to, from))
        for (; size >= WORD; size -= WORD) {
            to -= WORD;
            from -= WORD;
            *(prtos_u64_t *)(void *)to = *(const prtos_u64_t *)(const void *)from;
        }
    for (; size; size--)
        *--to = *--from;
}

void *memcpy(void *to, const void *from, prtos_u32_t size)
{
    copy_up(to, from, size);
    return to;
}

void *memmove(void *to, const void *from, prtos_u32_t size)
{
    if ((prtos_address_t)to - (prtos_address_t)from < size)
        copy_down(to, from, size);
    else
        copy_up(to, from, size);
    return to;
}

void *memset(void *to, prtos_s32_t value, prtos_u32_t size)
{
    prtos_u64_t pattern = (prtos_u8_t)value * 0x0101010101010101ull;
    prtos_u64_t left = size;
    prtos_u8_t *next = to;

    for (; left && !ALIGNED(next, 0); left--)
        *next++ = (prtos_u8_t)value;
    for (; left >= WORD; left -= WORD, next += WORD)
        *(prtos_u64_t *)(void *)next = pattern;
    for (; left; left--)
        *next++ = (prtos_u8_t)value;
    return to;
}
