/* SPDX-License-Identifier: Apache-2.0 */
/* The screen at the end of the flight, and the verdict. */
#include <prtos.h>
#include <stdio.h>
#include "monitor.h"

static const char *const partition_name[PARTITIONS] = {"sensor  ", "control ", "actuator",
                                                       "monitor "};

static const char *state_name(prtos_u32_t state)
{
    switch (state) {
    case PRTOS_STATUS_READY:
        return "ready    ";
    case PRTOS_STATUS_SUSPENDED:
        return "suspended";
    case PRTOS_STATUS_HALTED:
        return "HALTED   ";
    default:
        return "idle     ";
    }
}

static void print_partitions(const struct record *record)
{
    prtos_s32_t i;

    printf("  partition   state      cold resets  warm resets  slot starts within  last cause\n");
    for (i = 0; i < PARTITIONS; i++) {
        const struct reset_watch *reset = &record->reset[i];
        const struct slot_watch *slot = &record->slot[i];

        printf("  %d %s  %s            %d            %d           % 5d us  %s\n", i,
               partition_name[i], state_name(reset->state), reset->cold, reset->warm,
               slot->latest - slot->earliest,
               reset->cold + reset->warm ? event_name(reset->last_event) : "-");
    }
}

static void print_deviations(const struct record *record)
{
    char largest[FIX_TEXT], band[FIX_TEXT];

    printf("  against the flight without faults, in degrees:\n");
    printf("    before the first fault   off by at most %s   allowed %s\n",
           fix_text(largest, record->deviation_before_faults, FIX_WIDTH),
           fix_text(band, 0, FIX_WIDTH));
    printf("    elevator command         off by at most %s   allowed %s   (in frame %d)\n",
           fix_text(largest, record->command_deviation, FIX_WIDTH),
           fix_text(band, COMMAND_BAND, FIX_WIDTH), record->command_worst_frame);
    printf("    pitch                    off by at most %s   allowed %s\n",
           fix_text(largest, record->pitch_deviation, FIX_WIDTH),
           fix_text(band, PITCH_BAND, FIX_WIDTH));
}

static void print_messages(const struct record *record)
{
    prtos_sys_status_t status;

    printf("  messages that the monitor received in time:\n");
    printf("    pitch     % 4d of %d\n", record->frames - record->pitch_lost, record->frames);
    printf("    command   % 4d of %d   ", record->frames - record->command_lost, record->frames);
    if (record->command_lost)
        printf("%d lost (first in frame %d, last in frame %d), position held %d times",
               record->command_lost, record->first_lost_command, record->last_lost_command,
               record->held);
    printf("\n    telemetry % 4d of %d\n", record->frames - record->telemetry_lost, record->frames);
    if (prtos_get_system_status(&status) == PRTOS_OK)
        printf("    in all: sampling %d written, %d read; queuing %d sent, %d received\n",
               (prtos_u32_t)status.num_of_sampling_port_msgs_written,
               (prtos_u32_t)status.num_of_sampling_port_msgs_read,
               (prtos_u32_t)status.num_of_queuing_port_msgs_sent,
               (prtos_u32_t)status.num_of_queuing_port_msgs_received);
}

/* Everything must have happened as planned: both faults, both restarts, nothing else. */
static prtos_s32_t flight_passed(const struct record *record)
{
    prtos_s32_t i;

    for (i = 0; i < PARTITIONS; i++)
        if (record->reset[i].state != PRTOS_STATUS_READY ||
            (i != CONTROL && record->reset[i].cold + record->reset[i].warm != 0))
            return 0;
    return record->reset[CONTROL].cold == 1 && record->reset[CONTROL].warm == 1 &&
           record->deviation_before_faults == 0 && record->command_deviation <= COMMAND_BAND &&
           record->pitch_deviation <= PITCH_BAND && record->pitch_lost == 0 &&
           record->telemetry_lost == 0 && record->command_lost == record->held;
}

prtos_s32_t summary_print(const struct record *record)
{
    prtos_s32_t passed = flight_passed(record);

    printf("\n");
    printf("----- flight control: %d frames of %d ms, two faults in the control law -----\n",
           record->frames, FRAME_US / 1000);
    print_partitions(record);
    print_deviations(record);
    print_messages(record);
    printf("  verdict: %s\n", passed ? "PASS, the faults stayed inside their partition" : "FAIL");
    return passed;
}
