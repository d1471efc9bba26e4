/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of the tools: the vectors of FIPS 180-4 and lengths around a block. Arbitrary contents
 * are compared with Python's hashlib by tests/tools. */
/* sources: user/tools/common/sha256.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sha256.h"

static const char *digest_of(const void *bytes, u64 size)
{
    static char text[2 * SHA256_SIZE + 1];
    u8 digest[SHA256_SIZE];

    sha256(bytes, size, digest);
    for (u32 i = 0; i < SHA256_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    return text;
}

static void published_vectors(void **state)
{
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    (void)state;
    assert_string_equal(digest_of("", 0),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(digest_of("abc", 3),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(digest_of(two_blocks, sizeof(two_blocks) - 1),
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_letters(void **state)
{
    char *text = malloc(1000000);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 1000000);
    assert_string_equal(digest_of(text, 1000000),
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(text);
}

/* One byte more must change the sum, also where the padding moves to another block. */
static void lengths_around_a_block_differ(void **state)
{
    static const u8 zero[200];
    char last[2 * SHA256_SIZE + 1] = "";

    (void)state;
    for (u64 size = 0; size < sizeof(zero); size++) {
        assert_string_not_equal(digest_of(zero, size), last);
        strcpy(last, digest_of(zero, size));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(a_million_letters),
        cmocka_unit_test(lengths_around_a_block_differ),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
