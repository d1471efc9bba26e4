/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of two devices of QEMU's `virt`, where the system file maps them. */
#ifndef DEVICES_REGISTERS_H
#define DEVICES_REGISTERS_H

#include <prtos.h>

#define REGISTER(address) ((volatile prtos_u32_t *)(address))

/* Real-time clock (PL031). */
#define CLOCK_DATA REGISTER(0x9010000) /* seconds since 1970 */
#define CLOCK_MATCH REGISTER(0x9010004)
#define CLOCK_MASK REGISTER(0x9010010)
#define CLOCK_CLEAR REGISTER(0x901001c)

/* Pins (PL061). */
#define PINS_DIRECTION REGISTER(0x9030400)
#define PINS_LEVEL REGISTER(0x9030404)
#define PINS_HIGH REGISTER(0x903040c)
#define PINS_ENABLE REGISTER(0x9030410)

#endif
