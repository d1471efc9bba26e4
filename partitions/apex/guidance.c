/* SPDX-License-Identifier: Apache-2.0 */
/* Commands half of what is missing to the target, once a frame, within 2 ms. In one frame it loses
 * its way: its deadline passes, the error handler starts it again, and the next frame is served. */
#include <apex/apexConfig.h>
#include <prtos.h>
#include <stdio.h>
#include "climb.h"

#define CAPACITY (2 * MS)

APEX_PARTITION(FRAME, 5 * MS, 1);
APEX_PROCESSES(2, 8192);
APEX_ERROR_HANDLER(4096);
APEX_SAMPLING_PORTS(1);
APEX_QUEUING_PORTS(2);
APEX_SEMAPHORES(1);

static SAMPLING_PORT_ID_TYPE altitude;
static QUEUING_PORT_ID_TYPE climb, report;
static SEMAPHORE_ID_TYPE recovered;
static volatile prtos_u32_t lost; /* lost its way already */

static void guide(void)
{
    struct altitude in;
    struct command out;
    MESSAGE_SIZE_TYPE length;
    VALIDITY_TYPE validity;
    RETURN_CODE_TYPE code;

    for (;;) {
        READ_SAMPLING_MESSAGE(altitude, (MESSAGE_ADDR_TYPE)&in, &length, &validity, &code);
        while (in.frame == FAULT_FRAME && !lost)
            ; /* for ever, as far as it knows */
        if (code == NO_ERROR && validity == VALID) {
            out.frame = in.frame;
            out.climb = (TARGET - in.feet) / 2;
            SEND_QUEUING_MESSAGE(climb, (MESSAGE_ADDR_TYPE)&out, sizeof(out), 0, &code);
            SEND_QUEUING_MESSAGE(report, (MESSAGE_ADDR_TYPE)&out, sizeof(out), 0, &code);
        }
        PERIODIC_WAIT(&code);
    }
}

/* Above all processes; must not wait. */
static void handle(void)
{
    ERROR_STATUS_TYPE error;
    SYSTEM_TIME_TYPE now;
    PROCESS_STATUS_TYPE status;
    RETURN_CODE_TYPE code;

    for (;;) {
        GET_ERROR_STATUS(&error, &code);
        if (code != NO_ERROR)
            return;
        GET_TIME(&now, &code);
        GET_PROCESS_STATUS(error.FAILED_PROCESS_ID, &status, &code);
        printf("[P1] error handler: %s has missed its deadline, told within %d us: started again\n",
               status.ATTRIBUTES.NAME,
               (int)((prtos_u32_t)(now - status.DEADLINE_TIME) / 10000 + 1) * 10);
        lost = 1;
        STOP(error.FAILED_PROCESS_ID, &code);
        START(error.FAILED_PROCESS_ID, &code);
        SIGNAL_SEMAPHORE(recovered, &code);
    }
}

/* Aperiodic, in the time that is left. */
static void care(void)
{
    RETURN_CODE_TYPE code;

    for (;;) {
        WAIT_SEMAPHORE(recovered, INFINITE_TIME_VALUE, &code);
        printf("[P1] care: a process was recovered\n");
    }
}

void partition_main(void)
{
    RETURN_CODE_TYPE code;

    CREATE_SAMPLING_PORT("altitude", sizeof(struct altitude), DESTINATION, FRAME, &altitude, &code);
    succeed("CREATE_SAMPLING_PORT", code);
    CREATE_QUEUING_PORT("climb", sizeof(struct command), 2, SOURCE, FIFO, &climb, &code);
    succeed("CREATE_QUEUING_PORT", code);
    CREATE_QUEUING_PORT("report", sizeof(struct command), 2, SOURCE, FIFO, &report, &code);
    succeed("CREATE_QUEUING_PORT", code);
    CREATE_SEMAPHORE("recovered", 0, 1, FIFO, &recovered, &code);
    succeed("CREATE_SEMAPHORE", code);
    CREATE_ERROR_HANDLER((SYSTEM_ADDRESS_TYPE)handle, 4096, &code);
    succeed("CREATE_ERROR_HANDLER", code);
    process_start("guide", guide, 10, FRAME, CAPACITY);
    process_start("care", care, 5, INFINITE_TIME_VALUE, INFINITE_TIME_VALUE);
    SET_PARTITION_MODE(NORMAL, &code);
}
