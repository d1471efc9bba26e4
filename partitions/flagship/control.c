/* SPDX-License-Identifier: Apache-2.0 */
/* The control law, a periodic process of an APEX partition, and the faults that it commits on the
 * way. It needs nothing from before a fault: a start, first or not, takes its trim from where the
 * sensor says that the elevator stands. */
#include <apex/apexConfig.h>
#include <apex.h>
#include <prtos.h>
#include <rtos/time.h>
#include <stdio.h>
#include "faults.h"
#include "mission.h"

#define NS_IN_US 1000
#define FRAME_NS ((SYSTEM_TIME_TYPE)FRAME_US * NS_IN_US)
#define SLOT_NS ((SYSTEM_TIME_TYPE)6000 * NS_IN_US)
#define STACK 4096

APEX_PARTITION(FRAME_NS, SLOT_NS, 1);
APEX_PROCESSES(1, STACK);
APEX_SAMPLING_PORTS(2);
APEX_ERROR_HANDLER(STACK);

static struct law law; /* cleared by every start of the partition */
static PARTITION_STATUS_TYPE start;
static SAMPLING_PORT_ID_TYPE pitch, command;

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

/* Tells what brought the partition here; the event stands in its control table. */
static void report_start(const struct pitch_message *message)
{
    prtos_u32_t event = prtos_get_pct()->reset_status & PRTOS_HM_RESET_STATUS_EVENT_MASK;
    char text[FIX_TEXT];

    if (start.START_CONDITION == NORMAL_START)
        return;
    printf("[P1] frame %d: restarted %s after a %s, takes over with the elevator at %s\n",
           message->frame, start.OPERATING_MODE == WARM_START ? "warm" : "cold", event_name(event),
           fix_text(text, message->seen.elevator, 0));
}

/* When this slot began, as the kernel below APEX knows it. */
static prtos_u32_t slot_start(void)
{
    rtos_time_t left = 0;

    rtos_slot_left(&left);
    return (prtos_u32_t)((rtos_now() + left - SLOT_NS) / NS_IN_US);
}

/* Released at each start of the partition's slot. A silent sensor: so are we, and the actuator
 * holds. */
static void run_law(void)
{
    struct pitch_message in;
    struct command_message out;
    MESSAGE_SIZE_TYPE length;
    VALIDITY_TYPE validity;
    RETURN_CODE_TYPE code;

    for (;;) {
        out.slot_start = slot_start();
        READ_SAMPLING_MESSAGE(pitch, (MESSAGE_ADDR_TYPE)&in, &length, &validity, &code);
        if (code == NO_ERROR && validity == VALID) {
            commit_fault(in.frame);
            if (!law.engaged)
                report_start(&in);
            out.frame = in.frame;
            out.elevator = law_step(&law, &in.seen);
            WRITE_SAMPLING_MESSAGE(command, (MESSAGE_ADDR_TYPE)&out, sizeof(out), &code);
        }
        PERIODIC_WAIT(&code);
    }
}

/* A late command is better than none: the law goes on. */
static void tell_late(void)
{
    ERROR_STATUS_TYPE error;
    RETURN_CODE_TYPE code;

    for (GET_ERROR_STATUS(&error, &code); code == NO_ERROR; GET_ERROR_STATUS(&error, &code))
        if (error.ERROR_CODE == DEADLINE_MISSED)
            printf("[P1] the law has missed its deadline, it goes on\n");
}

/* What cannot be made ends the partition with a message. */
static void succeed(const char *what, RETURN_CODE_TYPE code)
{
    if (code == NO_ERROR)
        return;
    printf("[P1] %s: return code %d\n", what, code);
    SET_PARTITION_MODE(IDLE, &code);
}

void partition_main(void)
{
    static PROCESS_ATTRIBUTE_TYPE attributes = {
        FRAME_NS, SLOT_NS / 2, (SYSTEM_ADDRESS_TYPE)run_law, STACK, 10, HARD, "law"};
    PROCESS_ID_TYPE process = NULL_PROCESS_ID;
    RETURN_CODE_TYPE code;

    GET_PARTITION_STATUS(&start, &code);
    CREATE_SAMPLING_PORT("pitch", sizeof(struct pitch_message), DESTINATION,
                         MESSAGE_VALID_US * NS_IN_US, &pitch, &code);
    succeed("pitch", code);
    CREATE_SAMPLING_PORT("command", sizeof(struct command_message), SOURCE,
                         MESSAGE_VALID_US * NS_IN_US, &command, &code);
    succeed("command", code);
    CREATE_ERROR_HANDLER((SYSTEM_ADDRESS_TYPE)tell_late, STACK, &code);
    succeed("error handler", code);
    CREATE_PROCESS(&attributes, &process, &code);
    succeed("law", code);
    START(process, &code);
    SET_PARTITION_MODE(NORMAL, &code);
}
