/* SPDX-License-Identifier: Apache-2.0 */
/* Formatted text to memory. */
#include <stdio.h>

#include "format.h"

struct room {
    char *next;
    prtos_u_size_t left; /* without the NUL */
};

static void put_room(void *to, char c)
{
    struct room *room = to;

    if (room->left) {
        *room->next++ = c;
        room->left--;
    }
}

static void put_free(void *to, char c)
{
    char **next = to;

    *(*next)++ = c;
}

prtos_s32_t vsnprintf(char *s, prtos_u_size_t n, const char *format, va_list args)
{
    struct room room = {s, n ? n - 1 : 0};
    prtos_s32_t length = bail_format(put_room, &room, format, args);

    if (n)
        *room.next = 0;
    return length;
}

prtos_s32_t vsprintf(char *s, const char *format, va_list args)
{
    prtos_s32_t length = bail_format(put_free, &s, format, args);

    *s = 0;
    return length;
}

prtos_s32_t snprintf(char *s, prtos_u_size_t n, const char *format, ...)
{
    prtos_s32_t length;
    va_list args;

    va_start(args, format);
    length = vsnprintf(s, n, format, args);
    va_end(args);
    return length;
}

prtos_s32_t sprintf(char *s, const char *format, ...)
{
    prtos_s32_t length;
    va_list args;

    va_start(args, format);
    length = vsprintf(s, format, args);
    va_end(args);
    return length;
}
