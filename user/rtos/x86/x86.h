/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the x86 port share. */
#ifndef RTOS_X86_H
#define RTOS_X86_H

#include <irqs.h>
#include <rtos/types.h>

/* Top of the stack on which handlers run and the vCPU idles. */
extern void *x86_kernel_stack;

/* How many interrupts the program has attached; absent if it attaches none. */
extern __attribute__((weak)) prtos_u32_t x86_attached;

#define X86_US 1000

/* Time by the clock page, from the base at that place in it. */
rtos_time_t x86_clock_read(prtos_u32_t base);
/* A handler's frame around `work`: on the kernel's stack, and at the end the most urgent thread. */
void x86_interrupt(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt));

void x86_on_kernel_stack(void (*function)(trap_ctxt_t *ctxt), trap_ctxt_t *ctxt);
void x86_idle(void) __attribute__((noreturn));

#endif
