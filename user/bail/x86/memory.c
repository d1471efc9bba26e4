/* SPDX-License-Identifier: Apache-2.0 */
/* Copying and filling memory on x86 by the string instructions, words first. */
#include <string.h>

static __inline__ void copy_up(void **to, const void **from, unsigned long size)
{
    unsigned long words = size / 4;

    __asm__ __volatile__("rep movsl" : "+D"(*to), "+S"(*from), "+c"(words) : : "memory");
    size &= 3;
    __asm__ __volatile__("rep movsb" : "+D"(*to), "+S"(*from), "+c"(size) : : "memory");
}

void *memcpy(void *to, const void *from, prtos_u32_t size)
{
    void *next = to;

    copy_up(&next, &from, size);
    return to;
}

void *memmove(void *to, const void *from, prtos_u32_t size)
{
    unsigned long left = size;
    void *last = (char *)to + size - 1;
    const void *source = (const char *)from + size - 1;

    if (to == from || size == 0)
        return to;
    if ((char *)to < (const char *)from || (char *)to >= (const char *)from + size)
        return memcpy(to, from, size);
    __asm__ __volatile__("std; rep movsb; cld" : "+D"(last), "+S"(source), "+c"(left) : : "memory");
    return to;
}

void *memset(void *to, prtos_s32_t value, prtos_u32_t size)
{
    prtos_u32_t pattern = (prtos_u8_t)value * 0x01010101U;
    unsigned long words = size / 4;
    unsigned long rest = size & 3;
    void *next = to;

    __asm__ __volatile__("rep stosl" : "+D"(next), "+c"(words) : "a"(pattern) : "memory");
    __asm__ __volatile__("rep stosb" : "+D"(next), "+c"(rest) : "a"(pattern) : "memory");
    return to;
}
