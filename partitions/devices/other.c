/* SPDX-License-Identifier: Apache-2.0 */
/* Owns no device. Its one access to one is a fault, which the health monitor gives back to
 * it (system description). */
#include <prtos.h>
#include <irqs.h>
#include <stdio.h>
#include "foreign.h"

static volatile prtos_u32_t faults;

static void on_fault(trap_ctxt_t *ctxt)
{
    faults++;
    ctxt->ip += FOREIGN_BYTES;
}

void partition_main(void)
{
    install_trap_handler(FOREIGN_TRAP, on_fault);
    foreign_access();
    printf("[P1] access to " FOREIGN_NAME ": %s\n", faults == 1 ? "fault" : "NO FAULT");
    for (;;)
        prtos_idle_self();
}
