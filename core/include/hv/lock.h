/* SPDX-License-Identifier: Apache-2.0 */
/* Ticket lock, first come first served. Only around a constant number of instructions, never on a
 * path of messages; interrupts are off. */
#ifndef HV_LOCK_H
#define HV_LOCK_H

#include "hv/arch_types.h"
#include "hv/base.h"

struct lock {
    u32 next;
    u32 owner;
};

/* A holder that does not come back (an NMI in between, on the way to a halt) is waited for in vain
 * only so long. */
#define LOCK_TRIES 1000000u

static inline void lock_take(struct lock *lock)
{
    u32 ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_ACQUIRE);
    u32 tries = LOCK_TRIES;

    while (load_acquire(&lock->owner) != ticket && --tries)
        arch_pause();
}

static inline void lock_release(struct lock *lock)
{
    store_release(&lock->owner, lock->owner + 1);
}

#endif
