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
    bool wide = false, negative;
    u64 value;

    while (*f >= '0' && *f <= '9')
        width = width * 10 + (size_t)(*f++ - '0');
    while (*f == 'l') {
        wide |= f[1] == 'l' || sizeof(long) == 8;
        f++;
    }
    switch (*f) {
    case 's':
        put_text(out, va_arg(*args, const char *), width);
        break;
    case 'c':
    case 'd':
    case 'u':
    case 'x':
        value = wide ? va_arg(*args, u64) : (u64)va_arg(*args, int);
        if (*f == 'c') {
            put(out, (char)value);
            break;
        }
        negative = *f == 'd' && (s64)value < 0;
        if (negative)
            value = -value;
        else if (!wide)
            value = (u32)value;
        put_number(out, value, *f == 'x' ? 16 : 10, negative, width, fill);
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
