/* SPDX-License-Identifier: Apache-2.0 */
/* Strings, and comparison of memory. Copying and filling are the architecture's. */
#include <string.h>

prtos_s32_t memcmp(const void *a, const void *b, prtos_u32_t size)
{
    const unsigned char *x = a;
    const unsigned char *y = b;

    for (; size; size--, x++, y++)
        if (*x != *y)
            return *x < *y ? -1 : 1;
    return 0;
}

prtos_u_size_t strlen(const char *s)
{
    const char *end = s;

    if (!s)
        return 0;
    while (*end)
        end++;
    return (prtos_u_size_t)(end - s);
}

char *strcpy(char *to, const char *from)
{
    char *next = to;

    while ((*next++ = *from++))
        ;
    return to;
}

char *strncpy(char *to, const char *from, prtos_u_size_t n)
{
    prtos_u_size_t i;

    for (i = 0; i < n; i++) {
        to[i] = *from;
        if (*from)
            from++;
    }
    if (n)
        to[n - 1] = 0;
    return to;
}

char *strcat(char *to, const char *from)
{
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *to, const char *from, prtos_u_size_t n)
{
    char *next = to + strlen(to);

    for (; n && *from; n--)
        *next++ = *from++;
    *next = 0;
    return to;
}

prtos_s32_t strcmp(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

prtos_s32_t strncmp(const char *a, const char *b, prtos_u_size_t n)
{
    for (; n && *a && *a == *b; n--) {
        a++;
        b++;
    }
    return n ? (unsigned char)*a - (unsigned char)*b : 0;
}

char *strchr(const char *s, prtos_s32_t c)
{
    for (; *s != (char)c; s++)
        if (!*s)
            return 0;
    return (char *)s;
}

char *strrchr(const char *s, prtos_s32_t c)
{
    const char *last = 0;

    do {
        if (*s == (char)c)
            last = s;
    } while (*s++);
    return (char *)last;
}

char *strstr(const char *s, const char *word)
{
    prtos_u_size_t length = strlen(word);

    for (; strncmp(s, word, length); s++)
        if (!*s)
            return 0;
    return (char *)s;
}
