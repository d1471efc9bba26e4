/* SPDX-License-Identifier: Apache-2.0 */
/* Measures once a frame: the aircraft climbs as it was last told to. */
#include <apex/apexConfig.h>
#include <prtos.h>
#include "climb.h"

APEX_PARTITION(FRAME, 5 * MS, 0);
APEX_PROCESSES(1, 4096);
APEX_SAMPLING_PORTS(1);
APEX_QUEUING_PORTS(1);

static SAMPLING_PORT_ID_TYPE altitude;
static QUEUING_PORT_ID_TYPE climb;

static void measure(void)
{
    struct altitude out = {0, 0};
    struct command in;
    MESSAGE_SIZE_TYPE length;
    RETURN_CODE_TYPE code;

    for (;;) {
        RECEIVE_QUEUING_MESSAGE(climb, 0, (MESSAGE_ADDR_TYPE)&in, &length, &code);
        if (code == NO_ERROR)
            out.feet += in.climb;
        out.frame++;
        WRITE_SAMPLING_MESSAGE(altitude, (MESSAGE_ADDR_TYPE)&out, sizeof(out), &code);
        PERIODIC_WAIT(&code);
    }
}

void partition_main(void)
{
    RETURN_CODE_TYPE code;

    CREATE_SAMPLING_PORT("altitude", sizeof(struct altitude), SOURCE, FRAME, &altitude, &code);
    succeed("CREATE_SAMPLING_PORT", code);
    CREATE_QUEUING_PORT("climb", sizeof(struct command), 2, DESTINATION, FIFO, &climb, &code);
    succeed("CREATE_QUEUING_PORT", code);
    process_start("measure", measure, 10, FRAME, 2 * MS);
    SET_PARTITION_MODE(NORMAL, &code);
}
