/* SPDX-License-Identifier: Apache-2.0 */
/* The control law, and the faults that it commits on the way. It needs nothing from before a fault:
 * a start, first or not, takes its trim from where the sensor says that the elevator stands. */
#include <prtos.h>
#include <stdio.h>
#include "faults.h"
#include "mission.h"

static struct law law; /* cleared by every start of the partition */

/* Only in flight, never in the first frame after a start: a fault does not repeat itself. */
static void commit_fault(prtos_u32_t frame)
{
    volatile prtos_s32_t zero = 0;

    if (!law.engaged)
        return;
    if (frame == FAULT_WILD_POINTER) {
        printf("[P1] frame %d: writing through a wild pointer (0x%x)\n", frame, WILD_POINTER);
        *(volatile prtos_u32_t *)ADDR2PTR(WILD_POINTER) = frame;
    }
    if (frame == FAULT_DIVISION) {
        printf("[P1] frame %d: dividing by zero\n", frame);
        zero = divide((prtos_s32_t)frame, zero);
    }
}

/* Tells what brought the partition here, from its control table. */
static void report_start(const struct pitch_message *message)
{
    partition_control_table_t *pct = prtos_get_pct();
    prtos_u32_t event = pct->reset_status & PRTOS_HM_RESET_STATUS_EVENT_MASK;
    char text[FIX_TEXT];

    if (pct->reset_status == PRTOS_RESET_STATUS_PARTITION_NORMAL_START)
        return;
    printf("[P1] frame %d: restarted %s after a %s, takes over with the elevator at %s\n",
           message->frame, pct->reset_counter ? "warm" : "cold", event_name(event),
           fix_text(text, message->seen.elevator, 0));
}

void partition_main(void)
{
    prtos_s32_t pitch =
        sampling_open("pitch", sizeof(struct pitch_message), PRTOS_DESTINATION_PORT);
    prtos_s32_t command =
        sampling_open("command", sizeof(struct command_message), PRTOS_SOURCE_PORT);
    struct pitch_message in;
    struct command_message out;

    for (;;) {
        out.slot_start = slot_wait();
        if (!sampling_read(pitch, &in, sizeof(in)))
            continue; /* the sensor is silent: so are we, and the actuator holds */
        commit_fault(in.frame);
        if (!law.engaged)
            report_start(&in);
        out.frame = in.frame;
        out.elevator = law_step(&law, &in.seen);
        prtos_write_sampling_message(command, &out, sizeof(out));
    }
}
