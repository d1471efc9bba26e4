/* SPDX-License-Identifier: Apache-2.0 */
/* Lives and is halted, suspended, reset by the system caller. */
#include <prtos.h>

void partition_main(void)
{
    for (;;)
        prtos_idle_self();
}
