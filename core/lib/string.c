/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes and strings. Copies use the string instructions of x86 where they are the shortest way. */
#include "lib/string.h"

#include "lib/types.h"

#if defined(__i386__)
void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    void *at = to;
    size_t words = size / 4;

    __asm__ volatile("rep movsl" : "+D"(at), "+S"(from), "+c"(words) : : "memory");
    words = size & 3;
    __asm__ volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(words) : : "memory");
    return to;
}

void *memset(void *to, int value, size_t size)
{
    void *at = to;
    size_t words = size / 4;
    u32 pattern = (u32)(u8)value * 0x01010101u;

    __asm__ volatile("rep stosl" : "+D"(at), "+c"(words) : "a"(pattern) : "memory");
    words = size & 3;
    __asm__ volatile("rep stosb" : "+D"(at), "+c"(words) : "a"(pattern) : "memory");
    return to;
}
#else
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
#endif

void *memmove(void *to, const void *from, size_t size)
{
    u8 *t = to;
    const u8 *f = from;

    if (t < f || t >= f + size)
        return memcpy(to, from, size);
    while (size--)
        t[size] = f[size];
    return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const u8 *x = a;
    const u8 *y = b;

    for (; size; size--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

size_t strlen(const char *text)
{
    size_t n = 0;

    while (text[n])
        n++;
    return n;
}

int strncmp(const char *a, const char *b, size_t size)
{
    for (; size; size--, a++, b++) {
        if (*a != *b)
            return (u8)*a - (u8)*b;
        if (!*a)
            return 0;
    }
    return 0;
}
