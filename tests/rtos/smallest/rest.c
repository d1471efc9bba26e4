/* SPDX-License-Identifier: Apache-2.0 */
/* Takes its time. */
#include <prtos.h>

void partition_main(void)
{
    for (;;)
        prtos_idle_self();
}
