/* SPDX-License-Identifier: Apache-2.0 */
/* A partition's configuration: how many of what it may create. Each macro once, in one file of
 * the program, outside of functions; it makes the storage, nothing is allocated later. What has
 * no macro has no room: CREATE_... answers INVALID_CONFIG. Not of the standard. */
#ifndef APEX_CONFIG_H
#define APEX_CONFIG_H

#include <rtos/thread.h>
#include <rtos/timer.h>

#include "apexError.h"
#include "apexMutex.h"

/* The members of these structures are the library's. */

struct apex_object {
    NAME_TYPE name;
    APEX_BYTE made;
};

/* What happened to a process, until the error handler has asked for it. */
struct apex_error {
    struct apex_error *next;
    struct apex_process *process;
    ERROR_CODE_TYPE code;
    SYSTEM_ADDRESS_TYPE address;
    const APEX_BYTE *message;
    ERROR_MESSAGE_SIZE_TYPE length;
    APEX_UNSIGNED run;
    APEX_BYTE posted;
};

struct apex_process {
    struct apex_object object;
    APEX_BYTE pending, suspended_self, faulted;
    struct rtos_thread thread;
    struct rtos_timer deadline_timer;
    PROCESS_ATTRIBUTE_TYPE attributes;
    SYSTEM_TIME_TYPE release;  /* the last release point; while pending the delay */
    SYSTEM_TIME_TYPE deadline; /* negative: none */
    struct apex_mutex *mutex;
    struct apex_error missed, failed;
};

struct apex_buffer {
    struct apex_object object;
    struct rtos_waitq waitq;
    char *room;
    MESSAGE_SIZE_TYPE size;
    MESSAGE_RANGE_TYPE limit, first, used;
};

struct apex_blackboard {
    struct apex_object object;
    struct rtos_waitq waitq;
    char *room;
    MESSAGE_SIZE_TYPE size, length; /* length 0: empty */
};

struct apex_semaphore {
    struct apex_object object;
    struct rtos_waitq waitq;
    APEX_INTEGER value, limit;
};

struct apex_event {
    struct apex_object object;
    struct rtos_waitq waitq;
    APEX_BYTE up;
};

struct apex_mutex {
    struct apex_object object;
    struct rtos_waitq waitq;
    struct apex_process *owner;
    PRIORITY_TYPE priority;
    LOCK_COUNT_TYPE count;
};

struct apex_sampling_port {
    struct apex_object object;
    APEX_BYTE direction;
    prtos_s32_t port;
    MESSAGE_SIZE_TYPE size;
    SYSTEM_TIME_TYPE refresh;
};

struct apex_queuing_port {
    struct apex_object object;
    APEX_BYTE direction;
    prtos_s32_t port;
    struct rtos_waitq waitq;
    MESSAGE_SIZE_TYPE size;
    MESSAGE_RANGE_TYPE limit;
};

struct apex_handler {
    struct rtos_thread thread;
    struct apex_error *first, *last;
    APEX_UNSIGNED run;
    SYSTEM_ADDRESS_TYPE entry;
};

struct apex_class {
    void *table;
    prtos_u32_t item, limit;
    char *room;
    rtos_size_t room_size;
};

struct apex_partition {
    SYSTEM_TIME_TYPE period, duration;
    prtos_u32_t first_slot;
};

struct apex_handler_room {
    struct apex_handler *handler;
    char *stack;
    rtos_size_t stack_size;
};

#define APEX_ALIGNED __attribute__((aligned(8)))
#define APEX_ROOM(class, type, n, bytes)                                                           \
    static struct type class##_table[n];                                                           \
    static char class##_room[bytes] APEX_ALIGNED;                                                  \
    extern const struct apex_class class;                                                          \
    const struct apex_class class = {class##_table, sizeof(struct type), n, class##_room, bytes}
#define APEX_TABLE(class, type, n)                                                                 \
    static struct type class##_table[n];                                                           \
    extern const struct apex_class class;                                                          \
    const struct apex_class class = {class##_table, sizeof(struct type), n, 0, 0}

/* Period and duration in ns, as the plan gives them to the partition, and the slot's place in the
 * plan (0 is the first of all partitions) with which its period begins. Needed for periodic
 * processes. */
#define APEX_PARTITION(period, duration, first_slot)                                               \
    extern const struct apex_partition apex_partition;                                             \
    const struct apex_partition apex_partition = {period, duration, first_slot}

/* n of them, and the bytes of all their stacks together. */
#define APEX_PROCESSES(n, stacks) APEX_ROOM(apex_processes, apex_process, n, stacks)
#define APEX_ERROR_HANDLER(bytes)                                                                  \
    static struct apex_handler apex_handler_itself;                                                \
    static char apex_handler_stack[bytes] APEX_ALIGNED;                                            \
    extern const struct apex_handler_room apex_handler_room;                                       \
    const struct apex_handler_room apex_handler_room = {&apex_handler_itself, apex_handler_stack,  \
                                                        bytes}

/* Room that a buffer of `messages` of `size` bytes takes, and a blackboard. */
#define APEX_BUFFER_ROOM(messages, size) ((messages) * (((size) + 7u) / 4u * 4u))
#define APEX_BLACKBOARD_ROOM(size) (((size) + 3u) / 4u * 4u)

/* n of them, and the bytes of all their rooms together. */
#define APEX_BUFFERS(n, bytes) APEX_ROOM(apex_buffers, apex_buffer, n, bytes)
#define APEX_BLACKBOARDS(n, bytes) APEX_ROOM(apex_blackboards, apex_blackboard, n, bytes)

#define APEX_SEMAPHORES(n) APEX_TABLE(apex_semaphores, apex_semaphore, n)
#define APEX_EVENTS(n) APEX_TABLE(apex_events, apex_event, n)
#define APEX_MUTEXES(n) APEX_TABLE(apex_mutexes, apex_mutex, n)
#define APEX_SAMPLING_PORTS(n) APEX_TABLE(apex_sampling_ports, apex_sampling_port, n)
#define APEX_QUEUING_PORTS(n) APEX_TABLE(apex_queuing_ports, apex_queuing_port, n)

#endif
