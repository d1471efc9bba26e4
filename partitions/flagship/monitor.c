/* SPDX-License-Identifier: Apache-2.0 */
/* System partition: flies the fault-free flight with the same model and compares it, frame by
 * frame, with what control and sensor publish; watches states and resets of the partitions, lost
 * messages and slot starts. Ends the system after the last frame. */
#include <prtos.h>
#include <stdio.h>
#include "monitor.h"

#define LOG_FRAMES 10 /* a line in each tenth frame */

struct monitor_ports {
    prtos_s32_t pitch, command, telemetry;
};

static struct record record;

static void slot_seen(struct slot_watch *watch, prtos_u32_t frame, prtos_u32_t start)
{
    prtos_s32_t away;

    if (watch->count++ == 0) {
        watch->first_frame = frame;
        watch->first_start = start;
        return;
    }
    away = (prtos_s32_t)(start - watch->first_start - (frame - watch->first_frame) * FRAME_US);
    if (away < watch->earliest)
        watch->earliest = away;
    if (away > watch->latest)
        watch->latest = away;
}

/* A warm reset counts up; a cold one sets the counter to 0 and leaves its cause. */
static void watch_resets(prtos_id_t partition)
{
    struct reset_watch *watch = &record.reset[partition];
    prtos_part_status_t status;

    if (prtos_get_partition_status(partition, &status) != PRTOS_OK)
        return;
    if (status.reset_counter > watch->counter)
        watch->warm += status.reset_counter - watch->counter;
    else if (status.reset_counter < watch->counter || status.reset_status != watch->status)
        watch->cold++;
    if (status.reset_status != watch->status)
        watch->last_event = status.reset_status & PRTOS_HM_RESET_STATUS_EVENT_MASK;
    watch->counter = status.reset_counter;
    watch->status = status.reset_status;
    watch->state = status.state;
}

/* Compares the command in force, fresh or held, with that of the fault-free flight. The answer is
 * the one in force. */
static fix_t watch_command(prtos_s32_t port, prtos_u32_t frame, fix_t expected)
{
    static fix_t in_force = ELEVATOR_LEVEL;
    struct command_message message;
    fix_t deviation;

    if (sampling_read(port, &message, sizeof(message)) && message.frame == frame) {
        in_force = message.elevator;
        slot_seen(&record.slot[CONTROL], frame, message.slot_start);
    } else {
        if (record.command_lost++ == 0)
            record.first_lost_command = frame;
        record.last_lost_command = frame;
    }
    deviation = fix_abs(in_force - expected);
    if (frame < FAULT_WILD_POINTER && deviation > record.deviation_before_faults)
        record.deviation_before_faults = deviation;
    if (deviation > record.command_deviation) {
        record.command_deviation = deviation;
        record.command_worst_frame = frame;
    }
    return in_force;
}

static void watch_pitch(prtos_s32_t port, prtos_u32_t frame, fix_t expected,
                        struct measurement *seen)
{
    struct pitch_message message;
    fix_t deviation;

    if (!sampling_read(port, &message, sizeof(message)) || message.frame != frame) {
        record.pitch_lost++;
        return;
    }
    *seen = message.seen;
    slot_seen(&record.slot[SENSOR], frame, message.slot_start);
    deviation = fix_abs(message.seen.pitch - expected);
    if (frame < FAULT_WILD_POINTER && deviation > record.deviation_before_faults)
        record.deviation_before_faults = deviation;
    if (deviation > record.pitch_deviation)
        record.pitch_deviation = deviation;
}

static void watch_telemetry(prtos_s32_t port, prtos_u32_t frame)
{
    struct telemetry_message message;

    if (prtos_receive_queuing_message(port, &message, sizeof(message)) != sizeof(message) ||
        message.number != frame) {
        record.telemetry_lost++;
        return;
    }
    slot_seen(&record.slot[ACTUATOR], frame, message.slot_start);
    record.held += message.held;
}

/* A line of the flight's log. */
static void print_flight(prtos_u32_t frame, const struct measurement *seen, fix_t command,
                         fix_t expected)
{
    char target[FIX_TEXT], pitch[FIX_TEXT], elevator[FIX_TEXT], away[FIX_TEXT];

    printf("[P3] frame % 3d: target %s  pitch %s  elevator command %s  off by %s\n", frame,
           fix_text(target, seen->target, FIX_WIDTH), fix_text(pitch, seen->pitch, FIX_WIDTH),
           fix_text(elevator, command, FIX_WIDTH),
           fix_text(away, fix_abs(command - expected), FIX_WIDTH));
}

/* One frame: what should have come, what has come. */
static void watch_frame(const struct monitor_ports *ports, prtos_u32_t frame)
{
    static struct flight flight; /* the one without faults */
    static struct measurement seen;
    struct measurement expected;
    fix_t expected_command, command;
    prtos_id_t partition;

    if (frame == 1)
        flight_start(&flight);
    expected_command = flight_step(&flight, frame);
    airframe_measure(&flight.airframe, frame, 0, &expected);
    watch_pitch(ports->pitch, frame, expected.pitch, &seen);
    command = watch_command(ports->command, frame, expected_command);
    watch_telemetry(ports->telemetry, frame);
    for (partition = 0; partition < PARTITIONS; partition++)
        watch_resets(partition);
    if (frame % LOG_FRAMES == 0)
        print_flight(frame, &seen, command, expected_command);
    record.frames = frame;
}

void partition_main(void)
{
    struct monitor_ports ports;
    prtos_u32_t frame;

    ports.pitch = sampling_open("pitch", sizeof(struct pitch_message), PRTOS_DESTINATION_PORT);
    ports.command =
        sampling_open("command", sizeof(struct command_message), PRTOS_DESTINATION_PORT);
    ports.telemetry =
        queuing_open("telemetry", sizeof(struct telemetry_message), PRTOS_DESTINATION_PORT);
    for (frame = 1; frame <= FRAMES; frame++) {
        slot_seen(&record.slot[MONITOR], frame, slot_wait());
        watch_frame(&ports, frame);
    }
    summary_print(&record);
    prtos_halt_system();
}
