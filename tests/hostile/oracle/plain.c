/* SPDX-License-Identifier: Apache-2.0 */
/* The ordinary caller. */
#include "oracle.h"

void partition_main(void)
{
    caller_run();
}
