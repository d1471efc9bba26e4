/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the conformance program share. All run in one thread of priority 5, the
 * judge. */
#ifndef CONFORM_H
#define CONFORM_H

#include <rtos.h>
#include "../../system/guest/check.h"

#define JUDGE 5
#define STACK (512 * sizeof(void *))

/* Numbers as messages and arguments. */
#define AS_POINTER(number) ((void *)(prtos_address_t)(number))
#define NUMBER_OF(pointer) ((prtos_u32_t)PTR2ADDR(pointer))

struct worker {
    struct rtos_thread thread;
    char stack[STACK] __attribute__((aligned(8)));
};

extern struct worker workers[8];

/* Makes and starts worker i. */
void work(unsigned i, void (*entry)(void *arg), void *arg, unsigned priority);

/* Until worker i has ended. */
void wait_for(unsigned i);

/* Some us into a slot that has just begun. */
rtos_time_t in_fresh_slot(void);

/* Raises an interrupt of the program's own, at once. */
#define IRQ PRTOS_VT_EXT_IPVI0
static __inline__ void raise_irq(void)
{
    prtos_set_irqpend(0, 1u << IRQ);
}

void check_soak(void);
void check_time(void);
void check_faults(void);
void check_fpu(void);

#endif
