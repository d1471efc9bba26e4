/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/div64.c against the host's own division, over random operands and the edges of each
 * width, in both variants: the portable one and the one with the machine's divide instruction. */
/* sources: core/lib/div64.c tests/unit/target/div64_machine.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/div64.h"
#include "random.h"
#include "target/machine.h"

#define ROUNDS 2000000u

static const struct {
    u64 (*by_32)(u64 n, u32 d, u32 *rest);
    u64 (*by_64)(u64 n, u64 d);
} variants[] = {{div64_32, div64}, {machine_div64_32, machine_div64}};

static const u64 edges[] = {0,
                            1,
                            2,
                            3,
                            10,
                            999,
                            1000,
                            0x7fffffff,
                            0x80000000,
                            0x80000001,
                            0xfffffffe,
                            0xffffffff,
                            0x100000000,
                            0x100000001,
                            0x1ffffffff,
                            0x7fffffffffffffff,
                            0x8000000000000000,
                            0x8000000000000001,
                            0xffffffff00000000,
                            0xffffffff00000001,
                            0xfffffffffffffffe,
                            0xffffffffffffffff};

static void check(u32 variant, u64 n, u64 d)
{
    u32 rest = 77;

    assert_true(variants[variant].by_64(n, d) == n / d);
    if (d >> 32)
        return;
    assert_true(variants[variant].by_32(n, (u32)d, &rest) == n / d);
    assert_int_equal(rest, n % d);
    assert_true(variants[variant].by_32(n, (u32)d, 0) == n / d);
}

static void edges_by_edges(void **state)
{
    (void)state;
    for (u32 v = 0; v < ARRAY_SIZE(variants); v++)
        for (u32 i = 0; i < ARRAY_SIZE(edges); i++)
            for (u32 j = 1; j < ARRAY_SIZE(edges); j++)
                check(v, edges[i], edges[j]);
}

static void random_operands(void **state)
{
    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        u64 n = random_edge();
        u64 d = random_edge();

        check(i & 1, n, d ? d : 1);
    }
}

/* Where an estimate of the quotient is off by one: n next to a multiple of d. */
static void next_to_multiples(void **state)
{
    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        u64 d = random_edge() | 1;
        u64 n = random_below(~0ull / d) * d + random_below(3) - 1;

        check(i & 1, n, d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_by_edges),
        cmocka_unit_test(random_operands),
        cmocka_unit_test(next_to_multiples),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
