/* SPDX-License-Identifier: Apache-2.0 */
/* Formatted text: conversions of <stdio.h> for any taker of characters. */
#include "format.h"

#define DIGITS_MAX 20   /* of 64 bits, decimal */
#define WIDTH_MAX 99999 /* a longer one would only hold up its reader */

struct output {
    void (*put)(void *to, char c);
    void *to;
    prtos_s32_t count;
};

struct spec {
    char pad;
    prtos_u32_t width;
    prtos_u32_t longs;
};

static void emit(struct output *out, char c)
{
    out->put(out->to, c);
    out->count++;
}

static void emit_pad(struct output *out, const struct spec *spec, char pad, prtos_u32_t length)
{
    for (; length < spec->width; length++)
        emit(out, pad);
}

static void emit_string(struct output *out, const struct spec *spec, const char *s)
{
    prtos_u32_t length = 0;

    if (!s)
        s = "(null)";
    while (spec->width && length < spec->width && s[length])
        length++;
    emit_pad(out, spec, ' ', length);
    while (*s)
        emit(out, *s++);
}

static void emit_number(struct output *out, const struct spec *spec, prtos_u64_t value,
                        prtos_u32_t base, int negative)
{
    char digits[DIGITS_MAX];
    prtos_u32_t length = 0;
    prtos_u32_t low;

    /* 64-bit division is a long routine on 32-bit architectures: only while it must be. */
    for (; value >> 32; value /= base)
        digits[length++] = "0123456789ABCDEF"[value % base];
    low = (prtos_u32_t)value;
    do {
        digits[length++] = "0123456789ABCDEF"[low % base];
        low /= base;
    } while (low);

    if (negative && spec->pad == '0')
        emit(out, '-');
    emit_pad(out, spec, spec->pad, length + (negative ? 1 : 0));
    if (negative && spec->pad != '0')
        emit(out, '-');
    while (length)
        emit(out, digits[--length]);
}

/* What stands between % and the conversion. */
static const char *parse_spec(const char *format, struct spec *spec)
{
    spec->pad = ' ';
    spec->width = 0;
    spec->longs = 0;
    if (*format == '0' || *format == ' ') {
        spec->pad = *format++;
        for (; *format >= '0' && *format <= '9'; format++)
            if (spec->width <= WIDTH_MAX)
                spec->width = spec->width * 10 + (prtos_u32_t)(*format - '0');
        if (spec->width > WIDTH_MAX)
            spec->width = WIDTH_MAX;
    }
    for (; *format == 'l' || *format == 'L'; format++)
        spec->longs += *format == 'L' ? 2 : 1;
    return format;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* va_list may be an array type: it travels inside a structure. */
struct arguments {
    va_list list;
};

static prtos_u64_t next_unsigned(struct arguments *args, const struct spec *spec)
{
    if (spec->longs >= 2)
        return va_arg(args->list, unsigned long long);
    return spec->longs ? va_arg(args->list, unsigned long) : va_arg(args->list, unsigned int);
}

static prtos_s64_t next_signed(struct arguments *args, const struct spec *spec)
{
    if (spec->longs >= 2)
        return va_arg(args->list, long long);
    return spec->longs ? va_arg(args->list, long) : va_arg(args->list, int);
}

static void convert(struct output *out, const struct spec *spec, char conversion,
                    struct arguments *args)
{
    prtos_s64_t number;

    switch (lower(conversion)) {
    case 'c':
        emit_pad(out, spec, ' ', 1);
        emit(out, (char)va_arg(args->list, int));
        break;
    case 's':
        emit_string(out, spec, va_arg(args->list, const char *));
        break;
    case 'd':
    case 'i':
        number = next_signed(args, spec);
        emit_number(out, spec, number < 0 ? -(prtos_u64_t)number : (prtos_u64_t)number, 10,
                    number < 0);
        break;
    case 'u':
        emit_number(out, spec, next_unsigned(args, spec), 10, 0);
        break;
    case 'x':
        emit_number(out, spec, next_unsigned(args, spec), 16, 0);
        break;
    default:
        emit(out, conversion);
        break;
    }
}

prtos_s32_t bail_format(void (*put)(void *to, char c), void *to, const char *format, va_list args)
{
    struct output out = {put, to, 0};
    struct arguments copy;
    struct spec spec;

    va_copy(copy.list, args);
    while (*format) {
        char c = *format++;

        if (c != '%') {
            emit(&out, c);
            continue;
        }
        format = parse_spec(format, &spec);
        if (!*format)
            break;
        convert(&out, &spec, *format++, &copy);
    }
    va_end(copy.list);
    return out.count;
}
