/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the one description the process handles: grows, is never given back. Called by
 * everything in this folder. Ends the process when there is none. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cf.h"

static void *or_end(void *memory)
{
    if (!memory) {
        fputs("prtoscparser: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

void *cf_grow(void *at, u32 n, u32 *room, size_t size)
{
    if (n == *room) {
        *room = n ? n * 2 : 16;
        at = or_end(reallocarray(at, *room, size));
    }
    memset((char *)at + n * size, 0, size);
    return at;
}

char *cf_text(const char *format, ...)
{
    char *text;
    va_list list;
    int length;

    va_start(list, format);
    length = vasprintf(&text, format, list);
    va_end(list);
    return or_end(length < 0 ? NULL : text);
}
