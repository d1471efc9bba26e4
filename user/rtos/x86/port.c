/* SPDX-License-Identifier: Apache-2.0 */
/* The port to 32-bit x86: interrupts of the kernel, stacks, idling. Interrupts arrive by BAIL's
 * table of handlers, on the stack of the running thread. */
#include "kernel.h"
#include "x86.h"

#define EXT(n) (1u << (n))

void *x86_kernel_stack;

void port_deliver(void)
{
    if (port_irq_waits())
        prtos_arch_deliver();
}

#ifdef RTOS_SMALL
void port_unlock(prtos_u32_t key)
{
    port_unlock_here(key);
}
#endif

static void handlers_end(void)
{
    rtos_kernel.nesting -= NESTING_IRQ;
}

/* On the kernel's stack. A thread that was stopped meanwhile is not gone back to. */
static void run_apart(trap_ctxt_t *frame)
{
    void (*work)(trap_ctxt_t *) = (void (*)(trap_ctxt_t *))frame->err_code;

    work(frame);
    if (HAS(rtos_fault_stack) && unlikely(!rtos_kernel.current)) {
        handlers_end();
        rtos_resume();
    }
}

void x86_interrupt(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt))
{
    prtos_u32_t before = rtos_kernel.nesting;

    PORT_METER_OFF(PORT_KEY_ON);
    rtos_kernel.nesting = before + NESTING_IRQ;
    if (rtos_kernel.current && !(before & NESTING_IRQS)) {
        /* Interrupts have no error code: its place takes the function along. */
        ctxt->err_code = (prtos_u32_t)work;
        x86_on_kernel_stack(run_apart, ctxt);
    } else {
        work(ctxt);
    }
    handlers_end();
    if (likely(rtos_kernel.nesting == NESTING_NONE))
        rtos_switch();
    PORT_METER_ON();
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
    x86_interrupt(ctxt, timer_work);
}

static void on_slice(trap_ctxt_t *ctxt)
{
    x86_interrupt(ctxt, slice_work);
}

static void on_slot(trap_ctxt_t *ctxt)
{
    x86_interrupt(ctxt, slot_work);
}

void port_start(void)
{
    prtos_u32_t open = EXT(PRTOS_VT_EXT_HW_TIMER) | EXT(PRTOS_VT_EXT_CYCLIC_SLOT_START);

    x86_kernel_stack = __builtin_frame_address(0);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_CYCLIC_SLOT_START), on_slot);
    if (HAS(rtos_slice_over)) {
        install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_slice);
        open |= EXT(PRTOS_VT_EXT_EXEC_TIMER);
    }
    prtos_clear_irqmask(0, open);
    rtos_resume();
}

void x86_idle(void)
{
    rtos_idle();
}

/* The first way leaves no window: with interrupts off nothing can become due behind the look. */
void port_sleep(int nothing_due)
{
    int alone = !&x86_attached || !x86_attached;

    if (!IS_SMALL && nothing_due && alone && !port_irq_waits()) {
        PORT_METER_ON();
        prtos_idle_self();
        port_unlock(PORT_KEY_ON);
        return;
    }
    port_unlock(PORT_KEY_ON);
    prtos_wait_irq();
}

/* As port_switch() leaves one: four registers, then where it goes on. */
void *port_stack_init(void *stack, rtos_size_t size)
{
    prtos_u32_t *sp = (prtos_u32_t *)(void *)((char *)stack + size);

    *--sp = 0; /* where rtos_thread_main() would return */
    *--sp = (prtos_u32_t)rtos_thread_main;
    sp -= 4;
    sp[0] = sp[1] = sp[2] = sp[3] = 0;
    return sp;
}
