/* SPDX-License-Identifier: Apache-2.0 */
/* Floating point registers of those threads that have any. */
#include <rtos/fpu.h>

#include "kernel.h"

enum rtos_status rtos_thread_use_fpu(struct rtos_thread *thread, struct rtos_fpu *room)
{
    prtos_u32_t key;

    CHECK_THREAD(thread);
    CHECK(!((__UINTPTR_TYPE__)room % sizeof(room->room[0])), RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    CHECK(port_fpu_exists(), RTOS_NOT_AVAILABLE);
    key = port_lock();
    thread->fpu = room;
    rtos_fpu_fresh(thread);
    if (room && thread == rtos_kernel.current)
        port_fpu_load(room);
    return port_unlock_with(key, RTOS_OK);
}

void rtos_fpu_fresh(struct rtos_thread *thread)
{
    if (thread->fpu)
        port_fpu_init(thread->fpu);
}

void rtos_fpu_switched(struct rtos_thread *from, struct rtos_thread *to)
{
    if (from && from->fpu)
        port_fpu_save(from->fpu);
    if (to && to->fpu)
        port_fpu_load(to->fpu);
}

void rtos_fpu_save(struct rtos_fpu *room)
{
    struct rtos_fpu fresh;

    port_fpu_save(room);
    port_fpu_init(&fresh);
    port_fpu_load(&fresh);
}

void rtos_fpu_load(const struct rtos_fpu *room)
{
    port_fpu_load(room);
}
