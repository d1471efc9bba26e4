/* SPDX-License-Identifier: Apache-2.0 */
/* Gives every slot back at once. */
#include <prtos.h>

void partition_main(void)
{
    for (;;)
        prtos_idle_self();
}
