/* SPDX-License-Identifier: Apache-2.0 */
/* plan_locate() against a model that walks frame by frame and span by span, over random plans and
 * times; and over the whole range of time, where the model divides with 128 bits. */
/* fake: core */
#include "fake.h"
#include "hv/plan.h"
#include "random.h"

#define MAX_SPANS 70u

struct sample {
    struct conf_plan plan;
    struct conf_span span[MAX_SPANS];
};

/* A plan of 1 to MAX_SPANS spans; the shortest are 1 ns. */
static void plan_make(struct sample *s, u64 longest)
{
    u64 at = 0;

    s->plan = (struct conf_plan){.n_spans = 1 + (u32)random_below(MAX_SPANS)};
    for (u32 i = 0; i < s->plan.n_spans; i++) {
        u64 length = random_below(3) ? 1 + random_below(longest) : 1;

        s->span[i] = (struct conf_span){.start = at, .end = at + length};
        at += length;
    }
    s->plan.frame = at;
}

static void check(const struct sample *s, hv_time start, hv_time now, hv_time frame_start,
                  u64 frames)
{
    struct plan_place place = plan_locate(&s->plan, s->span, start, now);
    u64 offset = now - frame_start;
    u32 span = 0;

    while (offset >= s->span[span].end)
        span++;
    assert_true(place.frame_start == frame_start);
    assert_int_equal(place.span, span);
    assert_int_equal(place.frames, frames > 0xffffffff ? 0xffffffff : frames);
}

static void short_times_by_walking(void **state)
{
    static struct sample s;

    (void)state;
    for (u32 i = 0; i < 400; i++) {
        hv_time start = random_edge() >> 1;
        hv_time frame_start = start;
        u64 frames = 0;

        plan_make(&s, 1 + random_below(1000));
        for (hv_time now = start; now < start + 5 * s.plan.frame; now += 1 + random_below(40)) {
            while (now - frame_start >= s.plan.frame) {
                frame_start += s.plan.frame;
                frames++;
            }
            check(&s, start, now, frame_start, frames);
        }
    }
}

/* Each boundary of each span, in frames near and far. */
static void boundaries(void **state)
{
    static struct sample s;

    (void)state;
    for (u32 i = 0; i < 3000; i++) {
        hv_time start = 1 + (random_edge() >> 2);
        u64 frames;

        plan_make(&s, 1 + (random_edge() >> 12));
        frames = random_below((~0ull - start) / s.plan.frame + 1);
        if (random_below(2))
            frames %= 1000;
        for (u32 j = 0; j < s.plan.n_spans; j++) {
            hv_time frame = start + frames * s.plan.frame;

            if (~0ull - frame < s.plan.frame)
                break; /* the last frame of the clock is not whole */
            check(&s, start, frame + s.span[j].start, frame, frames);
            check(&s, start, frame + s.span[j].end - 1, frame, frames);
        }
    }
}

static void any_time_of_the_clock(void **state)
{
    static struct sample s;

    (void)state;
    for (u32 i = 0; i < 200000; i++) {
        hv_time start = random_edge() / 2 + 1;
        hv_time now = start + random_below(~0ull - start + 1);
        u64 frames;

        if (!(i % 50))
            plan_make(&s, 1 + (random_edge() >> 8));
        if (!(i % 7))
            now = ~0ull - random_below(5);
        if (now < start)
            continue;
        frames = (now - start) / s.plan.frame;
        check(&s, start, now, start + frames * s.plan.frame, frames);
    }
}

static void frames_stop_counting_at_32_bits(void **state)
{
    static struct sample s;

    (void)state;
    s.plan = (struct conf_plan){.n_spans = 1, .frame = 1};
    s.span[0] = (struct conf_span){.start = 0, .end = 1};
    assert_int_equal(plan_locate(&s.plan, s.span, 0, 0xfffffffe).frames, 0xfffffffe);
    assert_int_equal(plan_locate(&s.plan, s.span, 0, 0xffffffff).frames, 0xffffffff);
    assert_int_equal(plan_locate(&s.plan, s.span, 0, 0x100000000).frames, 0xffffffff);
    assert_int_equal(plan_locate(&s.plan, s.span, 0, ~0ull).frames, 0xffffffff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_times_by_walking),
        cmocka_unit_test(boundaries),
        cmocka_unit_test(any_time_of_the_clock),
        cmocka_unit_test(frames_stop_counting_at_32_bits),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
