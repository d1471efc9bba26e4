/* SPDX-License-Identifier: Apache-2.0 */
/* The 64-bit arithmetic of 32-bit x86 against the host's own. */
/* sources: user/bail/x86/div64.c */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rest);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);
int64_t __muldi3(int64_t a, int64_t b);
uint64_t __ashldi3(uint64_t v, int by);
uint64_t __lshrdi3(uint64_t v, int by);
int64_t __ashrdi3(int64_t v, int by);
int __clzdi2(uint64_t v);
int __ctzdi2(uint64_t v);
int __ffsdi2(uint64_t v);
int __popcountdi2(uint64_t v);

#define ROUNDS 200000

static uint64_t seed = 7;

static uint64_t random_bits(void)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return (seed >> 11 ^ seed << 37) >> seed % 61 % 64;
}

static void check_pair(uint64_t n, uint64_t d)
{
    int64_t sn = (int64_t)n, sd = (int64_t)d, srest;
    uint64_t rest;
    int by = (int)(d % 64);

    assert_true((uint64_t)__muldi3(sn, sd) == n * d);
    assert_true(__ashldi3(n, by) == n << by);
    assert_true(__lshrdi3(n, by) == n >> by);
    assert_true(__ashrdi3(sn, by) == sn >> by);
    if (d == 0)
        return;
    assert_true(__udivmoddi4(n, d, &rest) == n / d && rest == n % d);
    assert_true(__udivmoddi4(n, d, NULL) == n / d);
    assert_true(__udivdi3(n, d) == n / d && __umoddi3(n, d) == n % d);
    if (sn == INT64_MIN && sd == -1)
        return;
    assert_true(__divmoddi4(sn, sd, &srest) == sn / sd && srest == sn % sd);
    assert_true(__divdi3(sn, sd) == sn / sd && __moddi3(sn, sd) == sn % sd);
}

static void test_edges(void **state)
{
    static const uint64_t edges[] = {0,
                                     1,
                                     2,
                                     3,
                                     10,
                                     1000,
                                     0x7fffffff,
                                     0x80000000,
                                     0xffffffff,
                                     0x100000000,
                                     0x100000001,
                                     0x1ffffffff,
                                     0x7fffffffffffffff,
                                     0x8000000000000000,
                                     0x8000000000000001,
                                     0xffffffff00000000,
                                     0xfffffffeffffffff,
                                     0xfffffffffffffffe,
                                     0xffffffffffffffff};
    uint32_t i, k;

    (void)state;
    for (i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
        for (k = 0; k < sizeof(edges) / sizeof(edges[0]); k++)
            check_pair(edges[i], edges[k]);
}

static void test_random(void **state)
{
    uint32_t round;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        uint64_t d = random_bits();

        check_pair(random_bits(), d);
        /* around multiples of the divisor, where an estimate goes wrong first */
        check_pair(d * (random_bits() >> 32) + random_bits() % 3 - 1, d);
    }
}

static void test_bits(void **state)
{
    uint32_t round;

    (void)state;
    assert_int_equal(__ffsdi2(0), 0);
    assert_int_equal(__popcountdi2(0), 0);
    for (round = 0; round < ROUNDS; round++) {
        uint64_t v = random_bits() << random_bits() % 64;

        assert_int_equal(__popcountdi2(v), __builtin_popcountll(v));
        assert_int_equal(__ffsdi2(v), __builtin_ffsll((long long)v));
        if (v) {
            assert_int_equal(__clzdi2(v), __builtin_clzll(v));
            assert_int_equal(__ctzdi2(v), __builtin_ctzll(v));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_edges), cmocka_unit_test(test_random),
                                       cmocka_unit_test(test_bits)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
