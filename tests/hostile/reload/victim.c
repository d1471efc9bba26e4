/* SPDX-License-Identifier: Apache-2.0 */
#include "reload.h"

void partition_main(void)
{
    watch_begin(HEALTH, VICTIM_MEMORY, 1000000);
    for (;;)
        watch_frame();
}
