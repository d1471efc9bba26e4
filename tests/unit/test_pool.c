/* SPDX-License-Identifier: Apache-2.0 */
/* Division of the hypervisor's area (core/conf/pool.c): strides that fit what they hold, pools in
 * order without overlap, sums that the image's tables add up to. Figures are computed by hand. */
/* sources: core/conf/pool.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "conf/access.h"
#include "conf/pool.h"

static void budgets_exist_for_known_architectures_only(void **state)
{
    (void)state;
    assert_non_null(conf_budget_of(CONF_ARCH_X86));
    assert_non_null(conf_budget_of(CONF_ARCH_AARCH64));
    assert_null(conf_budget_of(0));
    assert_null(conf_budget_of(3));
}

static void pct_stride_holds_its_four_parts(void **state)
{
    const struct conf_budget *x86 = conf_budget_of(CONF_ARCH_X86);

    (void)state;
    /* 344 table + 64 clock = 408, rounded to 64 */
    assert_int_equal(conf_pct_stride(x86, 0, 0), 448);
    /* 344 + 32 + 4 = 380, to 8: 384, + 64 = 448: just fits */
    assert_int_equal(conf_pct_stride(x86, 1, 1), 448);
    assert_int_equal(conf_pct_stride(x86, 1, 32), 448);
    /* the 33rd port needs a second word: 384 + 64 still 448; one more area does not */
    assert_int_equal(conf_pct_stride(x86, 1, 33), 448);
    assert_int_equal(conf_pct_stride(x86, 1, 65), 512);
    assert_int_equal(conf_pct_stride(x86, 2, 1), 512);
    /* 64 bit words on AArch64: 368 + 48 + 8 = 424, + 64 = 488 */
    assert_int_equal(conf_pct_stride(conf_budget_of(CONF_ARCH_AARCH64), 1, 64), 512);
}

static void pct_bytes_are_whole_pages(void **state)
{
    const struct conf_budget *x86 = conf_budget_of(CONF_ARCH_X86);

    (void)state;
    assert_int_equal(conf_pct_bytes(x86, 1, 1, 1), 4096);
    assert_int_equal(conf_pct_bytes(x86, 4, 1, 1), 4096);
    /* 4 * (344 + 64 * 32 + 4 -> 2400 + 64 -> 2496) = 9984 */
    assert_int_equal(conf_pct_bytes(x86, 4, 64, 1), 12288);
}

static void message_stride_keeps_head_and_alignment(void **state)
{
    (void)state;
    assert_int_equal(conf_message_stride(1), 32);
    assert_int_equal(conf_message_stride(16), 32);
    assert_int_equal(conf_message_stride(17), 48);
    assert_true(conf_message_stride(0xffffffffu) == 16 + (1ull << 32));
}

static void channels_count_buffers_by_kind(void **state)
{
    const struct conf_budget *x86 = conf_budget_of(CONF_ARCH_X86);

    (void)state;
    /* queuing: 64 + 16 head, 4 * 32 -> 208 -> 256 */
    assert_int_equal(conf_channel_bytes(x86, 16, 4, 1), 256);
    /* sampling, 2 readers: 64 + 32 head, 4 buffers of 32 -> 224 -> 256 */
    assert_int_equal(conf_channel_bytes(x86, 16, 0, 2), 256);
    /* one reader more costs its word and a buffer: 112 + 160 = 272 -> 320 */
    assert_int_equal(conf_channel_bytes(x86, 16, 0, 3), 320);
    /* no wrap at 32 bits: 65536 messages of 1 MB */
    assert_true(conf_channel_bytes(x86, 1 << 20, 65536, 1) > (1ull << 36));
}

static void pools_follow_one_another(void **state)
{
    struct conf_pool_need need = {
        .arch = CONF_ARCH_X86,
        .n_cpus = 2,
        .n_vcpus = 3,
        .n_partitions = 2,
        .n_ports = 5,
        .n_devices = 1,
        .channel_bytes = 640,
        .pct_bytes = 8192,
        .pages = 512,
        .area_size = 4u << 20,
    };
    struct conf_pool pool;

    (void)state;
    conf_pool_layout(&need, &pool);
    assert_int_equal(pool.cpus, 0);
    assert_int_equal(pool.vcpus, 32768);
    assert_int_equal(pool.partitions, 32768 + 12288);
    assert_int_equal(pool.ports, pool.partitions + 1024);
    assert_int_equal(pool.channels, pool.ports + 320);
    assert_int_equal(pool.devices, pool.channels + 640);
    assert_int_equal(pool.pages, pool.devices + 8192);
    /* 57280 (first byte behind) + 2048 -> next page */
    assert_int_equal(pool.tables, ROUND_UP(pool.pages + 2048, 4096));
    /* an area of one span may lie across two */
    assert_int_equal(pool.pcts, pool.tables + 8192);
    assert_int_equal(pool.total, pool.pcts + 8192);

    /* one byte more is one span more */
    need.area_size++;
    conf_pool_layout(&need, &pool);
    assert_int_equal(pool.pcts, pool.tables + 12288);

    /* 65536 bits and a byte behind them for each partition with I/O ports; none elsewhere */
    need.n_io_maps = 2;
    conf_pool_layout(&need, &pool);
    assert_int_equal(pool.io_maps, pool.tables + 12288);
    assert_int_equal(pool.pcts, pool.io_maps + 2 * 12288);
    need.arch = CONF_ARCH_AARCH64;
    conf_pool_layout(&need, &pool);
    assert_int_equal(pool.pcts, pool.io_maps);
}

/* An image with just the tables that the sums are taken from. */
static struct {
    struct conf_header head;
    struct conf_partition partition[2];
    struct conf_area area[3];
    struct conf_channel channel[2];
} image;

static void table_set(u32 id, const void *first, u32 count)
{
    image.head.table[id].offset = (u32)((const char *)first - (const char *)&image);
    image.head.table[id].count = count;
}

static void need_is_the_sum_over_the_tables(void **state)
{
    const struct conf_budget *x86 = conf_budget_of(CONF_ARCH_X86);
    struct conf_pool_need need;

    (void)state;
    memset(&image, 0, sizeof(image));
    image.head.arch = CONF_ARCH_X86;
    image.head.area_size = 8u << 20;
    image.head.table[CONF_T_CPU].count = 1;
    image.head.table[CONF_T_VCPU].count = 5;
    image.head.table[CONF_T_PORT].count = 7;
    image.head.table[CONF_T_DEVICE].count = 2;
    table_set(CONF_T_PARTITION, image.partition, 2);
    table_set(CONF_T_AREA, image.area, 3);
    table_set(CONF_T_CHANNEL, image.channel, 2);
    image.partition[0] = (struct conf_partition){.n_vcpus = 1, .n_areas = 1, .n_ports = 3};
    image.partition[1] =
        (struct conf_partition){.n_vcpus = 4, .n_areas = 64, .n_ports = 4, .n_ioports = 3};
    image.area[0].size = 0x100000;
    image.area[1].size = 0x1000;
    image.area[2] = (struct conf_area){.size = 0x100000, .flags = CONF_AREA_DEVICE};
    image.channel[0] = (struct conf_channel){.message_size = 16, .n_messages = 4, .n_dests = 1};
    image.channel[1] = (struct conf_channel){.message_size = 64, .n_messages = 0, .n_dests = 2};

    conf_pool_need_of(&image.head, &need);
    assert_int_equal(need.arch, CONF_ARCH_X86);
    assert_int_equal(need.n_cpus, 1);
    assert_int_equal(need.n_vcpus, 5);
    assert_int_equal(need.n_partitions, 2);
    assert_int_equal(need.n_ports, 7);
    assert_int_equal(need.n_devices, 2);
    assert_int_equal(need.n_io_maps, 1);
    assert_int_equal(need.area_size, 8u << 20);
    assert_int_equal(need.pages, 257); /* not the device's */
    assert_int_equal(need.channel_bytes,
                     conf_channel_bytes(x86, 16, 4, 1) + conf_channel_bytes(x86, 64, 0, 2));
    assert_int_equal(need.pct_bytes, 4096 + 12288);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets_exist_for_known_architectures_only),
        cmocka_unit_test(pct_stride_holds_its_four_parts),
        cmocka_unit_test(pct_bytes_are_whole_pages),
        cmocka_unit_test(message_stride_keeps_head_and_alignment),
        cmocka_unit_test(channels_count_buffers_by_kind),
        cmocka_unit_test(pools_follow_one_another),
        cmocka_unit_test(need_is_the_sum_over_the_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
