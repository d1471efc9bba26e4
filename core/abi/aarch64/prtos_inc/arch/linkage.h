/* SPDX-License-Identifier: Apache-2.0 */
/* Calling convention and alignment of AArch64. */
#ifndef PRTOS_INC_ARCH_LINKAGE_H
#define PRTOS_INC_ARCH_LINKAGE_H

#define ASM_ALIGN .balign 16

#ifndef __ASSEMBLER__

#ifndef __stdcall
#define __stdcall
#endif
#define ALIGNED_C __attribute__((__aligned__(16)))

#endif

#endif
