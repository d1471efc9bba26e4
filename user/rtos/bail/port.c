/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts of the kernel, and idling. Interrupts arrive by BAIL's table of handlers, on the stack
 * of the running thread. */
#include "kernel.h"
#include "bail_port.h"

#define EXT(n) (1u << (n))
#define RTOS_VCPU_IPVI PRTOS_VT_EXT_IPVI7

enum rtos_status port_deliver(enum rtos_status status)
{
    if (port_key_on(PORT_PCT->iflags) && port_irq_waits())
        prtos_arch_deliver();
    return status;
}

#ifndef RTOS_SMALL
enum rtos_status port_unlock_with(prtos_u32_t key, enum rtos_status status)
{
    return port_unlock_with_here(key, status);
}
#endif

void port_unlock(prtos_u32_t key)
{
    port_unlock_here(key);
}

static void timer_work(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    rtos_timer_rang();
}

static void slice_work(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    rtos_slice_over();
}

static void slot_work(trap_ctxt_t *ctxt)
{
    (void)ctxt;
#ifdef RTOS_SMALL
    rtos_time_check();
#else
    rtos_slot_began();
#endif
}

static void on_timer(trap_ctxt_t *ctxt)
{
    port_interrupt(ctxt, timer_work);
}

static void on_slice(trap_ctxt_t *ctxt)
{
    port_interrupt(ctxt, slice_work);
}

static void on_slot(trap_ctxt_t *ctxt)
{
    port_interrupt(ctxt, slot_work);
}

#ifdef RTOS_VCPUS
static void mail_work(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    rtos_mail_came();
}

static void on_mail(trap_ctxt_t *ctxt)
{
    port_interrupt(ctxt, mail_work);
}

void port_vcpus_tell(void)
{
    prtos_raise_ipvi(RTOS_VCPU_IPVI);
}
#endif

void port_start(void)
{
    prtos_u32_t open = EXT(PRTOS_VT_EXT_HW_TIMER) | EXT(PRTOS_VT_EXT_CYCLIC_SLOT_START);

    rtos_kernel.stack = __builtin_frame_address(0);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_CYCLIC_SLOT_START), on_slot);
    if (HAS(rtos_slice_over)) {
        install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_slice);
        open |= EXT(PRTOS_VT_EXT_EXEC_TIMER);
    }
#ifdef RTOS_VCPUS
    install_trap_handler(BAIL_PRTOSEXT_TRAP(RTOS_VCPU_IPVI), on_mail);
    open |= EXT(RTOS_VCPU_IPVI);
#endif
    prtos_clear_irqmask(0, open);
    PORT_BEGIN();
    rtos_resume();
}

void port_idle(void)
{
    rtos_idle();
}

/* The first way leaves no window: with interrupts off nothing can become due behind the look. */
void port_sleep(int nothing_due)
{
    int alone = RTOS_INSTANCES == 1 && (!&port_attached || !port_attached);

    if (!IS_SMALL && nothing_due && alone && !port_irq_waits()) {
        PORT_METER_ON();
        prtos_idle_self();
        port_unlock(PORT_KEY_ON);
        return;
    }
    port_unlock(PORT_KEY_ON);
    prtos_wait_irq();
}
