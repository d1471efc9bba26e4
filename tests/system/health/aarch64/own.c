/* SPDX-License-Identifier: Apache-2.0 */
/* The fatal error: the dispatcher is the partition's. */
#include "own.h"

/* A virtual interrupt that has a vector, and nowhere to go. */
void fault_fatal(void)
{
    prtos_get_pct()->arch.trap_entry = 0;
    prtos_clear_irqmask(0, 1u << 27);
    prtos_set_irqpend(0, 1u << 27);
}
