/* SPDX-License-Identifier: Apache-2.0 */
/* The ordinary caller. */
#include "conform.h"

void partition_main(void)
{
    check_calls();
    check_time();
    check_irqs();
    check_descriptors();
    check_ports();
    check_trace();
    check_memory();
    check_page_tables();
    check_page_types();
    check_batch();
    check_end();
}
