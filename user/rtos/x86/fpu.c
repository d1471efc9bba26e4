/* SPDX-License-Identifier: Apache-2.0 */
/* The x87's registers: FNSAVE's picture of them, 108 bytes. */
#include <rtos/fpu.h>

#include "kernel.h"

#define CONTROL 0x037f /* FNINIT's: all exceptions masked, 64 bits of precision */

int port_fpu_exists(void)
{
    return (PORT_PCT->flags & PRTOS_PART_FP) != 0;
}

void port_fpu_init(struct rtos_fpu *room)
{
    __builtin_memset(room, 0, sizeof(*room));
    room->room[0] = CONTROL;
    room->room[1] = 0xffff; /* tags: all empty */
}

void port_fpu_save(struct rtos_fpu *room)
{
    __asm__ __volatile__("fnsave %0" : "=m"(*room));
}

void port_fpu_load(const struct rtos_fpu *room)
{
    __asm__ __volatile__("frstor %0" : : "m"(*room));
}
