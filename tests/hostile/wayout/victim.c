/* SPDX-License-Identifier: Apache-2.0 */
/* Has the slot after the attacker's. */
#include "wayout.h"

void partition_main(void)
{
    watch_begin(HEALTH, VICTIM_MEMORY, FRAME_NS);
    for (;;)
        watch_frame();
}
