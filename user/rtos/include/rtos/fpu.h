/* SPDX-License-Identifier: Apache-2.0 */
/* Floating point registers of threads. The partition needs the flag fp. A thread that computes with
 * floating point says so and gives room for its registers, which go there when it is left and come
 * back with it; threads that do not say so cost nothing and must leave the registers alone (what a
 * compiler for AArch64 uses them for between two calls does no harm). A handler that computes with
 * them keeps what it finds, by the two calls below. */
#ifndef RTOS_FPU_H
#define RTOS_FPU_H

#include <rtos/types.h>

struct rtos_fpu {
    prtos_u64_t room[14];
};

/* From now on, and from each start, the thread has registers of its own, fresh ones. `room` null:
 * no longer. From threads and before rtos_start(). RTOS_INVALID_OBJECT: no thread.
 * RTOS_INVALID_PARAM: `room` is not aligned to 8. RTOS_NOT_AVAILABLE: the partition has no flag
 * fp. */
enum rtos_status rtos_thread_use_fpu(struct rtos_thread *thread, struct rtos_fpu *room);

/* Puts the registers away and has fresh ones; takes them back. */
void rtos_fpu_save(struct rtos_fpu *room);
void rtos_fpu_load(const struct rtos_fpu *room);

#endif
