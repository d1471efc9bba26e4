/* SPDX-License-Identifier: Apache-2.0 */
/* The hypervisor's clock (hv/clock.h) against 128-bit arithmetic: every bit of the scaled count,
 * the finest scale for each frequency, and a time that never goes back. */
/* fake: core */
#include "fake.h"
#include "random.h"

#define ROUNDS 300000u

typedef unsigned __int128 u128;

static void scaled_counts_lose_no_bit(void **state)
{
    u32 wide = 0;

    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        u64 delta = random_edge();
        u32 mult = (u32)random_edge();
        u32 shift = 1 + (u32)random_below(31);
        u128 exact = (u128)delta * mult >> shift;

        if (exact >> 64)
            continue;
        wide += delta >> 32 != 0;
        assert_true(clock_scaled(delta, mult, shift) == (u64)exact);
    }
    assert_in_range(wide, ROUNDS / 10, ROUNDS);
}

static void scale_check(u32 khz)
{
    clock_start(5, khz);
    assert_int_equal(clock_khz(), khz);
    assert_true(clock_scale.base == 5);
    assert_in_range(clock_scale.shift, 1, 31);
    assert_true(clock_scale.mult == (((u128)1000000 << clock_scale.shift) / khz));
    /* one bit more would not fit, or there is none */
    if (clock_scale.shift < 31)
        assert_true((((u128)1000000 << (clock_scale.shift + 1)) / khz) >> 32);
}

static void finest_scale_of_each_frequency(void **state)
{
    static const u32 usual[] = {1000,    1001,    3579,    14318,   999999,     1000000,
                                1000001, 2399999, 2400000, 4194304, 0x7fffffff, 0xffffffff};

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(usual); i++)
        scale_check(usual[i]);
    for (u32 i = 0; i < 200000; i++)
        scale_check(1000 + (u32)random_below(0xffffffffull - 1000 + 1));
}

/* A day by the counter is a day by the clock but for the scale's rounding: less than one unit of
 * the factor, which is 2^-shift ns a count. */
static void time_passes_at_the_right_speed(void **state)
{
    (void)state;
    for (u32 i = 0; i < 20000; i++) {
        u32 khz = 1000 + (u32)random_below(10000000);
        u64 s = 1 + random_below(86400);
        u64 ns = s * 1000000000;
        u64 counts;

        clock_start(random_u64(), khz); /* bases that wrap, too */
        counts = s * khz * 1000;
        assert_in_range(clock_at(clock_scale.base + counts), ns - (counts >> clock_scale.shift) - 1,
                        ns);
    }
}

static void time_never_goes_back(void **state)
{
    (void)state;
    for (u32 i = 0; i < 2000; i++) {
        u64 count;
        hv_time last = 0;

        clock_start(random_u64(), 1000 + (u32)random_below(6000000));
        /* around multiples of 2^32, where the multiplication is split */
        count = clock_scale.base + (random_below(100) << 32);
        if (count != clock_scale.base)
            count -= 100;
        for (u32 j = 0; j < 200; j++, count += random_below(4)) {
            hv_time now = clock_at(count);

            if (j)
                assert_true(now >= last);
            last = now;
        }
    }
    clock_start(1000, 1000000);
    fake_count = 1000;
    assert_true(clock_now() == 0);
    fake_count = 1234;
    assert_true(clock_now() == 234);
}

/* Within half a second of a look at the clock 32 bits of the counter tell the time. */
static void recent_time(void **state)
{
    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        static struct cpu cpu;
        u64 past = random_below(CLOCK_RECENT); /* ns */
        hv_time time;

        if (!(i % 100))
            clock_start(random_u64(), 1000 + (u32)random_below(6000000));
        fake_count = clock_scale.base + (random_u64() >> 8);
        clock_look_far(&cpu, fake_count);
        fake_count += past * clock_khz() / 1000000;
        fake_looks = 0;
        time = clock_recent(&cpu);
        assert_in_range(clock_now() - time, 0, 1);
    }
}

/* Looks add up without losing a part of a ns, however far apart they are. */
static void looks_add_up(void **state)
{
    (void)state;
    for (u32 i = 0; i < 1000; i++) {
        static struct cpu cpu;
        u64 count;

        clock_start(random_u64(), 1000 + (u32)random_below(6000000));
        count = clock_scale.base + random_below(1ull << 34);
        assert_true(clock_look_far(&cpu, count) == clock_at(count));
        for (u32 j = 0; j < 300; j++) {
            count += random_below(1ull << random_below(35));
            assert_true(clock_look(&cpu, count) == clock_at(count));
        }
    }
}

/* What a partition knows on one CPU: the base that its last dispatch there published (sched.c). */
struct page {
    struct cpu cpu;
    u64 base_count;
    hv_time base;
};

#define CPUS 4u
#define TELLING 10u /* ns: sooner no CPU can know what another one read */

static hv_time page_time(const struct page *page, u64 count)
{
    return page->base + clock_scaled(count - page->base_count, clock_scale.mult, clock_scale.shift);
}

/* A partition that reads the time now here, now there, and CPUs that look at it at their own times:
 * all are within a few ns of the one true time, and nobody who was told a time reads an earlier. */
static void clocks_of_all_cpus_agree(void **state)
{
    static struct page page[CPUS];

    (void)state;
    for (u32 i = 0; i < 300; i++) {
        hv_time told = 0;
        u64 told_at, count;

        clock_start(random_u64(), 1000 + (u32)random_below(6000000));
        told_at = count = clock_scale.base;
        for (u32 c = 0; c < CPUS; c++) {
            page[c].base = clock_look_far(&page[c].cpu, count);
            page[c].base_count = count;
        }
        for (u32 j = 0; j < 3000; j++) {
            struct page *here = &page[random_below(CPUS)];
            u64 step = random_below(1ull << random_below(24));
            hv_time time;

            count += step;
            if (random_below(8) == 0) { /* a dispatch */
                here->base = clock_look(&here->cpu, count);
                here->base_count = count;
            }
            time = page_time(here, count);
            assert_in_range(clock_at(count) - time, 0, 1);
            if (clock_at(count) - here->cpu.looked_at > CLOCK_RECENT)
                clock_look(&here->cpu, count);
            fake_count = count;
            fake_looks = 0;
            assert_in_range(clock_at(count) - clock_recent(&here->cpu), 0, 1);
            if (clock_at(count) - clock_at(told_at) >= TELLING) {
                assert_true(time >= told && clock_us(time) >= clock_us(told));
                told = time;
                told_at = count;
            }
        }
    }
}

static void microseconds_and_back(void **state)
{
    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        u64 time = random_edge();
        s64 us = (s64)(random_edge() >> 1);

        assert_true((u64)clock_us(time) == time / 1000);
        assert_true(clock_ns(us) == ((u128)us * 1000 >> 64 ? HV_NEVER : (u64)us * 1000));
    }
    assert_true(clock_ns(18446744073709551) == 18446744073709551000ull);
    assert_true(clock_ns(18446744073709552) == HV_NEVER);
    assert_true(clock_ns(0) == 0);
}

/* At boot: what lies outside of two readings around it, at 4 GHz. */
static void counters_of_two_cpus(void **state)
{
    static const struct {
        s64 more;
        s64 apart;
    } cases[] = {{0, 0},
                 {1000, 0},
                 {-1000, 0},
                 {1004, 1},
                 {-1004, -1},
                 {5000, 1000},
                 {-5000, -1000},
                 {5004, 1001},
                 {-5004, -1001},
                 {4000001000, 1000000000},
                 {-4000001000, -1000000000}};

    (void)state;
    fake_reset();
    fake_cpu();
    fake_cpu();
    fake_boot();
    clock_start(0, 4000000);
    fake.asking_takes = 1000;
    for (u32 i = 0; i < ARRAY_SIZE(cases); i++) {
        fake.count_of_them = (u64)cases[i].more;
        assert_in_range(clock_apart(cpus[1]) - cases[i].apart + 1, 0, 1);
    }
}

/* The count of a time is the first that shows it, whatever part of a ns was left at the look. */
static void the_count_of_a_time(void **state)
{
    (void)state;
    for (u32 i = 0; i < ROUNDS; i++) {
        static struct cpu cpu;
        hv_time time;
        u64 count;

        if (!(i % 100))
            clock_start(random_u64(), 1000 + (u32)random_below(6000000));
        time = clock_look_far(&cpu, clock_scale.base + (random_u64() >> 24));
        time += 1 + random_below(2000);
        count = clock_count_at(&cpu, time);
        assert_true(clock_at(count) >= time && clock_at(count - 1) < time);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scaled_counts_lose_no_bit),
        cmocka_unit_test(finest_scale_of_each_frequency),
        cmocka_unit_test(time_passes_at_the_right_speed),
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(recent_time),
        cmocka_unit_test(looks_add_up),
        cmocka_unit_test(the_count_of_a_time),
        cmocka_unit_test(clocks_of_all_cpus_agree),
        cmocka_unit_test(counters_of_two_cpus),
        cmocka_unit_test(microseconds_and_back),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
