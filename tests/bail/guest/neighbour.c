/* SPDX-License-Identifier: Apache-2.0 */
/* Takes its slots and does nothing with them. */
#include <prtos.h>

void partition_main(void)
{
    for (;;)
        ;
}
