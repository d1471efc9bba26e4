/* SPDX-License-Identifier: Apache-2.0 */
/* conf_verify() against damaged images: cut ends, flipped bits, random edits with a repaired sum.
 * Whatever is accepted is walked along every index, as the core would. */
/* sources: core/conf/verify_conf.c core/conf/verify_links.c core/conf/verify_memory.c
 * core/conf/platform.c core/conf/pool.c core/lib/crc32c.c */
#include "conf_samples.h"

#define RANDOM_ROUNDS 200000u

static const struct conf_header *const samples[] = {
    &sample_demo.header,
    &sample_edges.header,
    &sample_minimal.header,
    &sample_aarch64.header,
};

static u32 text_length(const struct conf_header *conf, u32 offset)
{
    return (u32)strlen(conf_text(conf, offset));
}

/* Follows every index; under the sanitizers a wrong one that was accepted ends the test. */
static u64 plans_walk(const struct conf_header *conf)
{
    u64 sum = 0;

    for (u32 c = 0; c < conf_count(conf, CONF_T_CPU); c++) {
        const struct conf_cpu *cpu = &conf_cpus(conf)[c];

        for (u32 p = cpu->first_plan; p < cpu->first_plan + cpu->n_plans; p++) {
            const struct conf_plan *plan = &conf_plans(conf)[p];
            u64 end = 0;

            assert_true(text_length(conf, plan->name) <= CONF_NAME_MAX);
            for (u32 s = plan->first_span; s < plan->first_span + plan->n_spans; s++) {
                const struct conf_span *span = &conf_spans(conf)[s];

                assert_true(span->start == end && span->end > end);
                end = span->end;
                if (span->vcpu != CONF_NONE)
                    sum += conf_partitions(conf)[conf_vcpus(conf)[span->vcpu].partition].flags;
            }
            assert_true(end == plan->frame);
        }
    }
    return sum;
}

static u64 device_touch(const struct conf_header *conf, u32 device)
{
    return device == CONF_NONE ? 0 : conf_devices(conf)[device].start;
}

static u64 partitions_walk(const struct conf_header *conf)
{
    u64 sum = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION); i++) {
        const struct conf_partition *p = &conf_partitions(conf)[i];

        sum += text_length(conf, p->name) + conf_areas(conf)[p->entry_area].start;
        for (u32 j = 0; j < p->n_vcpus; j++)
            sum += conf_vcpus(conf)[p->first_vcpu + j].number;
        for (u32 j = 0; j < p->n_areas; j++)
            sum += text_length(conf, conf_areas(conf)[p->first_area + j].name);
        for (u32 j = 0; j < p->n_ports; j++)
            sum += text_length(conf, conf_ports(conf)[p->first_port + j].name);
        for (u32 j = 0; j < p->n_ioports; j++)
            sum += conf_ioports(conf)[p->first_ioport + j].base;
        for (u32 j = 0; j < CONF_HM_EVENTS; j++)
            sum += conf_healths(conf)[p->first_health + j].action;
        sum += device_touch(conf, p->console) + device_touch(conf, p->trace);
    }
    return sum;
}

static u64 image_walk(const struct conf_header *conf)
{
    u64 sum = plans_walk(conf) + partitions_walk(conf) + text_length(conf, conf->name);

    for (u32 i = 0; i < conf_count(conf, CONF_T_CHANNEL); i++) {
        const struct conf_channel *c = &conf_channels(conf)[i];

        assert_int_equal(conf_ports(conf)[c->source].channel, i);
        for (u32 j = 0; j < c->n_dests; j++)
            assert_int_equal(conf_ports(conf)[conf_dests(conf)[c->first_dest + j]].position, j);
    }
    for (u32 i = 0; i < conf_count(conf, CONF_T_IPVI); i++) {
        const struct conf_ipvi *ipvi = &conf_ipvis(conf)[i];

        for (u32 j = 0; j < ipvi->n_targets; j++)
            sum += conf_partitions(conf)[conf_targets(conf)[ipvi->first_target + j]].name;
        sum += conf_partitions(conf)[ipvi->source].name;
    }
    for (u32 i = 0; i < conf_count(conf, CONF_T_DEVICE); i++)
        sum += text_length(conf, conf_devices(conf)[i].name);
    return sum + device_touch(conf, conf->console) + device_touch(conf, conf->health_log) +
           device_touch(conf, conf->trace);
}

static void test_samples_pass(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(samples); i++) {
        struct conf_header *copy = copy_make(samples[i], samples[i]->size);

        assert_null(conf_verify(copy, copy->size, copy->arch));
        image_walk(copy);
        assert_string_equal(conf_verify(copy, copy->size, 3 - copy->arch),
                            "a configuration for another architecture");
        free(copy);
    }
}

static void test_longer_buffer_passes(void **state)
{
    (void)state;
    assert_null(conf_verify(&sample_demo, sizeof(sample_demo), CONF_ARCH_X86));
    assert_null(conf_verify(&sample_demo, 1ull << 40, CONF_ARCH_X86));
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
    image_walk(conf);
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
        cmocka_unit_test(test_longer_buffer_passes),
        cmocka_unit_test(test_cut_images_are_refused),
        cmocka_unit_test(test_cut_images_with_sum_are_refused),
        cmocka_unit_test(test_flipped_bits_are_refused),
        cmocka_unit_test(test_flipped_bits_with_sum),
        cmocka_unit_test(test_random_edits_with_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
