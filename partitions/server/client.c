/* SPDX-License-Identifier: Apache-2.0 */
/* Asks in bursts, one in each of its slots: few, many, too many, few. */
#include <prtos.h>
#include <stdio.h>
#include "request.h"

static const prtos_u32_t bursts[BURSTS] = {2, 6, 8, 12, 16, 4, 2, 1};

void partition_main(void)
{
    struct request request;
    prtos_s32_t port =
        prtos_create_queuing_port("requests", CHANNEL_ROOM, sizeof(request), PRTOS_SOURCE_PORT);

    if (port < 0)
        printf("[P1] port: %d\n", port);
    for (request.burst = 1; request.burst <= BURSTS; request.burst++) {
        prtos_idle_self();
        for (request.number = 1; request.number <= bursts[request.burst - 1]; request.number++)
            prtos_send_queuing_message(port, &request, sizeof(request));
    }
    for (;;)
        prtos_idle_self();
}
