/* SPDX-License-Identifier: Apache-2.0 */
/* A pin (PL061) with nothing on it is low, and interrupts for as long as it is asked to. */
#ifndef BENCH_DEVICE_H
#define BENCH_DEVICE_H

#include <prtos.h>

#define DEVICE_LINE 7
#define PINS(offset) (*(volatile prtos_u32_t *)(0x9030400 + (offset)))
#define PINS_LEVEL 4
#define PINS_ENABLE 16
#define PIN 1u

static __inline__ void device_start(void)
{
    PINS(PINS_LEVEL) = PIN;
    PINS(PINS_ENABLE) = PIN;
}

static __inline__ void device_stop(void)
{
    PINS(PINS_ENABLE) = 0;
}

#endif
