/* SPDX-License-Identifier: Apache-2.0 */
/* The fatal error: gates are the partition's. */
#include "own.h"

/* A virtual interrupt that has nowhere to go. */
void fault_fatal(void)
{
    struct x86_desc_reg none = {0, 0};

    none.linear_base = PTR2ADDR(&fault_fatal);
    prtos_x86_load_idtr(&none);
    prtos_clear_irqmask(0, 1u << 27);
    prtos_x86_set_if();
    prtos_set_irqpend(0, 1u << 27);
}
