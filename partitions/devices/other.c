/* SPDX-License-Identifier: Apache-2.0 */
/* Owns no device. Its one access to the timer is a fault, which the health monitor gives back to
 * it (system description). */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "ports.h"

static volatile prtos_u32_t faults;

static void on_fault(trap_ctxt_t *ctxt)
{
    faults++;
    ctxt->ip += 2; /* in $port, %al */
}

void partition_main(void)
{
    install_trap_handler(GENERAL_PROTECTION_FAULT, on_fault);
    port_in(0x40);
    printf("[P1] access to the timer's port: %s\n", faults == 1 ? "fault" : "NO FAULT");
    for (;;)
        prtos_idle_self();
}
