/* SPDX-License-Identifier: Apache-2.0 */
/* BAIL's strings and numbers against the host's C library, over random and edge cases. */
/* sources: user/bail/libc/string.c user/bail/libc/stdlib.c user/bail/x86/memory.c */
/* flags: -Iuser/bail/include -include tests/unit/test_libc_names.h */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The host's, by their names in the object file. */
void *host_memcpy(void *, const void *, size_t) __asm__("memcpy");
void *host_memset(void *, int, size_t) __asm__("memset");
void *host_memmove(void *, const void *, size_t) __asm__("memmove");
int host_memcmp(const void *, const void *, size_t) __asm__("memcmp");
size_t host_strlen(const char *) __asm__("strlen");
char *host_strncat(char *, const char *, size_t) __asm__("strncat");
int host_strcmp(const char *, const char *) __asm__("strcmp");
int host_strncmp(const char *, const char *, size_t) __asm__("strncmp");
char *host_strchr(const char *, int) __asm__("strchr");
char *host_strrchr(const char *, int) __asm__("strrchr");
char *host_strstr(const char *, const char *) __asm__("strstr");
long host_strtol(const char *, char **, int) __asm__("strtol");
unsigned long host_strtoul(const char *, char **, int) __asm__("strtoul");
long long host_strtoll(const char *, char **, int) __asm__("strtoll");
unsigned long long host_strtoull(const char *, char **, int) __asm__("strtoull");
int host_isdigit(int) __asm__("isdigit");
int host_isspace(int) __asm__("isspace");
int host_isxdigit(int) __asm__("isxdigit");
int host_isalnum(int) __asm__("isalnum");

#define ROUNDS 20000
#define ROOM 96

static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static int sign(int v)
{
    return (v > 0) - (v < 0);
}

/* Few letters, so that strings have much in common; sometimes a character above 127. */
static uint32_t random_string(char *s, uint32_t limit)
{
    uint32_t length = random_below(limit);
    uint32_t i;

    for (i = 0; i < length; i++)
        s[i] = "aab\xe9"[random_below(4)];
    s[length] = 0;
    return length;
}

static void test_memory(void **state)
{
    unsigned char ours[ROOM], theirs[ROOM], source[ROOM];
    uint32_t round, i;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        uint32_t to = random_below(32), from = random_below(32), size = random_below(ROOM - 32);
        int value = (int)random_below(512) - 256;

        for (i = 0; i < ROOM; i++)
            ours[i] = theirs[i] = source[i] = (unsigned char)random_below(256);
        assert_ptr_equal(memcpy(ours + to, source + from, size), ours + to);
        host_memcpy(theirs + to, source + from, size);
        assert_int_equal(host_memcmp(ours, theirs, ROOM), 0);
        assert_ptr_equal(memmove(ours + to, ours + from, size), ours + to);
        host_memmove(theirs + to, theirs + from, size);
        assert_int_equal(host_memcmp(ours, theirs, ROOM), 0);
        assert_ptr_equal(memset(ours + from, value, size / 2), ours + from);
        host_memset(theirs + from, value, size / 2);
        assert_int_equal(host_memcmp(ours, theirs, ROOM), 0);
        source[from + size / 3] ^= (unsigned char)random_below(2);
        assert_int_equal(memcmp(source + from, source + to, size),
                         sign(host_memcmp(source + from, source + to, size)));
        host_memcpy(theirs, source, ROOM);
        theirs[random_below(ROOM)] ^= (unsigned char)random_below(256);
        assert_int_equal(memcmp(source, theirs, size), sign(host_memcmp(source, theirs, size)));
    }
}

static void test_strings(void **state)
{
    char a[ROOM], b[ROOM], ours[2 * ROOM], theirs[2 * ROOM];
    uint32_t round;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        uint32_t limit = 1 + random_below(12), n = random_below(14);
        int c = "ab\xe9z"[random_below(5)];

        random_string(a, limit);
        random_string(b, limit);
        assert_int_equal(strlen(a), host_strlen(a));
        assert_int_equal(sign(strcmp(a, b)), sign(host_strcmp(a, b)));
        assert_int_equal(sign(strncmp(a, b, n)), sign(host_strncmp(a, b, n)));
        assert_ptr_equal(strchr(a, c), host_strchr(a, c));
        assert_ptr_equal(strrchr(a, c), host_strrchr(a, c));
        b[random_below(4)] = 0;
        assert_ptr_equal(strstr(a, b), host_strstr(a, b));
        host_memset(ours, 'x', sizeof(ours));
        host_memset(theirs, 'x', sizeof(theirs));
        assert_ptr_equal(strcpy(ours, a), ours);
        host_memcpy(theirs, a, host_strlen(a) + 1);
        assert_ptr_equal(strncat(ours, b, n), ours);
        host_strncat(theirs, b, n);
        assert_ptr_equal(strcat(ours, b), ours);
        host_strncat(theirs, b, ROOM);
        assert_int_equal(host_memcmp(ours, theirs, sizeof(ours)), 0);
    }
    assert_int_equal(strlen(NULL), 0);
}

/* Ours always ends the copy, the host's does not: the last byte is 0, else they agree. */
static void test_strncpy(void **state)
{
    char a[ROOM], ours[ROOM];
    uint32_t round, i;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        uint32_t length = random_string(a, 20), n = random_below(24);

        host_memset(ours, 'x', sizeof(ours));
        assert_ptr_equal(strncpy(ours, a, n), ours);
        for (i = 0; i < n; i++)
            assert_int_equal(ours[i], i + 1 < n && i < length ? a[i] : 0);
        for (; i < ROOM; i++)
            assert_int_equal(ours[i], 'x');
    }
}

static void same_number(const char *s, int base)
{
    char *ours, *theirs;

    assert_true(strtol(s, &ours, base) == host_strtol(s, &theirs, base));
    assert_ptr_equal(ours, theirs);
    assert_true(strtoul(s, &ours, base) == host_strtoul(s, &theirs, base));
    assert_ptr_equal(ours, theirs);
    assert_true(strtoll(s, &ours, base) == host_strtoll(s, &theirs, base));
    assert_ptr_equal(ours, theirs);
    assert_true(strtoull(s, &ours, base) == host_strtoull(s, &theirs, base));
    assert_ptr_equal(ours, theirs);
    assert_true(strtol(s, NULL, base) == host_strtol(s, NULL, base));
}

static void test_numbers(void **state)
{
    static const char *const edges[] = {"",
                                        "0",
                                        "0x",
                                        "0xg",
                                        "-0x",
                                        "0xFf",
                                        "-",
                                        "+",
                                        "- 1",
                                        " \t\n\v\f\r-12 ",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "-9223372036854775808",
                                        "-9223372036854775809",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "-18446744073709551615",
                                        "-18446744073709551616",
                                        "0777",
                                        "08",
                                        "0x8000000000000000",
                                        "zZ",
                                        "+-1",
                                        "1e3"};
    static const int bases[] = {0, 2, 3, 8, 10, 16, 35, 36};
    char text[32];
    uint32_t round, i, k;

    (void)state;
    for (i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
        for (k = 0; k < sizeof(bases) / sizeof(bases[0]); k++)
            same_number(edges[i], bases[k]);
    for (round = 0; round < ROUNDS; round++) {
        uint32_t length = random_below(24);

        for (i = 0; i < length; i++)
            text[i] = " +-0123456789xXaAfFzZ"[random_below(21) * (i > 2 || random_below(3) == 0)];
        text[length] = 0;
        same_number(text, bases[random_below(8)]);
    }
    /* A base that is none: nothing is taken. */
    char *end;

    assert_int_equal(strtol("12", &end, 1), 0);
    assert_string_equal(end, "12");
    assert_int_equal(strtol("12", &end, 37), 0);
    assert_string_equal(end, "12");
}

static void test_atoi(void **state)
{
    (void)state;
    assert_int_equal(atoi(" \t-42x"), -42);
    assert_int_equal(atoi("+7"), 7);
    assert_int_equal(atoi("0x1F"), 31);
    assert_int_equal(atoi("-0x10"), -16);
    assert_int_equal(atoi("017"), 15);
    assert_int_equal(atoi("none"), 0);
    assert_int_equal(atoi("2147483647"), INT_MAX);
    assert_int_equal(atoi("2147483648"), INT_MAX);
    assert_int_equal(atoi("-2147483648"), INT_MIN);
    assert_int_equal(atoi("-99999999999999999999"), INT_MIN);
}

static void test_ctype(void **state)
{
    int c;

    (void)state;
    for (c = -1; c < 256; c++) {
        assert_int_equal(isdigit(c), !!host_isdigit(c));
        assert_int_equal(isspace(c), !!host_isspace(c));
        assert_int_equal(isxdigit(c), !!host_isxdigit(c));
        assert_int_equal(isalnum(c), !!host_isalnum(c));
    }
}

static void test_rest(void **state)
{
    char path[] = "a/b/c.c", plain[] = "c.c", open[] = "a/";

    (void)state;
    assert_string_equal(basename(path), "c.c");
    assert_ptr_equal(basename(plain), plain);
    assert_string_equal(basename(open), "");
    assert_true(LLONG_MIN < 0 && ULLONG_MAX == (unsigned long long)-1 && UINT_MAX == (unsigned)-1);
    assert_true((unsigned)INT_MAX + (unsigned)INT_MIN == UINT_MAX && LONG_MAX == -(LONG_MIN + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),  cmocka_unit_test(test_strings),
        cmocka_unit_test(test_strncpy), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_atoi),    cmocka_unit_test(test_ctype),
        cmocka_unit_test(test_rest)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
