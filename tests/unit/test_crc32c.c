/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32C (core/lib/crc32c.c): the published vectors, and every length, alignment and cut against
 * a bit by bit reference. Buffers end where their memory ends, so that ASan sees one byte more. */
/* sources: core/lib/crc32c.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/crc32c.h"

#define MOST 80u

static u32 reference(const u8 *bytes, u32 length)
{
    u32 sum = ~0u;

    while (length--) {
        sum ^= *bytes++;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0x82f63b78u : sum >> 1;
    }
    return ~sum;
}

static u32 crc(const void *bytes, u32 length)
{
    return crc32c_end(crc32c_update(CRC32C_START, bytes, length));
}

static u8 *random_bytes(u32 length)
{
    u8 *bytes = malloc(length ? length : 1);

    assert_non_null(bytes);
    for (u32 i = 0; i < length; i++)
        bytes[i] = (u8)rand();
    return bytes;
}

static void published_vectors(void **state)
{
    u8 bytes[48];

    (void)state;
    assert_int_equal(crc("", 0), 0);
    assert_int_equal(crc("123456789", 9), 0xe3069283u);
    memset(bytes, 0, 32); /* RFC 3720, B.4 */
    assert_int_equal(crc(bytes, 32), 0x8a9136aau);
    memset(bytes, 0xff, 32);
    assert_int_equal(crc(bytes, 32), 0x62a8ab43u);
    for (u8 i = 0; i < 32; i++)
        bytes[i] = i;
    assert_int_equal(crc(bytes, 32), 0x46dd794eu);
}

static void every_length_and_alignment(void **state)
{
    (void)state;
    for (u32 shift = 0; shift < 8; shift++) {
        for (u32 length = 0; length <= MOST; length++) {
            u8 *bytes = random_bytes(shift + length);

            assert_int_equal(crc(bytes + shift, length), reference(bytes + shift, length));
            free(bytes);
        }
    }
}

static void pieces_give_the_sum_of_the_whole(void **state)
{
    u8 *bytes = random_bytes(MOST);
    u32 whole = reference(bytes, MOST);

    (void)state;
    for (u32 a = 0; a <= MOST; a++) {
        for (u32 b = a; b <= MOST; b += 7) {
            u32 sum = crc32c_update(CRC32C_START, bytes, a);

            sum = crc32c_update(sum, bytes + a, b - a);
            sum = crc32c_update(sum, bytes + b, MOST - b);
            assert_int_equal(crc32c_end(sum), whole);
        }
    }
    free(bytes);
}

static void a_hole_counts_as_zero(void **state)
{
    (void)state;
    for (u32 length = 4; length <= MOST; length += 3) {
        for (u32 hole = 0; hole + 4 <= length; hole += 4) {
            u8 *bytes = random_bytes(length);
            u32 sum = crc32c_with_hole(bytes, length, hole);

            memset(bytes + hole, 0, 4);
            assert_int_equal(sum, reference(bytes, length));
            free(bytes);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(every_length_and_alignment),
        cmocka_unit_test(pieces_give_the_sum_of_the_whole),
        cmocka_unit_test(a_hole_counts_as_zero),
    };

    srand(1);
    return cmocka_run_group_tests(tests, 0, 0);
}
