/* SPDX-License-Identifier: Apache-2.0 */
/* Takes what the worker says, word for word, and tells of it. */
#include <stdio.h>
#include "oracle.h"

static prtos_u32_t is_good(const prtos_u32_t *message, prtos_u32_t frame)
{
    return message[0] == frame && message[1] == frame * 2654435761u && message[2] == ~frame &&
           message[3] == ~frame;
}

void partition_main(void)
{
    prtos_s32_t sampling, queuing;
    prtos_u32_t frame = 0, heard = 0, taken = 0, message[4], flags;

    sampling = prtos_create_sampling_port("news", 16, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    queuing = prtos_create_queuing_port("jobs", 4, 16, PRTOS_DESTINATION_PORT);
    while (frame < REPORTS * REPORT_FRAMES) {
        while (prtos_receive_queuing_message(queuing, message, 16) == 16) {
            frame++;
            taken += is_good(message, frame);
            heard += prtos_read_sampling_message(sampling, message, 16, &flags) == 16 &&
                     is_good(message, frame) && flags == PRTOS_COMM_MSG_VALID;
            if (frame % REPORT_FRAMES == 0)
                printf("[P3] %u frames: %u taken, %u heard\n", frame, taken, heard);
        }
        prtos_idle_self();
    }
    REPORTED(ECHO) = 1;
    prtos_halt_partition(ECHO);
}
