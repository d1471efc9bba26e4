/* SPDX-License-Identifier: Apache-2.0 */
/* Spins in slots 0 and 2, both behind an idle span, and ends the measurement. */
#include "spin.h"

void partition_main(void)
{
    spin(2, FRAMES + WARM);
    prtos_halt_system();
}
