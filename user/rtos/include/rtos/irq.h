/* SPDX-License-Identifier: Apache-2.0 */
/* The partition's interrupts: handlers, masks, the interrupt lock, and how long it was held. */
#ifndef RTOS_IRQ_H
#define RTOS_IRQ_H

#include <rtos/types.h>

/* 0 to 31: hardware lines. RTOS_IRQ_EXT(0 to 31): the hypervisor's interrupts PRTOS_VT_EXT_*. The
 * kernel has those of the two timers and of the slot's start for itself. */
#define RTOS_IRQ_EXT(n) (32u + (n))
#define RTOS_IRQS 64

typedef void (*rtos_irq_handler)(prtos_u32_t irq, void *arg);

/* Handlers run on the kernel's stack with interrupts off. Unmasks it. From threads and before
 * rtos_start(). RTOS_INVALID_PARAM: number, or one of the kernel's; null. */
enum rtos_status rtos_irq_attach(prtos_u32_t irq, rtos_irq_handler handler, void *arg);

/* Masks it and forgets the handler. RTOS_NO_ACTION: there is none. */
enum rtos_status rtos_irq_detach(prtos_u32_t irq);

/* From anywhere. A line that stays active (level) is to be unmasked by its handler when the device
 * is quiet again. */
enum rtos_status rtos_irq_mask(prtos_u32_t irq);
enum rtos_status rtos_irq_unmask(prtos_u32_t irq);

/* Turns interrupts off; the answer goes to rtos_irq_unlock(). Nests. While they are off no call
 * waits, and no other thread runs before they are on again. From anywhere. */
prtos_u32_t rtos_irq_lock(void);
void rtos_irq_unlock(prtos_u32_t key);

/* Whether the caller is an interrupt handler. */
int rtos_irq_running(void);

/* The longest time for which interrupts were off, in ns on the execution clock, and where they were
 * turned off; only in librtos-meter.a, whose own part (some 50 instructions) is in it. */
rtos_time_t rtos_irq_max_off(void **where);

#endif
