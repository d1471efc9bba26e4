/* SPDX-License-Identifier: Apache-2.0 */
/* The port for tests of the kernel's logic on the host: no context is ever switched. A test
 * drives the threads: a call that would switch returns at once, the kernel says who runs, and
 * the test makes the next call in that one's name. Interrupts, clocks and slots are variables of
 * the test. */
#ifndef RTOS_PORT_H
#define RTOS_PORT_H

#include <rtos/types.h>

#define PORT_KEY_ON 1u
#define PORT_METER_ON() ((void)0)

struct host_port {
    prtos_u32_t interrupts_on;
    rtos_time_t now, executed;
    rtos_time_t armed, slice_armed; /* 0: not */
    rtos_time_t slot_began, slot_length, slot_next;
    prtos_u32_t slot_index;
    prtos_u32_t n_switches, n_errors, n_arms;
    prtos_u64_t fpu; /* stands for the floating point registers */
    prtos_u32_t fpu_absent;
    prtos_u32_t open_lo, open_hi, masked_lo, masked_hi;
    void (*breathe)(void); /* what comes in between two expiries */
};

extern struct host_port host_port;

static inline prtos_u32_t port_lock(void)
{
    prtos_u32_t key = host_port.interrupts_on;

    host_port.interrupts_on = 0;
    return key;
}

static inline void port_unlock(prtos_u32_t key)
{
    host_port.interrupts_on = key;
}

static inline enum rtos_status port_unlock_with(prtos_u32_t key, enum rtos_status status)
{
    port_unlock(key);
    return status;
}

static inline int port_key_on(prtos_u32_t key)
{
    return key == PORT_KEY_ON;
}

static inline void port_breathe(void)
{
    if (host_port.breathe)
        host_port.breathe();
}

static inline prtos_u64_t port_stamp(void)
{
    return (prtos_u64_t)host_port.now;
}

static inline int port_may_start(void)
{
    return 1;
}

#endif
