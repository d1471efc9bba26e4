/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers from text; the last part of a path. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static prtos_u32_t digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (prtos_u32_t)(c - '0');
    if (c >= 'a' && c <= 'z')
        return (prtos_u32_t)(c - 'a') + 10;
    if (c >= 'A' && c <= 'Z')
        return (prtos_u32_t)(c - 'A') + 10;
    return 36;
}

/* Digits at `s`, at most `max`; `*end` moves behind them if there is one. */
static unsigned long long digits(const char *s, const char **end, prtos_u32_t base,
                                 unsigned long long max, int *beyond)
{
    unsigned long long most = max / base;
    unsigned long long value = 0;

    for (; digit_of(*s) < base; *end = ++s) {
        prtos_u32_t digit = digit_of(*s);

        if (value > most || (value == most && digit > max - most * base))
            *beyond = 1;
        value = value * base + digit;
    }
    return *beyond ? max : value;
}

/* Blanks, sign, prefix, digits. The limit for negative numbers is `max` + `below`; an unsigned
 * number (`below` 0) beyond the limit is not negated. */
static unsigned long long parse(const char *s, char **end, prtos_s32_t base, unsigned long long max,
                                unsigned long long below, int *negative)
{
    const char *stop = s;
    unsigned long long value = 0;
    int beyond = 0;

    *negative = 0;
    if (base == 0 || (base >= 2 && base <= 36)) {
        const char *next = s;

        while (isspace(*next))
            next++;
        *negative = *next == '-';
        if (*next == '-' || *next == '+')
            next++;
        if ((base == 0 || base == 16) && next[0] == '0' && (next[1] == 'x' || next[1] == 'X') &&
            digit_of(next[2]) < 16) {
            next += 2;
            base = 16;
        } else if (base == 0) {
            base = *next == '0' ? 8 : 10;
        }
        value = digits(next, &stop, (prtos_u32_t)base, *negative ? max + below : max, &beyond);
        if (beyond && !below)
            *negative = 0;
    }
    if (end)
        *end = (char *)stop;
    return value;
}

long strtol(const char *s, char **end, prtos_s32_t base)
{
    int negative;
    unsigned long value = (unsigned long)parse(s, end, base, LONG_MAX, 1, &negative);

    return (long)(negative ? -value : value);
}

long long strtoll(const char *s, char **end, prtos_s32_t base)
{
    int negative;
    unsigned long long value = parse(s, end, base, LLONG_MAX, 1, &negative);

    return (long long)(negative ? -value : value);
}

unsigned long strtoul(const char *s, char **end, prtos_s32_t base)
{
    int negative;
    unsigned long value = (unsigned long)parse(s, end, base, ULONG_MAX, 0, &negative);

    return negative ? -value : value;
}

unsigned long long strtoull(const char *s, char **end, prtos_s32_t base)
{
    int negative;
    unsigned long long value = parse(s, end, base, ULLONG_MAX, 0, &negative);

    return negative ? -value : value;
}

prtos_s32_t atoi(const char *s)
{
    int negative;
    prtos_u32_t value = (prtos_u32_t)parse(s, 0, 0, INT_MAX, 1, &negative);

    return (prtos_s32_t)(negative ? -value : value);
}

char *basename(char *path)
{
    char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
