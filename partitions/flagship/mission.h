/* SPDX-License-Identifier: Apache-2.0 */
/* What the four partitions agree on: the plan, the messages, the faults and the limits. Lengths,
 * periods and port names are those of the XML; the hypervisor refuses a port that differs. */
#ifndef FLAGSHIP_MISSION_H
#define FLAGSHIP_MISSION_H

#include "model.h"

enum partition_id { SENSOR, CONTROL, ACTUATOR, MONITOR, PARTITIONS };

#define FRAME_US 20000
#define FRAMES 120

/* The control law's two faults. The first loses the partition's memory (cold reset), the second
 * keeps it (warm reset); either way the law starts anew in the next frame. */
#define FAULT_WILD_POINTER 25
#define FAULT_DIVISION 67
#define WILD_POINTER 0xdead000u

/* Limits of the verdict: how far the flight with faults may be from the one without. */
#define COMMAND_BAND FIX(1500)
#define PITCH_BAND FIX(1000)

/* Sampling "pitch": sensor to control and monitor. */
struct pitch_message {
    prtos_u32_t frame;
    prtos_u32_t slot_start; /* us, when the sender's slot began */
    struct measurement seen;
};

/* Sampling "command": control to actuator and monitor. */
struct command_message {
    prtos_u32_t frame;
    prtos_u32_t slot_start;
    fix_t elevator;
};

/* Queuing "position": actuator to sensor, where the elevator really stands. */
struct position_message {
    prtos_u32_t number;
    fix_t elevator;
};

/* Queuing "telemetry": actuator to monitor. */
struct telemetry_message {
    prtos_u32_t number;
    prtos_u32_t slot_start;
    fix_t elevator;
    prtos_u32_t held; /* 1: no fresh command, the last one was held */
};

#define MESSAGE_VALID_US 20000 /* a command or a pitch of the frame before is too old */
#define QUEUE_ROOM 4

/* Gives up the rest of the slot; the answer is the time in us at which the next one began. */
prtos_u32_t slot_wait(void);

/* Ports. One that cannot be opened ends the partition with a message. */
prtos_s32_t sampling_open(char *name, prtos_u32_t size, prtos_u32_t direction);
prtos_s32_t queuing_open(char *name, prtos_u32_t size, prtos_u32_t direction);

/* Reads a sampling message; 1 if there is one and it is fresh. */
prtos_s32_t sampling_read(prtos_s32_t port, void *message, prtos_u32_t size);

#define FIX_TEXT 16
#define FIX_WIDTH 7 /* of a column: -12.345 */
/* Degrees as text with three decimals, for printf's %s, at the right of `width` columns (0: as long
 * as it is); `text` has FIX_TEXT bytes. */
char *fix_text(char *text, fix_t value, prtos_s32_t width);

/* Name of a health event that this system can meet. */
const char *event_name(prtos_u32_t event);

#endif
