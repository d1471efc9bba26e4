/* SPDX-License-Identifier: Apache-2.0 */
/* Words every room of the core uses: types, attributes, atomics. No state, no behaviour. */
#ifndef HV_BASE_H
#define HV_BASE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/types.h"

typedef u64 hv_time;           /* ns since the hypervisor's clock started */
typedef unsigned long hv_addr; /* virtual address, the guest's or the core's */
typedef u64 hv_phys;           /* physical address */

#define HV_NEVER (~0ull) /* a time that does not come */

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define __cold __attribute__((cold, noinline))

#define __hot_inline inline __attribute__((always_inline))

#define container_of(ptr, type, member) ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

/* Bits of *word set or cleared in one step, whichever CPU does it. */
static inline void atomic_or(u32 *word, u32 bits)
{
    __atomic_fetch_or(word, bits, __ATOMIC_SEQ_CST);
}

static inline void atomic_and(u32 *word, u32 bits)
{
    __atomic_fetch_and(word, bits, __ATOMIC_SEQ_CST);
}

/* Takes all bits of *word, leaving none. */
static inline u32 atomic_take(u32 *word)
{
    return __atomic_exchange_n(word, 0, __ATOMIC_SEQ_CST);
}

static inline u32 load_acquire(const u32 *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void store_release(u32 *word, u32 value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/* One access to a word that somebody else may use. (The compiler gives __atomic_load_n() no offset,
 * but the sanitizer knows only that.) */
#ifdef __SANITIZE_THREAD__
#define read_once(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define write_once(x, v) __atomic_store_n(&(x), v, __ATOMIC_RELAXED)
#else
#define read_once(x) (*(const volatile __typeof__(x) *)&(x))
#define write_once(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#endif
/* The same where a store in front of it must be seen by others first. */
#define read_ordered(x) __atomic_load_n(&(x), __ATOMIC_SEQ_CST)

#endif
