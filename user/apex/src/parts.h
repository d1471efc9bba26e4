/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of APEX share: the partition's state, tables of objects, waiting. The kernel's
 * own wait queues are used (user/rtos/src/kernel.h), so a wait is ended by whoever ends it, in
 * the same step. Processes have the kernel's priorities 0 to 29; 30 is the preemption lock's, 31
 * the
 * error handler's. */
#ifndef APEX_PARTS_H
#define APEX_PARTS_H

#include <apex.h>
#include <apex/apexConfig.h>
#include <prtos.h>
#include <rtos/time.h>

#include "kernel.h"

#define LEVEL_LOCKED 30u
#define LEVEL_HANDLER 31u
#define LEVEL_OF(priority) ((prtos_u32_t)((priority)-MIN_PRIORITY_VALUE))
#define PRIORITY_OF(level) ((PRIORITY_TYPE)(level) + MIN_PRIORITY_VALUE)

/* Why a process that was started does not run yet. */
#define PENDING_DELAY 1u  /* aperiodic: NORMAL, then its delay */
#define PENDING_PERIOD 2u /* the partition's next period, then its delay */

#define NS_IN_US 1000

/* The subset of Part 4 (libapex-small.a): no service waits for anything but time. */
#ifdef APEX_SMALL
#define WAITS 0
#else
#define WAITS 1
#endif

/* Everything is 0 at first: a warm restart clears what is 0 and nothing else. */
struct apex_state {
    APEX_BYTE normal;
    LOCK_LEVEL_TYPE lock_level;
    struct apex_process *lock_owner;
    SYSTEM_TIME_TYPE period_start; /* some start of the partition's period; 0: none seen yet */
};

extern struct apex_state apex_state;

/* What a program has no macro of apexConfig.h for is absent. */
extern const struct apex_class apex_processes WEAK;
extern const struct apex_class apex_buffers WEAK;
extern const struct apex_class apex_blackboards WEAK;
extern const struct apex_class apex_semaphores WEAK;
extern const struct apex_class apex_events WEAK;
extern const struct apex_class apex_mutexes WEAK;
extern const struct apex_class apex_sampling_ports WEAK;
extern const struct apex_class apex_queuing_ports WEAK;
extern const struct apex_partition apex_partition WEAK;
extern const struct apex_handler_room apex_handler_room WEAK;

/* object.c: whether two names of at most `length` characters are the same; a name with a NUL behind
 * it, for the hypervisor. */
int apex_name_is(const char *a, const char *b, int length);
void apex_name_terminate(char *text, const char *name);

/* By id, by name; null: there is none. The free place for a new object of that name, or why
 * there is none. */
void *apex_object_get(const struct apex_class *class, APEX_INTEGER id);
void *apex_object_find(const struct apex_class *class, const char *name);
RETURN_CODE_TYPE apex_object_place(const struct apex_class *class, const char *name, void *place);
APEX_INTEGER apex_object_id(const struct apex_class *class, const void *object);
/* The object is made. */
void apex_object_make(struct apex_object *object, const char *name);
/* GET_..._ID of all kinds. */
RETURN_CODE_TYPE apex_object_ask(const struct apex_class *class, const char *name,
                                 APEX_INTEGER *id);

static inline int discipline_is_valid(QUEUING_DISCIPLINE_TYPE discipline)
{
    return discipline == FIFO || discipline == PRIORITY;
}

static inline void waitq_init(struct rtos_waitq *queue, QUEUING_DISCIPLINE_TYPE discipline)
{
    queue->type = discipline == FIFO ? TYPE_ARRIVAL : 0;
    queue->first = (struct rtos_thread *)0;
}

static inline WAITING_RANGE_TYPE waitq_count(const struct rtos_waitq *queue)
{
    return (WAITING_RANGE_TYPE)rtos_waitq_count(queue);
}

static inline struct apex_process *process_of(struct rtos_thread *thread)
{
    return container_of(thread, struct apex_process, thread);
}

static inline struct apex_process *process_get(PROCESS_ID_TYPE id)
{
    return apex_object_get(&apex_processes, id);
}

/* wait.c: interrupts off; back to what they were, and with what became ready running. The kernel's
 * own
 * are inline, which is too much for so many callers. */
prtos_u32_t apex_lock(void);
void apex_unlock(prtos_u32_t key);
void apex_leave(prtos_u32_t key);
/* The calling process; null: the error handler, or partition_main(). */
struct apex_process *apex_self(void);
/* Whether the calling process may wait: it is one, holds no mutex and no preemption lock. */
int apex_may_wait(const struct apex_process *self);
static inline int timeout_is_valid(SYSTEM_TIME_TYPE timeout)
{
    return timeout >= INFINITE_TIME_VALUE;
}
/* In a queue, with `value` and `amount` for who ends the wait; gives `key` back. */
RETURN_CODE_TYPE apex_wait(struct rtos_waitq *queue, SYSTEM_TIME_TYPE timeout, void *value,
                           rtos_size_t amount, prtos_u32_t key);
/* In none; interrupts are off and stay off. */
RETURN_CODE_TYPE apex_sleep(struct apex_process *self, SYSTEM_TIME_TYPE timeout);
/* The first one of a queue goes on; its process. */
struct rtos_thread *apex_wake(struct rtos_waitq *queue);

/* process.c: the level at which it is to run now. */
prtos_u32_t apex_level(const struct apex_process *process);
static inline int process_is_dormant(const struct apex_process *process)
{
    return process->thread.state & STATE_DORMANT && !process->pending && !process->faulted;
}

/* start.c: released at a moment; its deadline is armed. From interrupts too. */
void apex_release(struct apex_process *process, SYSTEM_TIME_TYPE moment);
void apex_release_pending(struct apex_process *process, SYSTEM_TIME_TYPE base);
/* It does not hold the preemption lock any more, and its deadline is gone. */
void apex_process_clear(struct apex_process *process);

/* deadline.c */
void apex_deadline_init(struct apex_process *process);
void apex_deadline_set(struct apex_process *process, SYSTEM_TIME_TYPE moment);
/* A moment and a duration of which each may be infinite. */
SYSTEM_TIME_TYPE apex_time_add(SYSTEM_TIME_TYPE moment, SYSTEM_TIME_TYPE duration);
/* The partition's health event; `code` and process are its payload. */
void apex_monitor_raise(ERROR_CODE_TYPE code, PROCESS_ID_TYPE process, SYSTEM_ADDRESS_TYPE address);

/* handler.c: an error for the error handler process; 0: there is none, or it is the one at fault.
 * */
WEAK int apex_error_post(struct apex_error *error);
WEAK void apex_handler_stop(void);
/* traps.c of the architecture. */
ERROR_CODE_TYPE apex_trap_code(prtos_u32_t trap);

#endif
