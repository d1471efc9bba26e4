/* SPDX-License-Identifier: Apache-2.0 */
/* Spins in slot 1, right behind the first one's slot 0, and in slot 4, behind the sleeper's. */
#include "spin.h"

void partition_main(void)
{
    spin(4, ~(prtos_u32_t)0);
}
