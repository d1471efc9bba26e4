/* SPDX-License-Identifier: Apache-2.0 */
/* The ordinary caller. */
#include "conform.h"

void partition_main(void)
{
    OWN_FLAG_CLEAR; /* on AArch64 it is set at the start */
    check_calls();
    check_time();
    check_irqs();
    check_own();
    check_ports();
    check_trace();
    check_memory();
    check_batch();
    check_end();
}
