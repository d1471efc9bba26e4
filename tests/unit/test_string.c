/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/string.c against the host's C library, in both variants, over all small sizes, places
 * and overlaps. Copies end at the end of their allocation, so that a byte too many is seen. */
/* sources: tests/unit/target/string_machine.c tests/unit/target/string_portable.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "random.h"
#include "target/machine.h"

#define SIZE 40u

static const struct {
    void *(*copy)(void *restrict to, const void *restrict from, size_t size);
    void *(*move)(void *to, const void *from, size_t size);
    void *(*set)(void *to, int value, size_t size);
} variants[] = {{machine_memcpy, machine_memmove, machine_memset},
                {portable_memcpy, portable_memmove, portable_memset}};

static void fill(u8 *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (u8)random_u64();
}

static void copies_of_each_size_and_place(void **state)
{
    (void)state;
    for (u32 v = 0; v < ARRAY_SIZE(variants); v++)
        for (u32 size = 0; size <= SIZE; size++)
            for (u32 at = 0; at < 8; at++) {
                u8 *from = malloc(1 + size);
                u8 *to = malloc(at + size + !(at + size));

                fill(from, 1 + size);
                assert_ptr_equal(variants[v].copy(to + at, from + 1, size), to + at);
                assert_memory_equal(to + at, from + 1, size);
                free(from);
                free(to);
            }
}

static void bytes_around_a_copy_stay(void **state)
{
    u8 area[64], expected[64], from[64];

    (void)state;
    for (u32 i = 0; i < 20000; i++) {
        u32 v = i & 1;
        u32 at = (u32)random_below(20);
        u32 size = (u32)random_below(sizeof(area) - at);

        fill(area, sizeof(area));
        fill(from, sizeof(from));
        memcpy(expected, area, sizeof(area));
        memcpy(expected + at, from, size);
        variants[v].copy(area + at, from, size);
        assert_memory_equal(area, expected, sizeof(area));
        memset(expected + at, (int)(i % 512), size);
        assert_ptr_equal(variants[v].set(area + at, (int)(i % 512), size), area + at);
        assert_memory_equal(area, expected, sizeof(area));
    }
}

static void every_overlap_moves(void **state)
{
    u8 area[3 * SIZE], expected[3 * SIZE];

    (void)state;
    for (u32 v = 0; v < ARRAY_SIZE(variants); v++)
        for (u32 size = 0; size <= SIZE; size++)
            for (u32 to = 0; to < 2 * SIZE; to++) {
                fill(area, sizeof(area));
                memcpy(expected, area, sizeof(area));
                memmove(expected + to, expected + SIZE, size);
                assert_ptr_equal(variants[v].move(area + to, area + SIZE, size), area + to);
                assert_memory_equal(area, expected, sizeof(area));
            }
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void comparisons_agree(void **state)
{
    (void)state;
    for (u32 i = 0; i < 200000; i++) {
        u32 size = (u32)random_below(12);
        char *a = malloc(size + 1);
        char *b = malloc(size + 1);

        for (u32 j = 0; j < size; j++) {
            a[j] = "ab\x80\xff"[random_below(4)];
            b[j] = random_below(4) ? a[j] : "ab\x80\xff"[random_below(4)];
        }
        assert_int_equal(sign(portable_memcmp(a, b, size)), sign(memcmp(a, b, size)));
        if (size) {
            a[random_below(size)] = 0;
            a[size - 1] = b[size - 1] = 0;
            if (random_below(2))
                strcpy(b, a);
            assert_int_equal(portable_strlen(a), strlen(a));
            for (u32 limit = 0; limit <= size + 2; limit++)
                assert_int_equal(sign(portable_strncmp(a, b, limit)), sign(strncmp(a, b, limit)));
        }
        free(a);
        free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_of_each_size_and_place),
        cmocka_unit_test(bytes_around_a_copy_stay),
        cmocka_unit_test(every_overlap_moves),
        cmocka_unit_test(comparisons_agree),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
