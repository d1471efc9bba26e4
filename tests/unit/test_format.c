/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/format.c against the host's snprintf, one random conversion after the other, and against
 * every size of buffer. Text with a width stands at the left, which printf writes with a minus. */
/* sources: core/lib/format.c core/lib/div64.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/format.h"
#include "random.h"

static size_t format(char *to, size_t room, const char *text, ...)
{
    va_list args;
    size_t length;

    va_start(args, text);
    length = format_text(to, room, text, args);
    va_end(args);
    return length;
}

/* One conversion of each kind with the same width and flags, by both. */
static void numbers_agree(void **state)
{
    static const char *const kinds[] = {"d", "u", "x", "lld", "llu", "llx"};

    (void)state;
    for (u32 i = 0; i < 100000; i++) {
        const char *kind = kinds[i % ARRAY_SIZE(kinds)];
        u64 value = random_edge();
        u32 width = random_below(2) ? (u32)random_below(30) : 0;
        char text[64], expected[128], got[128];
        int length;
        size_t written;

        snprintf(text, sizeof(text), "<%%%s%.0u%s|", width && random_below(2) ? "0" : "", width,
                 kind);
        if (kind[0] == 'l') {
            length = snprintf(expected, sizeof(expected), text, value);
            written = format(got, sizeof(got), text, value);
        } else {
            length = snprintf(expected, sizeof(expected), text, (u32)value);
            written = format(got, sizeof(got), text, (u32)value);
        }
        assert_string_equal(got, expected);
        assert_int_equal(written, length);
    }
}

static void least_numbers(void **state)
{
    char got[64];

    (void)state;
    format(got, sizeof(got), "%d %lld %x", (int)0x80000000u, (long long)(1ull << 63), 0u);
    assert_string_equal(got, "-2147483648 -9223372036854775808 0");
    format(got, sizeof(got), "%08d|%8d|%02x", -42, -42, 0xabcu);
    assert_string_equal(got, "-0000042|     -42|abc");
}

static void texts_and_characters(void **state)
{
    char got[64];

    (void)state;
    assert_int_equal(format(got, sizeof(got), "%s%c%%%s.", "ab", 'x', ""), 5);
    assert_string_equal(got, "abx%.");
    format(got, sizeof(got), "%6s|%2s|", "abc", "abc");
    assert_string_equal(got, "abc   |abc|");
    assert_int_equal(format(got, sizeof(got), "%s", ""), 0);
    assert_string_equal(got, "");
}

/* A mistake in a format must not read arguments that are not there, nor run over the end. */
static void unknown_conversions_print_their_letter(void **state)
{
    char got[64];

    (void)state;
    format(got, sizeof(got), "%q %d", 5);
    assert_string_equal(got, "q 5");
    format(got, sizeof(got), "end %");
    assert_string_equal(got, "end ");
    format(got, sizeof(got), "end %08ll");
    assert_string_equal(got, "end ");
}

static void every_buffer_is_respected(void **state)
{
    const char *text = "P%u %s: 0x%08x %12lld|%5s|%%%c";
    char whole[128];
    size_t length =
        format(whole, sizeof(whole), text, 7u, "name", 0xbeefu, -123456789ll, "abc", '!');

    (void)state;
    assert_string_equal(whole, "P7 name: 0x0000beef   -123456789|abc  |%!");
    for (size_t room = 1; room <= length + 3; room++) {
        char *exact = malloc(room); /* one byte more would be seen */
        size_t kept = room - 1 < length ? room - 1 : length;

        memset(exact, 'Z', room);
        assert_int_equal(format(exact, room, text, 7u, "name", 0xbeefu, -123456789ll, "abc", '!'),
                         kept);
        assert_memory_equal(exact, whole, kept);
        assert_int_equal(exact[kept], 0);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_agree),
        cmocka_unit_test(least_numbers),
        cmocka_unit_test(texts_and_characters),
        cmocka_unit_test(unknown_conversions_print_their_letter),
        cmocka_unit_test(every_buffer_is_respected),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
