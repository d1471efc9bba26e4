/* SPDX-License-Identifier: Apache-2.0 */
/* How 32-bit x86 enters the hypervisor: number in eax, arguments in ebx, ecx, edx, esi, edi, result
 * in eax; a 64-bit argument takes two registers, low first; everything else is preserved. */
#ifndef PRTOS_INC_ARCH_HYPERCALLS_H
#define PRTOS_INC_ARCH_HYPERCALLS_H

#define PRTOS_HYPERCALL_VECTOR 0x82
#define PRTOS_IRET_VECTOR 0x83

/* The trap instructions; C makes strings of them with TO_STR(). */
#define __PRTOS_HC int $0x82
#define __PRTOS_IRET int $0x83

#endif
