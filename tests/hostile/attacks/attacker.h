/* SPDX-License-Identifier: Apache-2.0 */
/* An attempt is a function; what it returns is its result, if anything lets it return. */
#ifndef TESTS_ATTACKER_H
#define TESTS_ATTACKER_H

#include <irqs.h>
#include "attacks.h"

#define ATTACK(id, ends) prtos_u32_t attack_##id(void);
ATTACK_LIST
#undef ATTACK

#define LINE 27u                       /* the external interrupt that is raised */
#define VECTOR BAIL_PRTOSEXT_TRAP(27u) /* where it arrives */

#define FRAMES 3u /* that a flood lasts */

#include "own.h"

/* floods.c: a time on the clock that no control table tells; at its end a flood is over. */
prtos_u64_t later(prtos_u32_t frames);

#define FLOOD(id, setup, statement)                                                                \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        prtos_u64_t end = later(FRAMES);                                                           \
                                                                                                   \
        setup;                                                                                     \
        while (later(0) < end) {                                                                   \
            statement;                                                                             \
        }                                                                                          \
        return SURVIVED;                                                                           \
    }

/* late.c: spins until n steps before the end of the slot. */
void wait_until(prtos_u32_t n);

/* The same attempt in several distances. */
#define LATE(id, n, setup, ...)                                                                    \
    prtos_u32_t attack_##id##_late_##n(void)                                                       \
    {                                                                                              \
        setup;                                                                                     \
        wait_until(n);                                                                             \
        __VA_ARGS__;                                                                               \
        return SURVIVED;                                                                           \
    }

#endif
