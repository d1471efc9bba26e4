/* SPDX-License-Identifier: Apache-2.0 */
/* Stacks of threads and of interrupts on AArch64. While an interrupt is handled the hypervisor
 * delivers no other one: a handler that does not go back to what it interrupted ends the interrupt
 * first. What was interrupted is later gone back to by an exception return, without the
 * hypervisor (BAIL's traps.S). */
#include "kernel.h"
#include "bail_port.h"

/* switch.S */
int aarch64_on_stack(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was,
                     void *stack,
                     int (*function)(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt),
                                     struct rtos_thread *was));
extern char aarch64_again[], aarch64_again_held[], aarch64_again_live[], aarch64_again_end[];

/* Where aarch64_again goes on, and with which PSTATE. */
struct {
    prtos_u64_t pc, psr;
} aarch64_put_off;

#define PSTATE_HERE 0x3c5 /* EL1h, the machine's own interrupts off, as at the start */

static void handlers_end(void)
{
    rtos_kernel.nesting -= NESTING_IRQ;
}

/* The hypervisor takes the interrupt as done; others may come. */
static void irq_end(void)
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

    if (is_within(ctxt->ip, aarch64_again, aarch64_again_held))
        return 1;
    if (likely(!is_within(ctxt->ip, part_elr_live, part_elr_dead)) &&
        !is_within(ctxt->ip, aarch64_again_live, aarch64_again_end))
        return 0;
    if (frame->elr != PTR2ADDR(aarch64_again)) {
        aarch64_put_off.pc = frame->elr;
        aarch64_put_off.psr = frame->spsr;
        frame->elr = PTR2ADDR(aarch64_again);
    }
    return 1;
}

/* On the kernel's stack. Whether another thread than `was` is to run; one that was stopped
 * meanwhile, or idling, is not gone back to. */
static int handle(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was)
{
    work(ctxt);
    if (rtos_kernel.nesting != NESTING_NONE + NESTING_IRQ ||
        (ready_first() == was && rtos_kernel.current == was) ||
        (rtos_kernel.current && put_off(ctxt))) {
        handlers_end();
        return 0;
    }
    PORT_METER_ON();
    irq_end();
    port_lock();
    handlers_end();
    if (!rtos_kernel.current)
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
        handlers_end();
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

#ifndef RTOS_SMALL
static int judge(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was)
{
    prtos_u64_t pc = ctxt->ip == PTR2ADDR(aarch64_again) ? aarch64_put_off.pc : ctxt->ip;

    (void)work;
    if (was) {
        /* Another trap may follow, in the handler of faults. */
        rtos_kernel.nesting += NESTING_IRQ;
        irq_end();
        port_lock();
        handlers_end();
    }
    port_trap_judge((prtos_u32_t)ctxt->irq_nr, pc);
    return 0;
}

void port_trap(trap_ctxt_t *ctxt)
{
    struct rtos_thread *was = kernel_in_irq() ? (struct rtos_thread *)0 : rtos_kernel.current;

    port_lock();
    if (was)
        aarch64_on_stack(ctxt, 0, was, rtos_kernel.stack, judge);
    else
        judge(ctxt, 0, was);
}

/* Those that an instruction of a partition can cause. */
#define TRAPS                                                                                      \
    (1u << AARCH64_UNDEFINED_INSTR | 1u << AARCH64_SVC_TRAP | 1u << AARCH64_PREFETCH_ABORT |       \
     1u << AARCH64_DATA_ABORT | 1u << AARCH64_INSTR_PAGE_FAULT | 1u << AARCH64_LOAD_PAGE_FAULT)

int port_trap_is_ours(prtos_u32_t trap)
{
    return TRAPS >> trap & 1;
}
#endif
