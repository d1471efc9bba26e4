/* SPDX-License-Identifier: Apache-2.0 */
/* conf_verify() against damaged images: cut ends, flipped bits, random edits with a repaired sum.
 * Whatever is accepted is walked along every index, as the core would. */
/* sources: core/conf/verify_conf.c core/conf/verify_links.c core/conf/verify_memory.c
 * core/conf/platform.c core/conf/pool.c core/lib/crc32c.c */
#include "conf_samples.h"
#include "conf_walk.h"

#define RANDOM_ROUNDS 200000u

static const struct conf_header *const samples[] = {
    &sample_demo.header,
    &sample_edges.header,
    &sample_minimal.header,
    &sample_aarch64.header,
};

static void test_samples_pass(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++) {
        struct conf_header *copy = copy_make(samples[i], samples[i]->size);

        assert_null(conf_verify(copy, copy->size, copy->arch));
        conf_walk(copy);
        assert_string_equal(conf_verify(copy, copy->size, 3 - copy->arch),
                            "a configuration for another architecture");
        free(copy);
    }
}

static void test_bytes_behind_are_refused(void **state)
{
    (void)state;
    assert_null(conf_verify(&sample_demo, sizeof(sample_demo), CONF_ARCH_X86));
    for (u64 length = sizeof(sample_demo) + 1; length < 1ull << 41; length *= 2)
        assert_non_null(conf_verify(&sample_demo, length, CONF_ARCH_X86));
}

static void test_cut_images_are_refused(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++)
        for (u32 size = 0; size < samples[i]->size; size++) {
            struct conf_header *copy = copy_make(samples[i], size);

            assert_non_null(conf_verify(copy, size, samples[i]->arch));
            free(copy);
        }
}

/* A shorter image that says so, with a right sum: its tables end outside. */
static void test_cut_images_with_sum_are_refused(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++)
        for (u32 size = sizeof(struct conf_header); size < samples[i]->size; size += 8) {
            struct conf_header *copy = copy_make(samples[i], size);

            copy->size = size;
            sum_repair(copy, size);
            assert_non_null(conf_verify(copy, size, samples[i]->arch));
            free(copy);
        }
}

static void test_flipped_bits_are_refused(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++) {
        struct conf_header *copy = copy_make(samples[i], samples[i]->size);
        u8 *bytes = (u8 *)copy;

        for (u32 bit = 0; bit < samples[i]->size * 8; bit++) {
            bytes[bit / 8] ^= (u8)(1u << bit % 8);
            assert_non_null(conf_verify(copy, samples[i]->size, samples[i]->arch));
            bytes[bit / 8] ^= (u8)(1u << bit % 8);
        }
        free(copy);
    }
}

static u32 judged(struct conf_header *conf, u32 size, u32 arch)
{
    sum_repair(conf, size);
    if (conf_verify(conf, size, arch))
        return 0;
    conf_walk(conf);
    return 1;
}

static void test_flipped_bits_with_sum(void **state)
{
    u32 accepted = 0, total = 0;

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++) {
        u32 size = samples[i]->size;
        struct conf_header *copy = copy_make(samples[i], size);
        u8 *bytes = (u8 *)copy;

        for (u32 bit = 0; bit < size * 8; bit++, total++) {
            bytes[bit / 8] ^= (u8)(1u << bit % 8);
            accepted += judged(copy, size, samples[i]->arch);
            bytes[bit / 8] ^= (u8)(1u << bit % 8);
        }
        free(copy);
    }
    /* Names, flags, frequencies may change and stay sound; most of an image may not. */
    assert_in_range(accepted, total / 100, total / 2);
}

static u32 random_next(void)
{
    static u64 value = 88172645463325252ull;

    value ^= value << 13;
    value ^= value >> 7;
    value ^= value << 17;
    return (u32)(value >> 16);
}

static u32 random_word(const struct conf_header *conf)
{
    static const u32 edges[] = {0,          1,          2,          7,      8,          0x1000,
                                0x7fffffff, 0x80000000, 0xfffffff8, 0xffff, 0xfffff000, 0xffffffff};
    u32 kind = random_next() % 4;

    if (kind == 0)
        return edges[random_next() % ARRAY_SIZE(edges)];
    if (kind == 1)
        return random_next() % 64;
    if (kind == 2)
        return conf->table[random_next() % CONF_TABLES].count + random_next() % 3 - 1;
    return conf->table[random_next() % CONF_TABLES].offset + 8 * (random_next() % 3) - 8;
}

static void test_random_edits_with_sum(void **state)
{
    u32 accepted = 0;

    (void)state;
    for (u32 round = 0; round < RANDOM_ROUNDS; round++) {
        const struct conf_header *sample = samples[random_next() % ARRAY_SIZE(samples)];
        struct conf_header *copy = copy_make(sample, sample->size);

        for (u32 n = random_next() % 3 + 1; n; n--) {
            u32 room = random_next() % 4 ? sample->size : sizeof(struct conf_header);

            ((u32 *)copy)[random_next() % (room / 4)] = random_word(sample);
        }
        accepted += judged(copy, sample->size, sample->arch);
        free(copy);
    }
    assert_in_range(accepted, 1, RANDOM_ROUNDS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples_pass),
        cmocka_unit_test(test_bytes_behind_are_refused),
        cmocka_unit_test(test_cut_images_are_refused),
        cmocka_unit_test(test_cut_images_with_sum_are_refused),
        cmocka_unit_test(test_flipped_bits_are_refused),
        cmocka_unit_test(test_flipped_bits_with_sum),
        cmocka_unit_test(test_random_edits_with_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
