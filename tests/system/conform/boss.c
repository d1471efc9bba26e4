/* SPDX-License-Identifier: Apache-2.0 */
/* The system partition; ends the system when the ordinary caller has halted. */
#include "conform.h"

static void await_halt(prtos_u32_t id)
{
    prtos_part_status_t status;

    while (prtos_get_partition_status(id, &status) == PRTOS_OK &&
           status.state != PRTOS_STATUS_HALTED)
        prtos_idle_self();
}

void partition_main(void)
{
    prtos_u32_t previous = ~0u;

    OWN_FLAG_CLEAR; /* on AArch64 it is set at the start */
    check_calls();
    check_time();
    check_irqs();
    check_own();
    check_ports();
    check_trace();
    check_memory();
    check_batch();
    check_control();
    await_halt(PLAIN);
    await_halt(PAIR);
    check("plan.next", OK, call(switch_sched_plan_nr, 1, PTR2ADDR(&previous), 0, 0, 0));
    check_word("plan.previous", 0, previous);
    check_end();
    prtos_halt_system();
}
