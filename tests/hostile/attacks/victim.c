/* SPDX-License-Identifier: Apache-2.0 */
/* Has the slot after the attacker's, and memory that it wants. */
#include "attacks.h"

void partition_main(void)
{
    watch_begin(HEALTH, VICTIM_MEMORY, 1000000);
    for (;;)
        watch_frame();
}
