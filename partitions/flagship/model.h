/* SPDX-License-Identifier: Apache-2.0 */
/* The flight: airframe, sensor noise, control law and actuator in fixed point. Every partition of
 * this system compiles the same model, so the monitor can fly the fault-free flight by itself and
 * compare. Pure functions of their arguments: no globals, no hypercalls, no floating point. */
#ifndef FLAGSHIP_MODEL_H
#define FLAGSHIP_MODEL_H

/* Degrees, or degrees per second: signed, 16 bits after the point. */
typedef int fix_t;

#define FIX(thousandths) ((fix_t)((thousandths)*65536LL / 1000))

/* Position of the elevator that keeps the airframe level: it is heavy at the nose. */
#define ELEVATOR_LEVEL FIX(2000)

/* Without control it is unstable: a deviation doubles in 0.6 seconds. */
struct airframe {
    fix_t pitch;  /* attitude */
    fix_t attack; /* between the nose and the airflow */
    fix_t rate;   /* of the pitch */
};

/* What the sensor reports. */
struct measurement {
    fix_t pitch;
    fix_t rate;
    fix_t target;   /* what the pilot asks for */
    fix_t elevator; /* position that the actuator reported */
};

/* The control law's memory. All zero is a law that has just been started, for the first time or
 * again: it takes its trim from the first measurement. */
struct law {
    fix_t trim;
    int engaged;
};

/* The whole loop in one place. */
struct flight {
    struct airframe airframe;
    struct law law;
    fix_t elevator;
};

fix_t fix_abs(fix_t a);

/* One frame of 20 ms each. */
void airframe_step(struct airframe *airframe, fix_t elevator);
void airframe_measure(const struct airframe *airframe, unsigned frame, fix_t elevator,
                      struct measurement *out);
fix_t law_step(struct law *law, const struct measurement *in);
fix_t actuator_step(fix_t position, fix_t command);

/* One frame of the loop in the order of the slots; the answer is the law's command. */
void flight_start(struct flight *flight);
fix_t flight_step(struct flight *flight, unsigned frame);

#endif
