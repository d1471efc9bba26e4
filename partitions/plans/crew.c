/* SPDX-License-Identifier: Apache-2.0 */
/* Has slots in the maintenance plan only: looks at what is broken, restarts the worker. */
#include <prtos.h>
#include <stdio.h>
#include "board.h"

void partition_main(void)
{
    prtos_plan_status_t plan;

    prtos_get_plan_status(&plan);
    printf("[P2] the crew is called: plan %d, before it %d; worker: %d shifts\n", plan.current,
           plan.prev, BOARD->shifts);
    BOARD->broken = 0;
    printf("[P2] worker mended and restarted: %d\n", prtos_reset_partition(1, PRTOS_WARM_RESET, 0));
}
