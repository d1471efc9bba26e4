/* SPDX-License-Identifier: Apache-2.0 */
/* Handlers and masks of the program's interrupts, and the interrupt lock. */
#include <rtos/irq.h>

#include "kernel.h"

static struct {
    rtos_irq_handler handler;
    void *arg;
} handlers_of[RTOS_INSTANCES][RTOS_IRQS];

#define handlers handlers_of[INSTANCE]

enum rtos_status rtos_irq_attach(prtos_u32_t irq, rtos_irq_handler handler, void *arg)
{
    prtos_u32_t key;

    CHECK(irq < RTOS_IRQS && handler && !port_irq_is_kernels(irq), RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    key = port_lock();
    handlers[irq].handler = handler;
    handlers[irq].arg = arg;
    port_irq_open(irq);
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_irq_detach(prtos_u32_t irq)
{
    enum rtos_status status = RTOS_NO_ACTION;
    prtos_u32_t key;

    CHECK(irq < RTOS_IRQS, RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    key = port_lock();
    if (handlers[irq].handler) {
        port_irq_close(irq);
        handlers[irq].handler = (rtos_irq_handler)0;
        status = RTOS_OK;
    }
    return port_unlock_with(key, status);
}

static enum rtos_status set_mask(prtos_u32_t irq, int masked)
{
    CHECK(irq < RTOS_IRQS && !port_irq_is_kernels(irq), RTOS_INVALID_PARAM);
    port_irq_mask(irq, masked);
    return RTOS_OK;
}

enum rtos_status rtos_irq_mask(prtos_u32_t irq)
{
    return set_mask(irq, 1);
}

enum rtos_status rtos_irq_unmask(prtos_u32_t irq)
{
    return set_mask(irq, 0);
}

/* From the port, within an interrupt. */
void rtos_irq_run(prtos_u32_t irq)
{
    if (handlers[irq].handler)
        handlers[irq].handler(irq, handlers[irq].arg);
}

prtos_u32_t rtos_irq_lock(void)
{
    return port_lock();
}

/* What became ready meanwhile runs now. */
void rtos_irq_unlock(prtos_u32_t key)
{
    kernel_leave(key);
}

int rtos_irq_running(void)
{
    return kernel_in_irq();
}
