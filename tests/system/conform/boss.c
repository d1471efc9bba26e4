/* SPDX-License-Identifier: Apache-2.0 */
/* The system partition; ends the system when the ordinary caller has halted. */
#include "conform.h"

void partition_main(void)
{
    prtos_part_status_t status;

    check_calls();
    check_time();
    check_irqs();
    check_descriptors();
    check_ports();
    check_trace();
    check_memory();
    check_page_tables();
    check_batch();
    check_control();
    check_end();
    do
        prtos_idle_self();
    while (prtos_get_partition_status(PLAIN, &status) == PRTOS_OK &&
           status.state != PRTOS_STATUS_HALTED);
    prtos_halt_system();
}
