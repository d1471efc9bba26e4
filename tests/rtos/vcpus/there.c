/* SPDX-License-Identifier: Apache-2.0 */
/* The second vCPU: objects and threads that answer the judge. */
#include "vcpus.h"

struct rtos_sem there_sem, there_never, there_hold;
struct rtos_event there_event;
struct rtos_queue there_queue;
struct rtos_ring there_ring;
struct rtos_pool there_pool;
struct rtos_mutex there_mutex;
struct rtos_timer there_timer;
struct worker there_dormant;
volatile prtos_u32_t there_turns, there_misplaced, there_streamed, there_rang;

static struct worker echo, receiver, reader;
static void *room[4];
static char bytes[64];
static void *blocks[2][2];

/* Its first give says that everything is there. */
static void give_back(void *arg)
{
    (void)arg;
    rtos_sem_give(&here_ready);
    for (;;) {
        rtos_sem_take(&there_sem, RTOS_FOREVER);
        there_turns++;
        rtos_event_set(&there_event, 1u << there_turns % 8);
        rtos_sem_give(&here_done);
    }
}

/* What arrives goes back into the judge's queue, which is full most of the time. */
static void return_messages(void *arg)
{
    prtos_u32_t i;
    void *message;

    (void)arg;
    for (i = 0; i < MESSAGES; i++) {
        rtos_queue_receive(&there_queue, &message, RTOS_FOREVER);
        there_misplaced += NUMBER_OF(message) != i;
        rtos_queue_send(&here_queue, message, RTOS_FOREVER);
    }
}

static void read_stream(void *arg)
{
    unsigned char piece[13];
    rtos_size_t moved, i;

    (void)arg;
    for (;;) {
        rtos_ring_read(&there_ring, piece, sizeof(piece), RTOS_FOREVER, &moved);
        for (i = 0; i < moved; i++)
            there_misplaced += piece[i] != (unsigned char)((there_streamed + i) * 7);
        there_streamed += (prtos_u32_t)moved;
    }
}

static void take_a_turn(void *arg)
{
    (void)arg;
    there_turns += 1000;
    rtos_sem_take(&there_hold, RTOS_FOREVER);
}

static void on_timer(struct rtos_timer *timer, void *arg)
{
    (void)timer;
    (void)arg;
    there_rang += 1 + 100 * (PRTOS_VCPU_SELF != 1);
}

void there_main(void)
{
    struct rtos_thread_config config = {take_a_turn, 0, there_dormant.stack, STACK, 7, "dormant"};

    rtos_sem_init(&there_sem, 0, 5, RTOS_BY_PRIORITY);
    rtos_sem_init(&there_never, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&there_hold, 0, 1, RTOS_BY_PRIORITY);
    rtos_event_init(&there_event, 0, RTOS_BY_PRIORITY);
    rtos_queue_init(&there_queue, room, 4, RTOS_BY_ARRIVAL);
    rtos_ring_init(&there_ring, bytes, sizeof(bytes), RTOS_BY_PRIORITY);
    rtos_pool_init(&there_pool, blocks, sizeof(blocks[0]), 2, RTOS_BY_PRIORITY);
    rtos_mutex_init(&there_mutex, RTOS_MUTEX_INHERIT, 0);
    rtos_timer_init(&there_timer, 0, on_timer, 0);
    rtos_thread_init(&there_dormant.thread, &config);
    work(&echo, give_back, 0, 4);
    work(&receiver, return_messages, 0, 3);
    work(&reader, read_stream, 0, 2);
    soak_start();
    rtos_start();
}
