/* SPDX-License-Identifier: Apache-2.0 */
/* Port instructions and the like, for drivers of the PC's devices. */
#ifndef HV_IO_H
#define HV_IO_H

#include "hv/base.h"

static inline void io_out8(u16 port, u8 value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

/* Several bytes to one port. */
static inline void io_out_bytes(u16 port, const char *bytes, u32 size)
{
    __asm__ volatile("rep outsb" : "+S"(bytes), "+c"(size) : "d"(port) : "memory");
}

/* Words of a device's memory, all the same. */
static inline void io_fill32(volatile void *place, u32 value, u32 count)
{
    __asm__ volatile("rep stosl" : "+D"(place), "+c"(count) : "a"(value) : "memory");
}

static inline u8 io_in8(u16 port)
{
    u8 value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

#endif
