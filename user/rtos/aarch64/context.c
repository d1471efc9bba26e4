/* SPDX-License-Identifier: Apache-2.0 */
/* Stacks of threads and of interrupts on AArch64. While an interrupt is handled the hypervisor
 * delivers no other one: a handler that does not go back to what it interrupted ends the interrupt
 * first. What was interrupted is later gone back to by an exception return, without the
 * hypervisor (BAIL's traps.S). */
#include "kernel.h"
#include "aarch64.h"

struct aarch64_put_off aarch64_put_off[RTOS_INSTANCES];

/* EL1h and the machine's own interrupts off, as at the start, but for FIQ, which no partition has:
 * where it is off is an exception's entry or exit, and ELR_EL1 may be needed yet. */
#define PSTATE_HERE 0x385
#define PSTATE_F 0x40

void aarch64_irq_end(void)
{
    partition_control_table_t *pct = PORT_PCT;
    prtos_u64_t place;

    pct->arch.irq_saved_spsr = PSTATE_HERE;
    __asm__ __volatile__("adr %0, 1f\n\tstr %0, %1\n\tmov x0, %2\n\t" TO_STR(__PRTOS_HC) "\n1:"
                         : "=&r"(place), "=m"(pct->arch.irq_saved_pc)
                         : "i"(iret_nr)
                         : "x0", "memory");
}

static int is_within(prtos_u64_t pc, const char *start, const char *end)
{
    return pc - PTR2ADDR(start) < (prtos_u64_t)(end - start);
}

/* Of what was interrupted ELR_EL1 is needed yet, and could not be given back: it then goes to
 * aarch64_again, and the switch is put off until it is there. */
static int put_off(trap_ctxt_t *ctxt)
{
    struct trap_frame *frame = (struct trap_frame *)ctxt;

    if (likely(!(ctxt->flags & PSTATE_F)))
        return 0;
    if (is_within(ctxt->ip, aarch64_again, aarch64_again_held))
        return 1;
    if (!is_within(ctxt->ip, part_elr_live, part_elr_dead) &&
        !is_within(ctxt->ip, aarch64_again_live, aarch64_again_end))
        return 0;
    if (frame->elr != PTR2ADDR(aarch64_again)) {
        aarch64_put_off[INSTANCE].pc = frame->elr;
        aarch64_put_off[INSTANCE].psr = frame->spsr;
        frame->elr = PTR2ADDR(aarch64_again);
        frame->spsr |= PSTATE_F;
    }
    return 1;
}

/* On the kernel's stack. Whether another thread than `was` is to run; one that was stopped
 * meanwhile, or idling, is not gone back to. */
static int handle(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was)
{
    struct rtos_kernel_state *kernel = &rtos_kernel;

    work(ctxt);
    if (kernel->nesting != NESTING_NONE + NESTING_IRQ ||
        (kernel->current == was && (ready_first() == was || (was && put_off(ctxt))))) {
        kernel->nesting -= NESTING_IRQ;
        return 0;
    }
    PORT_METER_ON();
    aarch64_irq_end();
    port_lock();
    kernel->nesting -= NESTING_IRQ;
    if (!kernel->current)
        rtos_resume();
    return 1;
}

void port_interrupt(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt))
{
    prtos_u32_t before = rtos_kernel.nesting;
    struct rtos_thread *was = rtos_kernel.current;

    PORT_METER_OFF(PORT_KEY_ON);
    rtos_kernel.nesting = before + NESTING_IRQ;
    if (unlikely(before & NESTING_IRQS)) {
        work(ctxt);
        rtos_kernel.nesting -= NESTING_IRQ;
    } else if (!was) {
        handle(ctxt, work, was);
    } else if (aarch64_on_stack(ctxt, work, was, rtos_kernel.stack, handle)) {
        rtos_switch();
    }
    PORT_METER_ON();
}

/* As port_switch() leaves one: fp and lr, then ten registers. */
void *port_stack_init(void *stack, rtos_size_t size)
{
    prtos_u64_t *sp = (prtos_u64_t *)(((__UINTPTR_TYPE__)stack + size) & ~(__UINTPTR_TYPE__)15);

    sp -= 12;
    __builtin_memset(sp, 0, 12 * sizeof(*sp));
    sp[1] = (prtos_u64_t)rtos_thread_main;
    return sp;
}
