/* SPDX-License-Identifier: Apache-2.0 */
/* Port instructions. Without the port in the partition's IoPorts they are general protection
 * faults. */
#ifndef DEVICES_PORTS_H
#define DEVICES_PORTS_H

#include <prtos.h>

static __inline__ prtos_u8_t port_in(prtos_u16_t port)
{
    prtos_u8_t value;

    __asm__ __volatile__("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static __inline__ void port_out(prtos_u16_t port, prtos_u8_t value)
{
    __asm__ __volatile__("outb %0, %1" : : "a"(value), "Nd"(port));
}

#endif
