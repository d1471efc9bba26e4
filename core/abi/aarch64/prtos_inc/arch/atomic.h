/* SPDX-License-Identifier: Apache-2.0 */
/* Counters and words shared between vCPUs, and with the hypervisor, on AArch64. Armv8.0: by
 * exclusive accesses, which an interrupt in between makes start again. */
#ifndef PRTOS_INC_ARCH_ATOMIC_H
#define PRTOS_INC_ARCH_ATOMIC_H

#include <prtos_inc/arch/arch_types.h>

#ifndef __ASSEMBLER__

typedef struct {
    volatile prtos_u32_t val;
} prtos_atomic_t;

#define prtos_atomic_set(v, i) ((v)->val = (i))
#define prtos_atomic_get(v) ((v)->val)

/* word = word <op> bits. */
#define PRTOS_ATOMIC_(op, w, word, bits)                                                           \
    do {                                                                                           \
        prtos_u64_t value_;                                                                        \
        prtos_u32_t failed_;                                                                       \
        __asm__ __volatile__("1: ldaxr %" w "0, %2\n\t" op " %" w "0, %" w "0, %" w "3\n\t"        \
                             "stlxr %w1, %" w "0, %2\n\tcbnz %w1, 1b"                              \
                             : "=&r"(value_), "=&r"(failed_), "+Q"(word)                           \
                             : "r"((prtos_u64_t)(bits))                                            \
                             : "memory");                                                          \
    } while (0)

static __inline__ void prtos_atomic_add(prtos_u32_t i, prtos_atomic_t *v)
{
    PRTOS_ATOMIC_("add", "w", v->val, i);
}

static __inline__ void prtos_atomic_sub(prtos_u32_t i, prtos_atomic_t *v)
{
    PRTOS_ATOMIC_("sub", "w", v->val, i);
}

#define prtos_atomic_inc(v) prtos_atomic_add(1, v)
#define prtos_atomic_dec(v) prtos_atomic_sub(1, v)

static __inline__ void prtos_atomic_or_word(prtos_word_t *word, prtos_word_t bits)
{
    PRTOS_ATOMIC_("orr", "x", *word, bits);
}

static __inline__ void prtos_atomic_and_word(prtos_word_t *word, prtos_word_t bits)
{
    PRTOS_ATOMIC_("and", "x", *word, bits);
}

#endif

#endif
