/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed work: a message of each kind in each slot, a timer; tells of it in lines that nobody else
 * may change. */
#include <stdio.h>
#include "oracle.h"

void partition_main(void)
{
    prtos_s32_t sampling, queuing;
    prtos_u32_t frame, timers = 0, sent = 0, message[4];
    prtos_time_t now;

    sampling = prtos_create_sampling_port("news", 16, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    queuing = prtos_create_queuing_port("jobs", 4, 16, PRTOS_SOURCE_PORT);
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + 500, 1000);
    for (frame = 1; frame <= REPORTS * REPORT_FRAMES; frame++) {
        message[0] = frame;
        message[1] = frame * 2654435761u;
        message[2] = message[3] = ~frame;
        sent += prtos_write_sampling_message(sampling, message, 16) == PRTOS_OK;
        sent += prtos_send_queuing_message(queuing, message, 16) == PRTOS_OK;
        timers += prtos_get_pct()->ext_irqs_pend & 1;
        prtos_clear_irqpend(0, ~0u);
        if (frame % REPORT_FRAMES == 0)
            printf("[P2] %u frames: %u messages, %u timers\n", frame, sent, timers);
        prtos_idle_self();
    }
    REPORTED(WORKER) = 1;
    prtos_halt_partition(WORKER);
}
