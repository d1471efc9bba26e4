/* SPDX-License-Identifier: Apache-2.0 */
/* See model.h. Products are 64 bits wide and shifted back; nothing here divides at run time, so the
 * figures are the same on every machine, to the last bit. */
#include "model.h"

#define NOSE_HEAVY FIX(1600)      /* degrees per second, each frame: ELEVATOR_LEVEL balances it */
#define RATE_LIMIT FIX(2000)      /* elevator: degrees in one frame, 100 degrees per second */
#define POSITION_LIMIT FIX(15000) /* elevator: mechanical stop */
#define GAIN_PITCH FIX(1500)
#define GAIN_RATE FIX(350)
#define GAIN_TRIM FIX(6) /* in one frame */

static fix_t fix_mul(fix_t a, fix_t b)
{
    return (fix_t)(((long long)a * b) >> 16);
}

fix_t fix_abs(fix_t a)
{
    return a < 0 ? -a : a;
}

static fix_t fix_clamp(fix_t value, fix_t limit)
{
    if (value > limit)
        return limit;
    return value < -limit ? -limit : value;
}

/* Euler steps: the coefficients are those of one second times 0.02. */
void airframe_step(struct airframe *airframe, fix_t elevator)
{
    fix_t attack = airframe->attack;
    fix_t rate = airframe->rate;

    airframe->attack += fix_mul(rate, FIX(20)) - fix_mul(attack, FIX(24));
    airframe->rate += fix_mul(attack, FIX(120)) - fix_mul(rate, FIX(30)) +
                      fix_mul(elevator, FIX(800)) - NOSE_HEAVY;
    airframe->pitch += fix_mul(rate, FIX(20));
}

/* Up to 0.03 degrees either way; the same frame always has the same noise. */
static fix_t noise(unsigned frame, unsigned channel)
{
    unsigned x = frame * 2654435761u + channel * 40503u + 12345u;

    x ^= x >> 15;
    x *= 2246822519u;
    x ^= x >> 13;
    return (fix_t)(x & 4095u) - 2048;
}

/* The pilot: level, up to 5 degrees, down to -3, level again. */
static fix_t pilot_target(unsigned frame)
{
    if (frame < 15)
        return 0;
    if (frame < 55)
        return FIX(5000);
    return frame < 90 ? FIX(-3000) : 0;
}

void airframe_measure(const struct airframe *airframe, unsigned frame, fix_t elevator,
                      struct measurement *out)
{
    out->pitch = airframe->pitch + noise(frame, 0);
    out->rate = airframe->rate + noise(frame, 1);
    out->target = pilot_target(frame);
    out->elevator = elevator;
}

/* A law that starts in flight chooses the trim with which it would have commanded the position
 * where the elevator stands now: the take-over makes no jump. */
static void law_resync(struct law *law, fix_t direct, fix_t elevator)
{
    law->trim = fix_clamp(elevator - direct, POSITION_LIMIT);
    law->engaged = 1;
}

fix_t law_step(struct law *law, const struct measurement *in)
{
    fix_t error = in->target - in->pitch;
    fix_t direct = fix_mul(error, GAIN_PITCH) - fix_mul(in->rate, GAIN_RATE);

    if (!law->engaged)
        law_resync(law, direct, in->elevator);
    law->trim = fix_clamp(law->trim + fix_mul(error, GAIN_TRIM), POSITION_LIMIT);
    return fix_clamp(direct + law->trim, POSITION_LIMIT);
}

fix_t actuator_step(fix_t position, fix_t command)
{
    fix_t step = fix_clamp(command - position, RATE_LIMIT);

    return fix_clamp(position + step, POSITION_LIMIT);
}

void flight_start(struct flight *flight)
{
    flight->airframe.pitch = 0;
    flight->airframe.attack = 0;
    flight->airframe.rate = 0;
    flight->law.trim = 0;
    flight->law.engaged = 0;
    flight->elevator = ELEVATOR_LEVEL;
}

fix_t flight_step(struct flight *flight, unsigned frame)
{
    struct measurement seen;
    fix_t command;

    airframe_step(&flight->airframe, flight->elevator);
    airframe_measure(&flight->airframe, frame, flight->elevator, &seen);
    command = law_step(&flight->law, &seen);
    flight->elevator = actuator_step(flight->elevator, command);
    return command;
}
