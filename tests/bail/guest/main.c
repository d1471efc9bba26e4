/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the parts one after the other and ends the system. */
#include <bail.h>

#include "probe.h"

static volatile prtos_u32_t in_bss[64];
static volatile prtos_u32_t in_data = 0x1234;

/* The second start, warm, finds .bss cleared and .data as it was left. */
static void test_restart(void)
{
    if (prtos_get_pct()->reset_counter)
        return;
    in_bss[5] = 77;
    in_data = 0x4321;
    prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_WARM_RESET, 5);
}

static void test_start(void)
{
    prtos_u32_t i, sum = 0;

    for (i = 0; i < 64; i++)
        sum |= in_bss[i];
    SHOW("bss", sum);
    SHOW("data", in_data);
    SHOW("reset_status", prtos_get_pct()->reset_status);
    SHOW("vcpu", PRTOS_VCPU_SELF);
    SHOW("partition", PRTOS_PARTITION_SELF);
    SHOW("vcpus", prtos_get_number_vcpus());
    SHOW("pct", PTR2ADDR(prtos_get_pct()));
    SHOW("pct_magic", prtos_get_pct()->magic == KTHREAD_MAGIC);
    SHOW("pct0", prtos_get_pct0() == prtos_get_pct());
    SHOW("areas", prtos_get_pct()->num_of_physical_mem_areas);
    SHOW("area0", prtos_get_partition_mmap()[0].start_addr);
    SHOW("area1_flags", prtos_get_partition_mmap()[1].flags);
    printf("= area2_name %s\n", prtos_get_partition_mmap()[2].name);
    SHOW("bitmap", PTR2ADDR(prtos_get_commport_bitmap()) - PTR2ADDR(prtos_get_partition_mmap()));
    own_start();
    SHOW("vector_of_ext31", prtos_get_pct()->ext_irq_to_vector[31]);
    setup_vcpus();
}

/* As in a partition with several vCPUs: the own number without a call, or by it. */
static void test_own_vcpu(void)
{
    partition_control_table_t *pct = prtos_only_pct;
    prtos_s32_t right;

    prtos_only_pct = 0;
    right = prtos_own_vcpu() == 0 && prtos_get_pct() == pct && prtos_get_commport_bitmap();
    prtos_only_pct = pct;
    SHOW("own_vcpu", right);
}

#define BITS (8 * sizeof(prtos_word_t))
#define ALL (~(prtos_word_t)0)
#define LAST (((prtos_word_t)1 << 70 % BITS) - 1)

static void test_bits(void)
{
    prtos_word_t map[3] = {0, 0, 0};

    prtos_set_bit(map, 0, 70);
    prtos_set_bit(map, 69, 70);
    prtos_set_bit(map, 70, 70);
    SHOW("bits_set", map[0] == 1 && map[69 / BITS] == (prtos_word_t)1 << 69 % BITS);
    SHOW("bit_69", prtos_is_bit_set(map, 69, 70));
    SHOW("bit_68", prtos_is_bit_set(map, 68, 70));
    SHOW("bit_70", prtos_is_bit_set(map, 70, 70));
    prtos_clear_bit(map, 0, 70);
    SHOW("bit_0", prtos_is_bit_set(map, 0, 70));
    prtos_set_bitmap(map, 70);
    SHOW("bitmap_set", map[0] == ALL && map[69 / BITS] == LAST && (BITS == 64 || map[1] == ALL));
    map[69 / BITS] = ALL;
    prtos_clear_bitmap(map, 70);
    SHOW("bitmap_clear", map[0] == 0 && map[69 / BITS] == (ALL & ~LAST));
}

static void test_ports(void)
{
    prtos_u32_t flags = 7;
    char message[16] = "";
    prtos_s32_t out, in;

    out = prtos_create_sampling_port("out", 64, PRTOS_SOURCE_PORT, 0);
    in = prtos_create_sampling_port("in", 64, PRTOS_DESTINATION_PORT, 0);
    SHOW("port_out", out);
    SHOW("port_in", in);
    SHOW("port_again", prtos_create_sampling_port("in", 64, PRTOS_DESTINATION_PORT, 0));
    SHOW("port_write", prtos_write_sampling_message(out, "hello", 6));
    SHOW("port_news", prtos_is_bit_set(prtos_get_commport_bitmap(), (prtos_u32_t)in, 2));
    SHOW("port_read", prtos_read_sampling_message(in, message, sizeof(message), &flags));
    SHOW("port_flags", flags);
    printf("= port_text %s\n", message);
    SHOW("port_alias", prtos_write_sampling_message(out + 1024, "hello", 6));
    SHOW("port_negative", prtos_read_sampling_message(-3, message, 4, 0));
    SHOW("port_null_status", prtos_get_sampling_port_status(0, 0));
    SHOW("opmode", prtos_set_partition_opmode(PRTOS_OPMODE_NORMAL));
    SHOW("status_alias", prtos_get_partition_status(1024, (prtos_part_status_t *)message));
}

static void test_batch(void)
{
    prtos_s32_t flushed, i;
    prtos_u32_t words[3];

    SHOW("batch_empty", prtos_flush_hyp_batch());
    prtos_lazy_hypercall(set_irqmask_nr, 2, 0, 1 << 27);
    words[0] = prtos_batch_used;
    own_lazy();
    words[1] = prtos_batch_used;
    for (i = 0; i < 1000; i++)
        prtos_lazy_hypercall(set_irqmask_nr, 2, 0, 0);
    words[2] = prtos_batch_used;
    init_batch();
    /* only now: the console flushes too */
    SHOW("batch_words", words[0]);
    SHOW("batch_words_3", words[1]);
    SHOW("batch_bound", words[2] <= PRTOS_BATCH_WORDS);
    SHOW("batch_init", prtos_batch_used);
    /* refused by every hypervisor: number 0 does not belong in a batch */
    prtos_lazy_hypercall(multicall_nr, 2, 0, 0);
    flushed = prtos_halt_partition(99);
    SHOW("batch_refused", flushed == PRTOS_MULTICALL_ERROR || flushed == PRTOS_UNKNOWN_HYPERCALL);
    SHOW("batch_after", prtos_halt_partition(99));
}

void partition_main(void)
{
    test_restart();
    SHOW("stack_mod_16", ((prtos_u32_t)PTR2ADDR(__builtin_frame_address(0)) + OWN_FRAME) % 16);
    test_start();
    test_own_vcpu();
    test_bits();
    test_ports();
    test_batch();
    test_clock();
    test_irqs();
    test_text();
    printf("= end 1\n");
    prtos_halt_system();
}
