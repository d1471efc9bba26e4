/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of attributes to numbers. Pure; called by attr.c and by tests. */
#include "value.h"

#include <string.h>

const struct cf_unit cf_size_units[] = {{"B", 1}, {"KB", 1024}, {"MB", 1024 * 1024}, {0, 0}};

const struct cf_unit cf_time_units[] = {
    {"s", 1000000}, {"S", 1000000}, {"ms", 1000}, {"mS", 1000}, {"us", 1}, {"uS", 1}, {0, 0},
};

const struct cf_unit cf_frequency_units[] = {
    {"KHz", 1}, {"Khz", 1}, {"MHz", 1000}, {"Mhz", 1000}, {0, 0},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static u64 times_plus(u64 a, u64 factor, u64 b)
{
    if (a > (CF_VALUE_MAX - b) / factor)
        return CF_VALUE_MAX;
    return a * factor + b;
}

bool cf_value_decimal(const char **text, u64 *value)
{
    const char *c = *text;

    *value = 0;
    for (; is_digit(*c); c++)
        *value = times_plus(*value, 10, (u64)(*c - '0'));
    if (c == *text)
        return false;
    *text = c;
    return true;
}

bool cf_value_hex(const char *text, u64 *value)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";

    *value = 0;
    if (text[0] != '0' || text[1] != 'x' || !text[2])
        return false;
    for (text += 2; *text; text++) {
        const char *digit = strchr(digits, *text);

        if (!digit)
            return false;
        *value = times_plus(*value, 16, (u64)(digit - digits) % 16);
    }
    return true;
}

bool cf_value_with_unit(const char *text, const struct cf_unit *units, u64 *value)
{
    const char *fraction, *end;
    u64 part = 0;

    if (!cf_value_decimal(&text, value))
        return false;
    fraction = end = text;
    if (*text == '.') {
        u64 ignored;

        fraction = end = text + 1;
        if (!cf_value_decimal(&end, &ignored))
            return false;
    }
    while (units->suffix && strcmp(units->suffix, end) != 0)
        units++;
    if (!units->suffix)
        return false;
    /* From the last digit to the first: cutting at each step cuts the whole exactly. */
    for (const char *c = end; c-- != fraction;)
        part = (part + (u64)(*c - '0') * units->factor) / 10;
    *value = times_plus(*value, units->factor, part);
    return true;
}
