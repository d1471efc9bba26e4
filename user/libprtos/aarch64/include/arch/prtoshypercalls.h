/* SPDX-License-Identifier: Apache-2.0 */
/* The trap of AArch64 for C: _PRTOS_HCALLn(arguments.., number, result). */
#ifndef LIBPRTOS_ARCH_PRTOSHYPERCALLS_H
#define LIBPRTOS_ARCH_PRTOSHYPERCALLS_H

#include <prtos_inc/arch/hypercalls.h>

#ifndef __ASSEMBLER__

#include <prtos_inc/linkage.h>
#include <prtos_inc/arch/arch_types.h>

/* Arguments are worked out before the first register is set: they may hold calls. */
#define PRTOS_HC_BEGIN_(nr) register prtos_u64_t x0_ __asm__("x0") = (prtos_u64_t)(nr)
#define PRTOS_HC_ARG_(n, value) register prtos_u64_t x##n##_ __asm__("x" #n) = (value)
#define PRTOS_HC_END_(result, ...)                                                                 \
    __asm__ __volatile__(TO_STR(__PRTOS_HC) : "+r"(x0_) : __VA_ARGS__ : "memory");                 \
    (result) = (__typeof__(result))(prtos_s64_t)x0_

#define _PRTOS_HCALL0(nr, result)                                                                  \
    do {                                                                                           \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_END_(result, );                                                                   \
    } while (0)
#define _PRTOS_HCALL1(a0, nr, result)                                                              \
    do {                                                                                           \
        prtos_u64_t a0_ = (prtos_u64_t)(a0);                                                       \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_ARG_(1, a0_);                                                                     \
        PRTOS_HC_END_(result, "r"(x1_));                                                           \
    } while (0)
#define _PRTOS_HCALL2(a0, a1, nr, result)                                                          \
    do {                                                                                           \
        prtos_u64_t a0_ = (prtos_u64_t)(a0), a1_ = (prtos_u64_t)(a1);                              \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_ARG_(1, a0_);                                                                     \
        PRTOS_HC_ARG_(2, a1_);                                                                     \
        PRTOS_HC_END_(result, "r"(x1_), "r"(x2_));                                                 \
    } while (0)
#define _PRTOS_HCALL3(a0, a1, a2, nr, result)                                                      \
    do {                                                                                           \
        prtos_u64_t a0_ = (prtos_u64_t)(a0), a1_ = (prtos_u64_t)(a1), a2_ = (prtos_u64_t)(a2);     \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_ARG_(1, a0_);                                                                     \
        PRTOS_HC_ARG_(2, a1_);                                                                     \
        PRTOS_HC_ARG_(3, a2_);                                                                     \
        PRTOS_HC_END_(result, "r"(x1_), "r"(x2_), "r"(x3_));                                       \
    } while (0)
#define _PRTOS_HCALL4(a0, a1, a2, a3, nr, result)                                                  \
    do {                                                                                           \
        prtos_u64_t a0_ = (prtos_u64_t)(a0), a1_ = (prtos_u64_t)(a1), a2_ = (prtos_u64_t)(a2);     \
        prtos_u64_t a3_ = (prtos_u64_t)(a3);                                                       \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_ARG_(1, a0_);                                                                     \
        PRTOS_HC_ARG_(2, a1_);                                                                     \
        PRTOS_HC_ARG_(3, a2_);                                                                     \
        PRTOS_HC_ARG_(4, a3_);                                                                     \
        PRTOS_HC_END_(result, "r"(x1_), "r"(x2_), "r"(x3_), "r"(x4_));                             \
    } while (0)
#define _PRTOS_HCALL5(a0, a1, a2, a3, a4, nr, result)                                              \
    do {                                                                                           \
        prtos_u64_t a0_ = (prtos_u64_t)(a0), a1_ = (prtos_u64_t)(a1), a2_ = (prtos_u64_t)(a2);     \
        prtos_u64_t a3_ = (prtos_u64_t)(a3), a4_ = (prtos_u64_t)(a4);                              \
        PRTOS_HC_BEGIN_(nr);                                                                       \
        PRTOS_HC_ARG_(1, a0_);                                                                     \
        PRTOS_HC_ARG_(2, a1_);                                                                     \
        PRTOS_HC_ARG_(3, a2_);                                                                     \
        PRTOS_HC_ARG_(4, a3_);                                                                     \
        PRTOS_HC_ARG_(5, a4_);                                                                     \
        PRTOS_HC_END_(result, "r"(x1_), "r"(x2_), "r"(x3_), "r"(x4_), "r"(x5_));                   \
    } while (0)

/* Returns from a virtual interrupt to what irq_saved_* of the control table say: jump here. The
 * name is the one that every architecture has. */
void prtos_x86_iret(void);

#endif

#endif
