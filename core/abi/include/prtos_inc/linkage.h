/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes and assembly helpers that declarations of the interface use. */
#ifndef PRTOS_INC_LINKAGE_H
#define PRTOS_INC_LINKAGE_H

#include <prtos_inc/arch/linkage.h>

#define __STR(x) #x
#define TO_STR(x) __STR(x)

#ifdef __ASSEMBLER__

#define ENTRY(name)                                                                                \
    .globl name;                                                                                   \
    ASM_ALIGN;                                                                                     \
    name:

#else

#define __PACKED __attribute__((__packed__))
#define __NOINLINE __attribute__((__noinline__))
#define __WARN_UNUSED_RESULT __attribute__((__warn_unused_result__))
#define __hypercall

#endif

#endif
