/* SPDX-License-Identifier: Apache-2.0 */
/* System partition: waits for each command and prints it; one that does not come in time is missed.
 * Ends the system. */
#include <apex/apexConfig.h>
#include <prtos.h>
#include <stdio.h>
#include "climb.h"

#define PATIENCE (22 * MS)

APEX_PROCESSES(1, 4096);
APEX_QUEUING_PORTS(1);

static QUEUING_PORT_ID_TYPE report;

static void listen(void)
{
    prtos_u32_t received = 0, missed = 0;
    struct command in = {0, 0};
    MESSAGE_SIZE_TYPE length;
    RETURN_CODE_TYPE code;

    while (in.frame < LAST_FRAME) {
        RECEIVE_QUEUING_MESSAGE(report, PATIENCE, (MESSAGE_ADDR_TYPE)&in, &length, &code);
        if (code == NO_ERROR) {
            received++;
            printf("[P2] frame % 2d: climb % 4d feet\n", in.frame, in.climb);
        } else if (code == TIMED_OUT) {
            missed++;
            printf("[P2] no command for 22 ms\n");
        }
    }
    printf("[P2] %d commands, %d missed\n", received, missed);
    prtos_halt_system();
}

void partition_main(void)
{
    RETURN_CODE_TYPE code;

    CREATE_QUEUING_PORT("report", sizeof(struct command), 2, DESTINATION, FIFO, &report, &code);
    succeed("CREATE_QUEUING_PORT", code);
    process_start("listen", listen, 10, INFINITE_TIME_VALUE, INFINITE_TIME_VALUE);
    SET_PARTITION_MODE(NORMAL, &code);
}
