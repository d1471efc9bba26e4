/* SPDX-License-Identifier: Apache-2.0 */
/* The airframe and its sensor: takes the elevator's position from the actuator, lets the airframe
 * fly one frame and publishes pitch and rate, with noise. */
#include <prtos.h>
#include <stdio.h>
#include "mission.h"

/* The latest position; without news the elevator stays where it was. */
static fix_t elevator_position(prtos_s32_t port, fix_t last)
{
    struct position_message message;

    while (prtos_receive_queuing_message(port, &message, sizeof(message)) == sizeof(message))
        last = message.elevator;
    return last;
}

void partition_main(void)
{
    static struct airframe airframe;
    prtos_s32_t pitch = sampling_open("pitch", sizeof(struct pitch_message), PRTOS_SOURCE_PORT);
    prtos_s32_t position =
        queuing_open("position", sizeof(struct position_message), PRTOS_DESTINATION_PORT);
    fix_t elevator = ELEVATOR_LEVEL;
    struct pitch_message message;

    printf("[P0] sensor ready: level flight, the pilot will ask for 5, -3 and 0 degrees\n");
    for (message.frame = 1;; message.frame++) {
        message.slot_start = slot_wait();
        elevator = elevator_position(position, elevator);
        airframe_step(&airframe, elevator);
        airframe_measure(&airframe, message.frame, elevator, &message.seen);
        prtos_write_sampling_message(pitch, &message, sizeof(message));
    }
}
