/* SPDX-License-Identifier: Apache-2.0 */
/* BAIL's printf family against the host's where the two agree, against values where not. */
/* sources: user/bail/libc/format.c user/bail/libc/sprintf.c */
/* flags: -Iuser/bail/include -include tests/unit/test_libc_names.h */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

int host_snprintf(char *, size_t, const char *, ...) __asm__("snprintf");
size_t host_strlen(const char *) __asm__("strlen");

#define ROUNDS 20000

static uint64_t seed = 1;

static uint64_t random_bits(void)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return seed >> 7 ^ seed << 41;
}

/* A number of any magnitude, of both signs. */
static long long random_number(void)
{
    uint64_t value = random_bits() >> random_bits() % 64;

    return (long long)(random_bits() & 1 ? -value : value);
}

static void agree(const char *format, const char *host_format, long long value, int length)
{
    char ours[128], theirs[128];
    int n, host_n;

    if (length == 2) {
        n = sprintf(ours, format, value);
        host_n = host_snprintf(theirs, sizeof(theirs), host_format, value);
    } else if (length == 1) {
        n = sprintf(ours, format, (long)value);
        host_n = host_snprintf(theirs, sizeof(theirs), host_format, (long)value);
    } else {
        n = sprintf(ours, format, (int)value);
        host_n = host_snprintf(theirs, sizeof(theirs), host_format, (int)value);
    }
    assert_string_equal(ours, theirs);
    assert_int_equal(n, host_n);
}

static void test_numbers(void **state)
{
    static const char *const ours[] = {"", "l", "ll"};
    static const char letters[] = "diuxXDIU", host_letters[] = "diuXXdiu";
    uint32_t round;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        int length = (int)(random_bits() % 3), width = (int)(random_bits() % 30);
        int letter = (int)(random_bits() % 8), pad = (int)(random_bits() % 3);
        char format[32], host_format[32];

        if (pad == 0) {
            host_snprintf(format, sizeof(format), "<%%%s%c>", ours[length], letters[letter]);
            host_snprintf(host_format, sizeof(format), "<%%%s%c>", ours[length],
                          host_letters[letter]);
        } else {
            host_snprintf(format, sizeof(format), "<%%%c%d%s%c>", pad == 1 ? '0' : ' ', width,
                          ours[length], letters[letter]);
            host_snprintf(host_format, sizeof(format), "<%%%s%d%s%c>", pad == 1 ? "0" : "", width,
                          ours[length], host_letters[letter]);
            /* "%0" + "0" is the flag alone for the host, a width of none for both */
            if (width == 0)
                host_snprintf(host_format, sizeof(format), "<%%%s%c>", ours[length],
                              host_letters[letter]);
        }
        agree(format, host_format, random_number(), length);
    }
    agree("%Ld", "%lld", INT64_MIN, 2);
    agree("%Lu", "%llu", -1, 2);
    agree("%d", "%d", INT32_MIN, 0);
    agree("%lld", "%lld", INT64_MIN, 2);
    agree("%u", "%u", 0, 0);
}

static void test_text(void **state)
{
    char room[64];

    (void)state;
    assert_int_equal(sprintf(room, "%c%C%s %S", 'a', 'b', "cd", "e"), 6);
    assert_string_equal(room, "abcd e");
    assert_int_equal(sprintf(room, "%s", (char *)NULL), 6);
    assert_string_equal(room, "(null)");
    assert_int_equal(sprintf(room, "<% 5s><%03c>", "ab", 'x'), 12);
    assert_string_equal(room, "<   ab><  x>");
    assert_int_equal(sprintf(room, "%x %X", 0xabcdef, 0xabcdef), 13);
    assert_string_equal(room, "ABCDEF ABCDEF");
    assert_int_equal(sprintf(room, "%05d% 5d", -42, -42), 10);
    assert_string_equal(room, "-0042  -42");
}

/* What is no conversion prints its letter, and takes no argument. */
static void test_unknown(void **state)
{
    char room[64];

    (void)state;
    assert_int_equal(sprintf(room, "%% %q %p %d", 7), 7);
    assert_string_equal(room, "% q p 7");
    assert_int_equal(sprintf(room, "%5d", 7), 2);
    assert_string_equal(room, "5d");
    assert_int_equal(sprintf(room, "end%"), 3);
    assert_string_equal(room, "end");
    assert_int_equal(sprintf(room, "end%08"), 3);
    assert_string_equal(room, "end");
}

static void test_room(void **state)
{
    char room[8];
    prtos_u_size_t n;

    (void)state;
    for (n = 0; n <= sizeof(room); n++) {
        uint32_t i;

        for (i = 0; i < sizeof(room); i++)
            room[i] = 'x';
        assert_int_equal(snprintf(room, n, "%d", 123456789), 9);
        if (n)
            assert_int_equal(host_strlen(room), n - 1);
        for (i = n; i < sizeof(room); i++)
            assert_int_equal(room[i], 'x');
    }
    assert_int_equal(snprintf(room, sizeof(room), "%c", 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_text),
                                       cmocka_unit_test(test_unknown), cmocka_unit_test(test_room)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
