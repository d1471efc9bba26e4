/* SPDX-License-Identifier: Apache-2.0 */
/* An interrupt always has somewhere to go: without a dispatcher it waits. */
#include "own.h"

void fault_fatal(void)
{
}
