/* SPDX-License-Identifier: Apache-2.0 */
/* The real-time kernel for partitions: everything of it. See documentation/rtos.md. */
#ifndef RTOS_H
#define RTOS_H

#include <rtos/types.h>
#include <rtos/thread.h>
#include <rtos/sched.h>
#include <rtos/time.h>
#include <rtos/sem.h>
#ifndef RTOS_SMALL
#include <rtos/cond.h>
#include <rtos/event.h>
#include <rtos/fpu.h>
#include <rtos/heap.h>
#include <rtos/irq.h>
#include <rtos/job.h>
#include <rtos/list.h>
#include <rtos/mutex.h>
#include <rtos/pool.h>
#include <rtos/queue.h>
#include <rtos/ring.h>
#include <rtos/stats.h>
#include <rtos/timer.h>
#include <rtos/watch.h>
#endif

#endif
