/* SPDX-License-Identifier: Apache-2.0 */
/* The flagship's flight (partitions/flagship/model.c): the loop follows the pilot, and its band
 * tells a control law that was restarted in time from one that was not, or that forgot to
 * re-synchronise. */
/* sources: partitions/flagship/model.c */
/* flags: -Ipartitions/flagship */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

typedef uint32_t prtos_u32_t;
typedef int32_t prtos_s32_t;
#include "mission.h"

#define FOREVER 1000

struct outcome {
    fix_t command; /* largest deviations from the flight without faults */
    fix_t pitch;
};

/* Flies the mission; the law is away for `lost` frames from `fault` on. */
static struct outcome fly(const unsigned *fault, unsigned n_faults, unsigned lost, int resync)
{
    struct flight clean, flight;
    struct outcome worst = {0, 0};
    fix_t command = ELEVATOR_LEVEL;
    unsigned frame, i;

    flight_start(&clean);
    flight_start(&flight);
    for (frame = 1; frame <= FRAMES; frame++) {
        fix_t expected = flight_step(&clean, frame);
        struct measurement seen;
        int away = 0;

        airframe_step(&flight.airframe, flight.elevator);
        airframe_measure(&flight.airframe, frame, flight.elevator, &seen);
        for (i = 0; i < n_faults; i++)
            away |= frame >= fault[i] && frame < fault[i] + lost;
        if (away) {
            flight.law.trim = 0;
            flight.law.engaged = !resync;
        } else {
            command = law_step(&flight.law, &seen);
        }
        flight.elevator = actuator_step(flight.elevator, command);
        if (fix_abs(command - expected) > worst.command)
            worst.command = fix_abs(command - expected);
        if (fix_abs(flight.airframe.pitch - clean.airframe.pitch) > worst.pitch)
            worst.pitch = fix_abs(flight.airframe.pitch - clean.airframe.pitch);
    }
    return worst;
}

static const unsigned faults[] = {FAULT_WILD_POINTER, FAULT_DIVISION};

static void flight_follows_the_pilot(void **state)
{
    struct flight flight;
    fix_t highest = 0;
    unsigned frame;

    (void)state;
    flight_start(&flight);
    for (frame = 1; frame <= FRAMES; frame++) {
        flight_step(&flight, frame);
        if (frame < 15)
            assert_true(fix_abs(flight.airframe.pitch) < FIX(50));
        if (flight.airframe.pitch > highest)
            highest = flight.airframe.pitch;
        if (frame == 45)
            assert_true(fix_abs(flight.airframe.pitch - FIX(5000)) < FIX(300));
        if (frame == 89)
            assert_true(fix_abs(flight.airframe.pitch - FIX(-3000)) < FIX(300));
    }
    assert_true(highest < FIX(5600));
    assert_true(fix_abs(flight.airframe.pitch) < FIX(500));
    /* To the last bit, on every machine. */
    assert_int_equal(flight.airframe.pitch, -22007);
}

static void airframe_alone_is_unstable(void **state)
{
    struct airframe airframe = {0, FIX(10), 0};
    unsigned frame;
    fix_t after_one_second = 0;

    (void)state;
    for (frame = 1; frame <= 150; frame++) {
        airframe_step(&airframe, ELEVATOR_LEVEL);
        if (frame == 50)
            after_one_second = airframe.attack;
    }
    assert_true(airframe.attack > 5 * after_one_second);
}

static void flight_without_faults_has_no_deviation(void **state)
{
    struct outcome outcome = fly(faults, 0, 1, 1);

    (void)state;
    assert_int_equal(outcome.command, 0);
    assert_int_equal(outcome.pitch, 0);
}

/* What happens in the flagship: one frame lost at each fault; less than half of the band. */
static void restart_keeps_the_band_with_margin(void **state)
{
    struct outcome outcome = fly(faults, 2, 1, 1);

    (void)state;
    assert_true(outcome.command > 0 && outcome.command < COMMAND_BAND / 2);
    assert_true(outcome.pitch > 0 && outcome.pitch < PITCH_BAND / 2);
    outcome = fly(faults, 2, 3, 1); /* a slow restart still keeps it */
    assert_true(outcome.command < COMMAND_BAND);
    assert_true(outcome.pitch < PITCH_BAND);
}

static void missing_restart_leaves_the_band(void **state)
{
    struct outcome first = fly(faults, 1, FOREVER, 1);
    struct outcome second = fly(faults + 1, 1, FOREVER, 1);

    (void)state;
    assert_true(first.command > 2 * COMMAND_BAND && first.pitch > 2 * PITCH_BAND);
    assert_true(second.command > 2 * COMMAND_BAND && second.pitch > 2 * PITCH_BAND);
}

static void missing_resync_leaves_the_band(void **state)
{
    (void)state;
    assert_true(fly(faults, 1, 1, 0).command > COMMAND_BAND);
    assert_true(fly(faults + 1, 1, 1, 0).command > COMMAND_BAND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flight_follows_the_pilot),
        cmocka_unit_test(airframe_alone_is_unstable),
        cmocka_unit_test(flight_without_faults_has_no_deviation),
        cmocka_unit_test(restart_keeps_the_band_with_margin),
        cmocka_unit_test(missing_restart_leaves_the_band),
        cmocka_unit_test(missing_resync_leaves_the_band),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
