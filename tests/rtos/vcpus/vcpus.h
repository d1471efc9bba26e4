/* SPDX-License-Identifier: Apache-2.0 */
/* What both vCPUs of the program use: objects of vCPU 1 and its threads (there.c), the judge's on
 * vCPU 0 (pair.c), and what all do at once (soak.c). */
#ifndef VCPUS_H
#define VCPUS_H

#include <rtos.h>
#include "../../system/guest/check.h"

#define STACK (512 * sizeof(void *))
#define AS_POINTER(number) ((void *)(prtos_address_t)(number))
#define NUMBER_OF(pointer) ((prtos_u32_t)PTR2ADDR(pointer))
#define JUDGE 5
#define MESSAGES 300
#define STREAM 1000

struct worker {
    struct rtos_thread thread;
    char stack[STACK] __attribute__((aligned(8)));
};

/* Of vCPU 1. */
extern struct rtos_sem there_sem, there_never, there_hold;
extern struct rtos_event there_event;
extern struct rtos_queue there_queue;
extern struct rtos_ring there_ring;
extern struct rtos_pool there_pool;
extern struct rtos_mutex there_mutex;
extern struct rtos_timer there_timer;
extern struct worker there_dormant;
extern volatile prtos_u32_t there_turns, there_misplaced, there_streamed, there_rang;
void there_main(void);

/* Of vCPU 0. */
extern struct rtos_sem here_ready, here_done;
extern struct rtos_queue here_queue;

/* Makes and starts a thread of the calling vCPU. */
void work(struct worker *worker, void (*entry)(void *arg), void *arg, unsigned priority);

/* soak.c: starts the calling vCPU's part; vCPU 0 waits for all and checks. */
void soak_start(void);
void soak_check(void);

#endif
