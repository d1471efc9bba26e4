/* SPDX-License-Identifier: Apache-2.0 */
/* Moves the elevator towards the command, as fast as it can move. A command that is not fresh is
 * held. Reports the position to the sensor and to the monitor. */
#include <prtos.h>
#include <stdio.h>
#include "mission.h"

void partition_main(void)
{
    prtos_s32_t command =
        sampling_open("command", sizeof(struct command_message), PRTOS_DESTINATION_PORT);
    prtos_s32_t position =
        queuing_open("position", sizeof(struct position_message), PRTOS_SOURCE_PORT);
    prtos_s32_t telemetry =
        queuing_open("telemetry", sizeof(struct telemetry_message), PRTOS_SOURCE_PORT);
    struct command_message in;
    struct position_message out;
    struct telemetry_message report;
    fix_t wanted = ELEVATOR_LEVEL;

    out.elevator = ELEVATOR_LEVEL;
    for (out.number = 1;; out.number++) {
        report.slot_start = slot_wait();
        report.held = !sampling_read(command, &in, sizeof(in));
        if (!report.held)
            wanted = in.elevator;
        out.elevator = actuator_step(out.elevator, wanted);
        prtos_send_queuing_message(position, &out, sizeof(out));
        report.number = out.number;
        report.elevator = out.elevator;
        prtos_send_queuing_message(telemetry, &report, sizeof(report));
    }
}
