/* SPDX-License-Identifier: Apache-2.0 */
/* Types that all parts of the kernel share. The members of the structures are the kernel's:
 * programs give the storage (static, or in a frame that outlives the object) and never look
 * inside. */
#ifndef RTOS_TYPES_H
#define RTOS_TYPES_H

#include <prtos_inc/arch/arch_types.h>

/* Priorities 0 (lowest) to 31 (most urgent). */
#define RTOS_PRIORITIES 32
#define RTOS_PRIORITY_MAX (RTOS_PRIORITIES - 1)

/* Times and durations in ns. Moments are those of the hardware clock since boot, which goes on
 * while the partition does not run. As a timeout 0 asks and does not wait, a negative one waits
 * for ever. */
typedef prtos_s64_t rtos_time_t;
#define RTOS_POLL ((rtos_time_t)0)
#define RTOS_FOREVER ((rtos_time_t)-1)
#define RTOS_NEVER ((rtos_time_t)0x7fffffffffffffffLL)
#define RTOS_US(n) ((rtos_time_t)(n)*1000)
#define RTOS_MS(n) ((rtos_time_t)(n)*1000000)

typedef __SIZE_TYPE__ rtos_size_t;

enum rtos_status {
    RTOS_OK = 0,
    RTOS_NO_ACTION = 1,      /* nothing to do: it is so already */
    RTOS_NOT_AVAILABLE = 2,  /* it would have to wait, and must not (timeout 0) */
    RTOS_INVALID_PARAM = 3,  /* a value out of its range, a null pointer */
    RTOS_INVALID_OBJECT = 4, /* null, misaligned, not initialised, deleted, of another kind */
    RTOS_WRONG_CONTEXT = 5,  /* not from here: see each call */
    RTOS_TIMED_OUT = 6,
    RTOS_NOT_OWNER = 7,
    RTOS_DEADLOCK = 8,  /* the caller would wait for itself */
    RTOS_LIMIT = 9,     /* a counter is at its end */
    RTOS_DELETED = 10,  /* the object was deleted meanwhile */
    RTOS_CANCELLED = 11 /* the wait was ended by rtos_thread_cancel_wait() */
};

/* The order in which waiting threads are served. */
enum rtos_discipline { RTOS_BY_PRIORITY = 0, RTOS_BY_ARRIVAL = 1 };

struct rtos_thread;

/* First thing of each object: what it is (see kernel.h), and who waits for it. */
struct rtos_waitq {
    prtos_u32_t type;
    struct rtos_thread *first;
};

/* A moment in the kernel's heap of moments. */
struct rtos_timeout {
    struct rtos_timeout *left, *right, *up;
    rtos_time_t due;
    prtos_u32_t order; /* 0: not armed; of equal moments the one armed first comes first */
};

#endif
