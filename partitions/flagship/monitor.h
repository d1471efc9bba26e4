/* SPDX-License-Identifier: Apache-2.0 */
/* What the monitor has seen: filled by monitor.c frame by frame, printed by summary.c. */
#ifndef FLAGSHIP_MONITOR_H
#define FLAGSHIP_MONITOR_H

#include "mission.h"

/* Slot starts of one partition against its first one, whole frames taken off. */
struct slot_watch {
    prtos_u32_t first_frame;
    prtos_u32_t first_start;
    prtos_s32_t earliest, latest; /* us */
    prtos_u32_t count;
};

/* Resets of one partition, as its status shows them. */
struct reset_watch {
    prtos_u32_t counter, status; /* last seen */
    prtos_u32_t cold, warm;
    prtos_u32_t last_event;
    prtos_u32_t state; /* PRTOS_STATUS_* */
};

struct record {
    prtos_u32_t frames;
    prtos_u32_t pitch_lost, command_lost, telemetry_lost; /* frames without a fresh one */
    prtos_u32_t held;                                     /* frames in which the actuator held */
    prtos_u32_t first_lost_command, last_lost_command;
    fix_t command_deviation, pitch_deviation; /* largest */
    prtos_u32_t command_worst_frame;
    fix_t deviation_before_faults;
    struct slot_watch slot[PARTITIONS];
    struct reset_watch reset[PARTITIONS];
};

/* Prints the screen at the end; the answer is whether the flight passed. */
prtos_s32_t summary_print(const struct record *record);

#endif
