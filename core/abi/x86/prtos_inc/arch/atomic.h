/* SPDX-License-Identifier: Apache-2.0 */
/* Counters and words shared between vCPUs, and with the hypervisor, on 32-bit x86. */
#ifndef PRTOS_INC_ARCH_ATOMIC_H
#define PRTOS_INC_ARCH_ATOMIC_H

#include <prtos_inc/arch/arch_types.h>

#ifndef __ASSEMBLER__

typedef struct {
    volatile prtos_u32_t val;
} prtos_atomic_t;

#define prtos_atomic_set(v, i) ((v)->val = (i))
#define prtos_atomic_get(v) ((v)->val)

static __inline__ void prtos_atomic_add(prtos_u32_t i, prtos_atomic_t *v)
{
    __asm__ __volatile__("lock; addl %1, %0" : "+m"(v->val) : "ir"(i) : "memory");
}

static __inline__ void prtos_atomic_sub(prtos_u32_t i, prtos_atomic_t *v)
{
    __asm__ __volatile__("lock; subl %1, %0" : "+m"(v->val) : "ir"(i) : "memory");
}

#define prtos_atomic_inc(v) prtos_atomic_add(1, v)
#define prtos_atomic_dec(v) prtos_atomic_sub(1, v)

static __inline__ void prtos_atomic_or_word(prtos_word_t *word, prtos_word_t bits)
{
    __asm__ __volatile__("lock; orl %1, %0" : "+m"(*word) : "ir"(bits) : "memory");
}

static __inline__ void prtos_atomic_and_word(prtos_word_t *word, prtos_word_t bits)
{
    __asm__ __volatile__("lock; andl %1, %0" : "+m"(*word) : "ir"(bits) : "memory");
}

#endif

#endif
