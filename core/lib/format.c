/* SPDX-License-Identifier: Apache-2.0 */
/* Text from values, bounded by the buffer. Unknown conversions print their letter. */
#include "lib/format.h"

#include <stdbool.h>

#include "lib/div64.h"

struct out {
    char *to;
    size_t room;
    size_t length;
};

static void put(struct out *out, char c)
{
    if (out->length + 1 < out->room)
        out->to[out->length++] = c;
}

static void put_text(struct out *out, const char *text, size_t width)
{
    size_t n = 0;

    for (; text[n]; n++)
        put(out, text[n]);
    for (; n < width; n++)
        put(out, ' ');
}

static void put_number(struct out *out, u64 value, u32 base, bool negative, size_t width, char fill)
{
    char digits[24];
    size_t n = 0;

    do {
        u32 rest;

        value = div64_32(value, base, &rest);
        digits[n++] = "0123456789abcdef"[rest];
    } while (value);
    if (negative && fill == '0')
        put(out, '-');
    for (size_t i = n + negative; i < width; i++)
        put(out, fill);
    if (negative && fill != '0')
        put(out, '-');
    while (n)
        put(out, digits[--n]);
}

/* One conversion; returns the format behind it. */
static const char *convert(struct out *out, const char *f, va_list *args)
{
    char fill = *f == '0' ? '0' : ' ';
    size_t width = 0;
    bool wide = false;
    s64 value;

    while (*f >= '0' && *f <= '9')
        width = width * 10 + (size_t)(*f++ - '0');
    while (*f == 'l') {
        wide |= f[1] == 'l' || sizeof(long) == 8;
        f++;
    }
    switch (*f) {
    case 'c':
        put(out, (char)va_arg(*args, int));
        break;
    case 's':
        put_text(out, va_arg(*args, const char *), width);
        break;
    case 'd':
        value = wide ? va_arg(*args, long long) : va_arg(*args, int);
        put_number(out, value < 0 ? -(u64)value : (u64)value, 10, value < 0, width, fill);
        break;
    case 'u':
    case 'x':
        put_number(out, wide ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned),
                   *f == 'x' ? 16 : 10, false, width, fill);
        break;
    case 0:
        return f;
    default:
        put(out, *f);
        break;
    }
    return f + 1;
}

size_t format_text(char *to, size_t room, const char *format, va_list args)
{
    struct out out = {to, room, 0};
    va_list copy;

    va_copy(copy, args);
    while (*format) {
        if (*format == '%')
            format = convert(&out, format + 1, &copy);
        else
            put(&out, *format++);
    }
    va_end(copy);
    to[out.length] = 0;
    return out.length;
}
