/* SPDX-License-Identifier: Apache-2.0 */
/* The sizes of the kernel's objects, as sizes of arrays that bench.py looks up. */
#include <rtos.h>

#define BYTES(object) char bytes_of_##object[sizeof(struct rtos_##object)]

BYTES(thread);
BYTES(sem);
BYTES(mutex);
BYTES(cond);
BYTES(event);
BYTES(queue);
BYTES(ring);
BYTES(pool);
BYTES(heap);
BYTES(timer);
BYTES(timer_thread);
BYTES(watch);
BYTES(crew);
BYTES(job);
BYTES(stopwatch);
