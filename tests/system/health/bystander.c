/* SPDX-License-Identifier: Apache-2.0 */
/* Has nothing to do with it. */
#include "facts.h"

void partition_main(void)
{
    for (;;) {
        FACTS->bystander++;
        prtos_idle_self();
    }
}
