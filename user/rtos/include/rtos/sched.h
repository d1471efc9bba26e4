/* SPDX-License-Identifier: Apache-2.0 */
/* Start of the kernel, the lock of the scheduler, hooks. */
#ifndef RTOS_SCHED_H
#define RTOS_SCHED_H

#include <rtos/types.h>

/* Runs the most urgent thread, for ever, and takes the stack of the caller for interrupt handlers
 * and idling. Once, from partition_main() of vCPU 0: else RTOS_WRONG_CONTEXT. Objects may be made
 * and threads started before. */
enum rtos_status rtos_start(void);

/* Keeps the processor for the calling thread; interrupts go on. Nests up to 65534 times
 * (RTOS_LIMIT). While it is held no call waits: RTOS_WRONG_CONTEXT. Threads only. */
enum rtos_status rtos_sched_lock(void);

/* The outermost one lets a more urgent thread run at once. RTOS_NO_ACTION: it is not locked. */
enum rtos_status rtos_sched_unlock(void);

/* How often the lock is held. */
prtos_u32_t rtos_sched_lock_depth(void);

/* Each may be null. Called with interrupts off; they must not call the kernel, but for
 * rtos_*_get calls. `idle`: nothing is ready, just before the vCPU sleeps. `slot`: a slot of the
 * partition began. `switched`: `to` follows `from`; null is idling. */
struct rtos_hooks {
    void (*idle)(void);
    void (*slot)(void);
    void (*switched)(struct rtos_thread *from, struct rtos_thread *to);
};

/* Takes the place of the hooks before; null: none. From threads and before rtos_start(). */
enum rtos_status rtos_hooks_set(const struct rtos_hooks *hooks);

#endif
