/* SPDX-License-Identifier: Apache-2.0 */
/* Stacks of threads and of interrupts on 32-bit x86. */
#include "kernel.h"
#include "x86.h"

static void handlers_end(void)
{
    rtos_kernel.nesting -= NESTING_IRQ;
}

/* On the kernel's stack. A thread that was stopped meanwhile is not gone back to. */
static void run_apart(trap_ctxt_t *frame)
{
    void (*work)(trap_ctxt_t *) = (void (*)(trap_ctxt_t *))frame->err_code;

    work(frame);
    if ((HAS(rtos_fault_stack) || RTOS_INSTANCES > 1) && unlikely(!rtos_kernel.current)) {
        handlers_end();
        rtos_resume();
    }
}

void port_interrupt(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt))
{
    prtos_u32_t before = rtos_kernel.nesting;

    PORT_METER_OFF(PORT_KEY_ON);
    rtos_kernel.nesting = before + NESTING_IRQ;
    if (rtos_kernel.current && !(before & NESTING_IRQS)) {
        /* Interrupts have no error code: its place takes the function along. */
        ctxt->err_code = (prtos_u32_t)work;
        x86_on_stack(run_apart, ctxt, rtos_kernel.stack);
    } else {
        work(ctxt);
    }
    handlers_end();
    if (likely(rtos_kernel.nesting == NESTING_NONE))
        rtos_switch();
    PORT_METER_ON();
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
