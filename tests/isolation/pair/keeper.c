/* SPDX-License-Identifier: Apache-2.0 */
/* Brings the attacker back whenever it does not run or stands still, and empties its queue. */
#include <bail.h>
#include "pair.h"

#define STILL 6u /* frames without a new attack */

static void restart(void)
{
    prtos_u32_t warm = BOARD->restarted++ % 2;

    prtos_reset_partition(ATTACKER, warm ? PRTOS_WARM_RESET : PRTOS_COLD_RESET, 0);
}

static prtos_u32_t attacks(void)
{
    prtos_u32_t i, sum = 0;

    for (i = 0; i < KINDS; i++)
        sum += BOARD->done[i];
    return sum;
}

void partition_main(void)
{
    static prtos_u32_t message[16];
    static prtos_part_status_t status;
    prtos_s32_t port = prtos_create_queuing_port("keep", 4, 64, PRTOS_DESTINATION_PORT);
    prtos_u32_t last = 0, still = 0;

    for (;;) {
        prtos_idle_self();
        prtos_receive_queuing_message(port, message, sizeof(message));
        if (!ORDERS->seed || prtos_get_partition_status(ATTACKER, &status) != PRTOS_OK)
            continue;
        still = attacks() == last ? still + 1 : 0;
        last = attacks();
        if (status.state == PRTOS_STATUS_HALTED || still > STILL) {
            restart();
            still = 0;
        } else if (status.state == PRTOS_STATUS_SUSPENDED) {
            BOARD->resumed++;
            prtos_resume_partition(ATTACKER);
        }
    }
}
