/* SPDX-License-Identifier: Apache-2.0 */
/* A message of each kind in each slot, and every fifth slot a fault, which restarts it. */
#include <bail.h>
#include "soak.h"

#define FAULT_SLOTS 5u

void partition_main(void)
{
    prtos_s32_t queue = prtos_create_queuing_port("queue", 4, 4, PRTOS_SOURCE_PORT);
    prtos_s32_t sample = prtos_create_sampling_port("sample", 4, PRTOS_SOURCE_PORT, 0);
    prtos_u32_t number;

    BOARD->lives++;
    for (;;) {
        BOARD->slots++;
        number = BOARD->sent + 1;
        if (prtos_send_queuing_message(queue, &number, sizeof(number)) == PRTOS_OK)
            BOARD->sent = number;
        else
            BOARD->refused++;
        number = BOARD->written + 1;
        if (prtos_write_sampling_message(sample, &number, sizeof(number)) == PRTOS_OK)
            BOARD->written = number;
        else
            BOARD->refused++;
        if (BOARD->slots % FAULT_SLOTS == 0) {
            BOARD->faults++;
            fault_call();
        }
        prtos_idle_self();
    }
}
