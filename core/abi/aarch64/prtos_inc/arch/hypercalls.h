/* SPDX-License-Identifier: Apache-2.0 */
/* How AArch64 enters the hypervisor: number in x0, arguments in x1 to x5, result in x0 (32 bits,
 * sign-extended); a 64-bit argument takes one register; everything else is preserved. */
#ifndef PRTOS_INC_ARCH_HYPERCALLS_H
#define PRTOS_INC_ARCH_HYPERCALLS_H

/* The trap instruction; C makes a string of it with TO_STR(). The return from a virtual interrupt
 * is the same with x0 = iret_nr. */
#define __PRTOS_HC hvc #0

#endif
