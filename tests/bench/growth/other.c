/* SPDX-License-Identifier: Apache-2.0 */
/* Any other partition: gives its slots back, but for the long one right in front of the measured
 * partition's, in which it computes until it is taken from it. */
#include <prtos.h>

#define LONG 50 /* us, as growth.py lays it */

void partition_main(void)
{
    volatile partition_control_table_t *pct = prtos_get_pct();

    for (;;)
        if (pct->cyclic_sched_info.slot_duration < LONG)
            prtos_idle_self();
}
