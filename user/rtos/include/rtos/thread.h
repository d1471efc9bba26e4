/* SPDX-License-Identifier: Apache-2.0 */
/* Threads. A thread is dormant until it is started and again when it has ended; then it is
 * ready, or waits, or is suspended (both at once is possible). Of the ready ones the most urgent
 * runs, of equally urgent ones the one that is longest ready. Unless said otherwise a call
 * answers RTOS_INVALID_OBJECT for what is no thread. */
#ifndef RTOS_THREAD_H
#define RTOS_THREAD_H

#include <rtos/types.h>

/* Stacks begin and end at multiples of 8 bytes. An interrupt takes its frame from the stack of the
 * running thread (about 200 bytes), its handlers run on the kernel's own. */
#define RTOS_STACK_MIN (128 * sizeof(void *))

enum rtos_thread_state { RTOS_DORMANT, RTOS_READY, RTOS_RUNNING, RTOS_WAITING, RTOS_SUSPENDED };

struct rtos_thread {
#ifdef RTOS_SMALL
    struct {
        prtos_u32_t type;
    } ended;
#else
    struct rtos_waitq ended; /* who joins */
#endif
    void *sp;
    struct rtos_thread *next, *prev; /* ready, or equals in a wait queue: a ring */
    struct rtos_thread *chain_next,
        *chain_prev; /* first of each priority in a wait queue: a ring */
    struct rtos_timeout timeout;
    struct rtos_waitq *waits;
    void *value; /* what the wait is about */
    prtos_u8_t priority, base, state, result;
    void *stack;
#ifndef RTOS_SMALL
    rtos_size_t amount; /* more of what the wait is about */
    void *place;
    prtos_u32_t mode;
    struct rtos_mutex *held;
    struct rtos_fpu *fpu;
    void (*entry)(void *arg);
    void *arg;
    rtos_size_t stack_size;
    const char *name;
    prtos_u32_t slice, slice_left; /* ns */
    rtos_time_t executed;
    prtos_u32_t switches;
#endif
#ifdef RTOS_VCPUS
    struct {
        void *next;
        enum rtos_status (*run)(void *args);
        void *args;
    } mail; /* to and from another vCPU */
#endif
};

struct rtos_thread_config {
    void (*entry)(void *arg); /* returning ends the thread */
    void *arg;
    void *stack;            /* the lowest address, a multiple of 8 */
    rtos_size_t stack_size; /* bytes, a multiple of 8, RTOS_STACK_MIN at least */
    prtos_u32_t priority;   /* 0 to RTOS_PRIORITY_MAX */
    const char *name;       /* shown where the thread is at fault; may be null */
};

/* Makes a dormant thread in the caller's storage. From threads and before rtos_start().
 * RTOS_INVALID_PARAM, RTOS_WRONG_CONTEXT (interrupt). */
enum rtos_status rtos_thread_init(struct rtos_thread *thread,
                                  const struct rtos_thread_config *config);

/* Starts a dormant thread from its entry. From anywhere. RTOS_NO_ACTION: it is not dormant. */
enum rtos_status rtos_thread_start(struct rtos_thread *thread);

/* The same, `delay` ns from now. RTOS_INVALID_PARAM: negative. */
enum rtos_status rtos_thread_start_after(struct rtos_thread *thread, rtos_time_t delay);

/* Ends the calling thread, which becomes dormant; its mutexes are released. Threads only; does not
 * return unless it is called from elsewhere. */
enum rtos_status rtos_thread_exit(void);

/* Ends another thread, or the calling one: dormant, waits for nothing, its mutexes are released,
 * those that join it go on. From threads and before rtos_start(); the calling one only where it
 * could wait (RTOS_WRONG_CONTEXT). RTOS_NO_ACTION: it is dormant. */
enum rtos_status rtos_thread_stop(struct rtos_thread *thread);

/* Ends it and forgets it: the storage is the caller's again. Not the calling thread
 * (RTOS_WRONG_CONTEXT). From threads. */
enum rtos_status rtos_thread_delete(struct rtos_thread *thread);

/* Waits until a thread is dormant. Threads only. RTOS_NO_ACTION: it is. RTOS_DEADLOCK: the caller
 * itself. RTOS_NOT_AVAILABLE, RTOS_TIMED_OUT, RTOS_DELETED. */
enum rtos_status rtos_thread_join(struct rtos_thread *thread, rtos_time_t timeout);

/* Holds a thread back until it is resumed, whatever it waits for; a wait goes on meanwhile. From
 * anywhere; the calling thread too. RTOS_NO_ACTION: it is suspended, or dormant. */
enum rtos_status rtos_thread_suspend(struct rtos_thread *thread);

/* From anywhere. RTOS_NO_ACTION: it is not suspended. */
enum rtos_status rtos_thread_resume(struct rtos_thread *thread);

/* Ends the wait of a thread, with RTOS_CANCELLED there. From anywhere. RTOS_NO_ACTION: it does not
 * wait. */
enum rtos_status rtos_thread_cancel_wait(struct rtos_thread *thread);

/* Goes behind the ready threads of the same priority. Threads only. */
enum rtos_status rtos_thread_yield(void);

/* Own priority 0 to 31; what mutexes lend comes on top. The thread goes behind its equals. From
 * anywhere. RTOS_INVALID_PARAM. */
enum rtos_status rtos_thread_set_priority(struct rtos_thread *thread, prtos_u32_t priority);

/* Its own priority, and the one by which it runs now; either pointer may be null. From anywhere. */
enum rtos_status rtos_thread_get_priority(const struct rtos_thread *thread, prtos_u32_t *own,
                                          prtos_u32_t *current);

/* From anywhere. */
enum rtos_status rtos_thread_get_state(const struct rtos_thread *thread,
                                       enum rtos_thread_state *state);

/* The calling thread; null outside of threads. In an interrupt: the thread that it interrupted. */
struct rtos_thread *rtos_thread_self(void);

/* Waits `duration` ns. Threads only. RTOS_OK when the time is over, RTOS_CANCELLED. RTOS_NO_ACTION,
 * at once: 0 or less. */
enum rtos_status rtos_thread_delay(rtos_time_t duration);

/* Waits until a moment. RTOS_NO_ACTION, at once: it is over. A periodic thread adds its period to
 * the moment and so never drifts. Threads only. */
enum rtos_status rtos_thread_delay_until(rtos_time_t moment);

/* Execution time after which the thread gives way to its equals, in ns; 0: never, the default. From
 * anywhere. RTOS_INVALID_PARAM: below 1000. */
enum rtos_status rtos_thread_set_slice(struct rtos_thread *thread, prtos_u32_t slice);

#endif
