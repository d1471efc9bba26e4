/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the interrupt controller and the timer, by the numbers that every assembler
 * knows. */
#ifndef VGIC_GUEST_H
#define VGIC_GUEST_H

#include <prtos.h>

#define READ(name)                                                                                 \
    ({                                                                                             \
        prtos_u64_t value_;                                                                        \
        __asm__ __volatile__("mrs %0, " name : "=r"(value_) : : "memory");                         \
        value_;                                                                                    \
    })
#define WRITE(name, value)                                                                         \
    __asm__ __volatile__("msr " name ", %0\n\tisb" : : "r"((prtos_u64_t)(value)) : "memory")

#define ICC_PMR "s3_0_c4_c6_0"
#define ICC_IAR1 "s3_0_c12_c12_0"
#define ICC_EOIR1 "s3_0_c12_c12_1"
#define ICC_BPR1 "s3_0_c12_c12_3"
#define ICC_SRE "s3_0_c12_c12_5"
#define ICC_IGRPEN1 "s3_0_c12_c12_7"
#define ICC_SGI1R "s3_0_c12_c11_5"

#define VTIMER 27

#endif
