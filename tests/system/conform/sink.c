/* SPDX-License-Identifier: Apache-2.0 */
/* Runs, and leaves everything that is raised for it masked. */
#include <prtos.h>

void partition_main(void)
{
    for (;;)
        prtos_idle_self();
}
