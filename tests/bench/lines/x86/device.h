/* SPDX-License-Identifier: Apache-2.0 */
/* Counter 0 of the timer chip (8254): one edge after a count, in mode 0. */
#ifndef BENCH_DEVICE_H
#define BENCH_DEVICE_H

#include <prtos.h>

#define DEVICE_LINE 0
#define DEVICE_COUNT 24u /* of 1193182 in a second */

static __inline__ void port_write(prtos_u16_t port, prtos_u32_t value)
{
    __asm__ __volatile__("outb %b0, %w1" ::"a"(value), "d"(port));
}

static __inline__ void device_start(void)
{
    port_write(0x43, 0x30);
    port_write(0x40, DEVICE_COUNT);
    port_write(0x40, 0);
}

static __inline__ void device_stop(void)
{
}

#endif
