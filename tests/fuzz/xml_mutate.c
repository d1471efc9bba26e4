/* SPDX-License-Identifier: Apache-2.0 */
/* Mutations of XML that keep it well-formed: values of attributes become edges or those of others,
 * elements are doubled, moved and removed. Knows tags and quotes, no comments. For fuzz_xml.c. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

struct span {
    size_t at;
    size_t size;
};

static size_t splice(u8 *data, size_t size, size_t max, struct span old, const u8 *text,
                     size_t length)
{
    u8 copy[4096];

    if (length > sizeof(copy) || size - old.size + length > max)
        return size;
    memcpy(copy, text, length); /* it may come from the data */
    memmove(data + old.at + length, data + old.at + old.size, size - old.at - old.size);
    memcpy(data + old.at, copy, length);
    return size - old.size + length;
}

/* The value of an attribute, without its quotes; size 0 and at 0: there is none. */
static struct span value_pick(const u8 *data, size_t size, unsigned *seed)
{
    struct span found = {0, 0};
    u32 seen = 0;

    for (size_t i = 1; i + 1 < size; i++) {
        const u8 *end;

        if (data[i] != '"' || data[i - 1] != '=')
            continue;
        end = memchr(data + i + 1, '"', size - i - 1);
        if (!end)
            break;
        if (fuzz_random(seed) % ++seen == 0)
            found = (struct span){i + 1, (size_t)(end - data) - i - 1};
        i = (size_t)(end - data);
    }
    return found;
}

static int is_name(u8 c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* From the `<` at `at` to the end of that element; size 0 if it has none. */
static struct span element_at(const u8 *data, size_t size, size_t at)
{
    u32 depth = 0;

    for (size_t i = at; i + 1 < size; i++) {
        const u8 *end;

        if (data[i] != '<')
            continue;
        end = memchr(data + i, '>', size - i);
        if (!end)
            break;
        if (data[i + 1] == '/')
            depth--;
        else if (is_name(data[i + 1]) && end[-1] != '/')
            depth++;
        i = (size_t)(end - data);
        if (!depth)
            return (struct span){at, i + 1 - at};
    }
    return (struct span){at, 0};
}

static struct span element_pick(const u8 *data, size_t size, unsigned *seed)
{
    size_t found = 0;
    u32 seen = 0;

    for (size_t i = 0; i + 1 < size; i++)
        if (data[i] == '<' && is_name(data[i + 1]) && fuzz_random(seed) % ++seen == 0)
            found = i;
    return element_at(data, size, found);
}

/* A number at an edge, in the form and with the unit of the old one. */
static size_t value_number(u8 *data, size_t size, size_t max, struct span old, unsigned *seed)
{
    static const char *const units[] = {"", "B", "KB", "MB", "s", "ms", "us", "MHz", "KHz"};
    const char *unit = units[fuzz_random(seed) % ARRAY_SIZE(units)];
    unsigned long long value = fuzz_edge(seed);
    int hex = old.size > 2 && data[old.at + 1] == 'x';
    size_t digits = 0;
    char text[64], was[64] = "";

    while (digits < old.size && data[old.at + digits] >= '0' && data[old.at + digits] <= '9')
        digits++;
    if (old.size < sizeof(was))
        memcpy(was, data + old.at, old.size);
    if (fuzz_random(seed) % 4)
        unit = hex ? "" : was + (*was ? digits : 0);
    if (fuzz_random(seed) % 3 == 0)
        value = strtoull(was, 0, 0) + fuzz_random(seed) % 3 - 1;
    snprintf(text, sizeof(text), hex ? "0x%llx%.16s" : "%llu%.16s", value, unit);
    return splice(data, size, max, old, (const u8 *)text, strlen(text));
}

static size_t value_change(u8 *data, size_t size, size_t max, unsigned *seed)
{
    static const char *const words[] = {"",
                                        "none",
                                        "infinite",
                                        "ram",
                                        "rom",
                                        "shared",
                                        "unmapped",
                                        "device",
                                        "shared device",
                                        "system",
                                        "fp",
                                        "hw_virt",
                                        "yes",
                                        "no",
                                        "source",
                                        "destination",
                                        "sampling",
                                        "queuing",
                                        "uart",
                                        "HALT",
                                        "PARTITION_HALT",
                                        "IGNORE",
                                        "part.xml",
                                        "loop.xml",
                                        "link.xml",
                                        "../outside.xml",
                                        "main.xml",
                                        "reenter",
                                        "0 1 2 3",
                                        "0.5ms",
                                        "a&amp;b",
                                        "&#233;"};
    struct span old = value_pick(data, size, seed), other;
    const char *word = words[fuzz_random(seed) % ARRAY_SIZE(words)];

    if (!old.at)
        return size;
    switch (fuzz_random(seed) % 6) {
    case 0:
        return splice(data, size, max, old, (const u8 *)word, strlen(word));
    case 1:
    case 2:
        other = value_pick(data, size, seed);
        return splice(data, size, max, old, data + other.at, other.size);
    default:
        return value_number(data, size, max, old, seed);
    }
}

static size_t element_change(u8 *data, size_t size, size_t max, unsigned *seed)
{
    struct span one = element_pick(data, size, seed), other = element_pick(data, size, seed);

    if (!one.size || !other.size)
        return size;
    switch (fuzz_random(seed) % 4) {
    case 0: /* twice */
        return splice(data, size, max, (struct span){one.at, 0}, data + one.at, one.size);
    case 1: /* in front of another */
        return splice(data, size, max, (struct span){other.at, 0}, data + one.at, one.size);
    case 2: /* in place of another */
        return splice(data, size, max, other, data + one.at, one.size);
    default:
        return splice(data, size, max, one, data, 0);
    }
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed)
{
    u32 kind = fuzz_random(&seed) % 8;

    if (kind == 0 || size < 16)
        return LLVMFuzzerMutate(data, size, max);
    for (u32 n = 1 + fuzz_random(&seed) % 3; n; n--)
        size = kind < 6 ? value_change(data, size, max, &seed)
                        : element_change(data, size, max, &seed);
    return size;
}
