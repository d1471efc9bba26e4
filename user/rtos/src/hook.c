/* SPDX-License-Identifier: Apache-2.0 */
/* The program's functions at points of the kernel. */
#include "kernel.h"

static const struct rtos_hooks *hooks;

enum rtos_status rtos_hooks_set(const struct rtos_hooks *new_hooks)
{
    CHECK_NOT_IRQ();
    *(const struct rtos_hooks *volatile *)&hooks = new_hooks;
    return RTOS_OK;
}

void rtos_hook_switched(struct rtos_thread *from, struct rtos_thread *to)
{
    if (hooks && hooks->switched)
        hooks->switched(from, to);
}

void rtos_hook_idle(void)
{
    if (hooks && hooks->idle)
        hooks->idle();
}

void rtos_hook_slot(void)
{
    if (hooks && hooks->slot)
        hooks->slot();
}
