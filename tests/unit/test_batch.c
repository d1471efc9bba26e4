/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of random calls against the same calls made one by one, cut short at every breath; what
 * ends a batch, and that the guest's registers are its own afterwards. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "fake.h"
#include "random.h"

#define BATCH (GUEST_BASE + 0x1000)
#define MAX_WORDS 400u

static struct vcpu *vcpu;
static u32 words[MAX_WORDS], expected[MAX_WORDS], used;

static void boot(void)
{
    fake_one_cpu();
    fake_partition("p0", 0, 1);
    fake_area(PHYS_BASE, 0x10000, PHYS_BASE, 0);
    fake_boot();
    vcpu = vcpu_of(0);
    fake_start(vcpu);
}

static s32 run(u32 n_words, bool whole)
{
    const hv_addr arg[5] = {BATCH, BATCH + n_words * 4, 31, 32, 33};
    s32 result;

    fake.no_interrupts = whole;
    memcpy(guest_at(BATCH), words, n_words * 4);
    result = fake_call(vcpu, multicall_nr, arg);
    if (vcpu->work & VCPU_WORK_CONT) {
        while (vcpu->work & VCPU_WORK_CONT)
            vcpu->cont.step(vcpu);
        result = arch_vcpu_answer(vcpu);
    }
    assert_memory_equal(vcpu->arch.arg, arg, sizeof(arg));
    assert_int_equal(vcpu->nested, 0);
    memcpy(words, guest_at(BATCH), n_words * 4);
    return result;
}

/* Calls whose answer does not depend on the one before. */
static void entry_any(void)
{
    static const struct {
        u8 nr, words;
    } calls[] = {{get_vcpuid_nr, 0},         {route_irq_nr, 3},   {set_timer_nr, 3},
                 {set_irqpend_nr, 2},        {raise_ipvi_nr, 1},  {read_object_nr, 4},
                 {shutdown_partition_nr, 1}, {seek_object_nr, 3}, {get_time_nr, 2}};
    u32 pick = (u32)random_below(ARRAY_SIZE(calls)), n = calls[pick].words;
    hv_addr arg[5] = {0};

    words[used] = calls[pick].nr;
    words[used + 1] = n | (u32)random_below(0x10000) << 16;
    for (u32 i = 0; i < n; i++) {
        arg[i] = (u32)random_below(i ? 40 : 4) << (random_below(8) ? 0 : 24);
        words[used + 2 + i] = (u32)arg[i];
    }
    memcpy(&expected[used], &words[used], (2 + n) * 4);
    expected[used + 1] = n | (u32)fake_call(vcpu, calls[pick].nr, arg) << 16;
    used += 2 + n;
}

static void as_one_by_one(void **state)
{
    (void)state;
    boot();
    for (u32 round = 0; round < 500; round++) {
        u32 entries = 1 + (u32)random_below(40);

        used = 0;
        fake.no_interrupts = true;
        for (u32 i = 0; i < entries; i++)
            entry_any();
        assert_int_equal(run(used, round % 2), PRTOS_OK);
        assert_memory_equal(words, expected, used * 4);
    }
}

/* Number, count; whether it may stand in a batch. */
static void every_number_and_count(void **state)
{
    static const u8 alone[] = {multicall_nr,
                               halt_partition_nr,
                               reset_partition_nr,
                               halt_system_nr,
                               reset_system_nr,
                               wait_irq_nr,
                               reset_vcpu_nr,
                               halt_vcpu_nr,
                               44,
                               45};

    (void)state;
    boot();
    for (u32 nr = 0; nr < 70; nr++)
        for (u32 count = 6; count < 9; count++) {
            memset(words, 0, sizeof(words));
            words[0] = nr;
            words[1] = count;
            assert_int_equal(run(20, true), PRTOS_MULTICALL_ERROR);
            assert_int_equal(words[1], count | 0xfffd0000u);
            assert_int_equal(words[2 + count + 1], 0);
        }
    for (u32 i = 0; i < ARRAY_SIZE(alone); i++)
        for (u32 count = 0; count < 6; count++) {
            memset(words, 0, sizeof(words));
            words[0] = alone[i];
            words[1] = count;
            assert_int_equal(run(20, true), PRTOS_MULTICALL_ERROR);
            assert_int_equal(words[1], count | 0xfffd0000u);
        }
}

/* An entry that the end cuts; a buffer that goes away while the batch is under way. */
static void ends_of_the_buffer(void **state)
{
    (void)state;
    boot();
    for (u32 left = 1; left < 5; left++) {
        memset(words, 0, sizeof(words));
        words[0] = get_vcpuid_nr;
        words[2] = set_timer_nr;
        words[3] = 3;
        assert_int_equal(run(2 + left, true), PRTOS_MULTICALL_ERROR);
        if (left > 1)
            assert_int_equal(words[3], 0xfffd0003u);
    }
    memset(words, 0, sizeof(words));
    for (u32 i = 0; i < 8; i++)
        words[2 * i] = get_vcpuid_nr;
    memcpy(guest_at(BATCH), words, 64);
    fake.no_interrupts = false;
    CALL(vcpu, multicall_nr, BATCH, BATCH + 64);
    guest_rights(BATCH + 20, 44, GUEST_READ);
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
    assert_int_equal(arch_vcpu_answer(vcpu), PRTOS_INVALID_PARAM);
    guest_rights(BATCH + 20, 44, GUEST_READ | GUEST_WRITE);
}

/* A halt in the middle: no more of its calls, and the next start knows of no batch. */
static void a_halt_ends_it(void **state)
{
    (void)state;
    boot();
    memset(words, 0, sizeof(words));
    for (u32 i = 0; i < 4; i++)
        words[2 * i] = get_vcpuid_nr;
    memcpy(guest_at(BATCH), words, 32);
    fake.no_interrupts = false;
    CALL(vcpu, multicall_nr, BATCH, BATCH + 32);
    assert_int_equal(vcpu->nested, VCPU_IN_BATCH);
    vcpu_quiet(vcpu);
    assert_int_equal(vcpu->nested, 0);
    assert_false(vcpu->work & VCPU_WORK_CONT);
    fake_start(vcpu);
    vcpu_finish(vcpu, 5);
    assert_false(vcpu->work & VCPU_WORK_CONT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_one_by_one),
        cmocka_unit_test(every_number_and_count),
        cmocka_unit_test(ends_of_the_buffer),
        cmocka_unit_test(a_halt_ends_it),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
