/* SPDX-License-Identifier: Apache-2.0 */
/* The log store in a memory block against a list: the oldest gives way, a locked store refuses, a
 * new run finds what the former left, unless a single bit of its head is wrong. */
/* fake: core */
#include "fake.h"
#include "hv/driver.h"
#include "random.h"

#define HEAD 64u
#define ENTRY_MAX 200u

static struct log_store store;
static struct cpu *cpu;

static void boot(void)
{
    fake_one_cpu();
    fake_partition("p0", 0, 1);
    fake_boot();
    cpu = cpus[0];
}

static void entry_make(u8 *entry, u32 number, u32 size)
{
    for (u32 i = 0; i < size; i++)
        entry[i] = (u8)(number * 31 + i);
}

static void content_check(u32 first, u32 count, u32 size)
{
    u8 expected[ENTRY_MAX], got[ENTRY_MAX + 1];

    assert_int_equal(store.count, count);
    for (u32 i = 0; i < count; i++) {
        entry_make(expected, first + i, size);
        got[size] = 0x77;
        assert_true(log_read(cpu, &store, i, got));
        assert_memory_equal(got, expected, size);
        assert_int_equal(got[size], 0x77);
    }
    assert_false(log_read(cpu, &store, count, got));
}

/* Any entry size and place, entries across pages, and bytes around the block that stay. */
static void against_a_list(void **state)
{
    (void)state;
    for (u32 round = 0; round < 25; round++) {
        u32 size = 1 + (u32)random_below(ENTRY_MAX);
        u32 max = 1 + (u32)random_below(60);
        hv_phys start = PHYS_BASE + 0x1000 + random_below(3000) / HEAD * HEAD;
        u64 bytes = HEAD + (u64)max * size + random_below(size);
        u32 first = 0, next = 0;
        u8 entry[ENTRY_MAX];

        boot();
        memset(fake_phys, 0x5a, PHYS_SIZE);
        log_open(cpu, &store, start, bytes, size);
        assert_int_equal(store.max, max);
        content_check(0, 0, size);
        for (u32 i = 0; i < 150; i++) {
            switch (random_below(30)) {
            case 0:
                log_reset(cpu, &store);
                first = next;
                break;
            case 1: /* a new run */
                memset(&store, 0xff, sizeof(store));
                log_open(cpu, &store, start, bytes, size);
                assert_int_equal(store.locked | store.cursor, 0);
                break;
            default:
                entry_make(entry, next++, size);
                assert_true(log_append(cpu, &store, entry));
                if (next - first > max)
                    first++;
                break;
            }
            content_check(first, next - first, size);
        }
        for (u32 i = 0; i < PHYS_SIZE; i++)
            if (i < start - PHYS_BASE || i >= start - PHYS_BASE + bytes)
                assert_int_equal(fake_phys[i], 0x5a);
    }
}

static void a_locked_store_refuses_when_full(void **state)
{
    u8 entry[10];

    (void)state;
    boot();
    log_open(cpu, &store, PHYS_BASE, HEAD + 3 * 10 + 9, 10);
    store.locked = 1;
    for (u32 i = 0; i < 3; i++) {
        entry_make(entry, i, 10);
        assert_true(log_append(cpu, &store, entry));
    }
    assert_false(log_append(cpu, &store, entry));
    content_check(0, 3, 10);
    store.locked = 0;
    entry_make(entry, 3, 10);
    assert_true(log_append(cpu, &store, entry));
    content_check(1, 3, 10);
}

/* A reader's place is an entry: it moves with the entries, and stays at the oldest. */
static void the_cursor_follows_its_entry(void **state)
{
    u8 entry[10];

    (void)state;
    boot();
    log_open(cpu, &store, PHYS_BASE, HEAD + 4 * 10, 10);
    for (u32 i = 0; i < 4; i++) {
        entry_make(entry, i, 10);
        log_append(cpu, &store, entry);
    }
    store.cursor = 2;
    log_append(cpu, &store, entry);
    assert_int_equal(store.cursor, 1);
    log_append(cpu, &store, entry);
    log_append(cpu, &store, entry);
    assert_int_equal(store.cursor, 0);
    store.cursor = 4;
    log_reset(cpu, &store);
    assert_int_equal(store.cursor | store.count, 0);
}

static void every_wrong_bit_of_the_head_is_found(void **state)
{
    u8 entry[10];

    (void)state;
    boot();
    log_open(cpu, &store, PHYS_BASE, HEAD + 8 * 10, 10);
    for (u32 i = 0; i < 11; i++) {
        entry_make(entry, i, 10);
        log_append(cpu, &store, entry);
    }
    for (u32 bit = 0; bit < 6 * 32; bit++) {
        u8 head[HEAD];

        memcpy(head, fake_phys, HEAD);
        fake_phys[bit / 8] ^= (u8)(1u << bit % 8);
        log_open(cpu, &store, PHYS_BASE, HEAD + 8 * 10, 10);
        assert_int_equal(store.count, 0);
        assert_int_equal(store.max, 8);
        memcpy(fake_phys, head, HEAD);
    }
    log_open(cpu, &store, PHYS_BASE, HEAD + 8 * 10, 10);
    content_check(3, 8, 10);
    /* a block of another size, entries of another size: nothing is taken over */
    log_open(cpu, &store, PHYS_BASE, HEAD + 7 * 10, 10);
    assert_int_equal(store.count, 0);
}

static void small_and_large_blocks(void **state)
{
    u8 entry[10] = {0};

    (void)state;
    boot();
    for (u64 size = 0; size < HEAD + 10; size++) {
        log_open(cpu, &store, PHYS_BASE, size, 10);
        assert_int_equal(store.max, 0);
        assert_false(log_append(cpu, &store, entry));
        assert_false(log_read(cpu, &store, 0, entry));
        log_reset(cpu, &store);
        assert_int_equal(fake_phys[0], 0);
    }
    log_open(cpu, &store, PHYS_BASE, HEAD + 10, 10);
    assert_int_equal(store.max, 1);
    log_open(cpu, &store, PHYS_BASE, 0x100000000ull, 36);
    assert_int_equal(store.max, (0x100000000ull - HEAD) / 36);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_a_list),
        cmocka_unit_test(a_locked_store_refuses_when_full),
        cmocka_unit_test(the_cursor_follows_its_entry),
        cmocka_unit_test(every_wrong_bit_of_the_head_is_found),
        cmocka_unit_test(small_and_large_blocks),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
