/* SPDX-License-Identifier: Apache-2.0 */
/* A soft real-time server: requests come through a port, each gets a block of a pool, two workers
 * take them from a queue. What comes when the pool is empty is refused at once; what is served
 * later than 8 ms after it came is counted as late. No thread asks twice: the port's interrupt
 * wakes the intake, the queue wakes a worker. */
#include <prtos.h>
#include <rtos.h>
#include <stdio.h>
#include "request.h"

#define N_BLOCKS 12
#define N_WORKERS 2
#define WORK RTOS_US(700) /* of execution, for each request */
#define DEADLINE RTOS_MS(8)
#define INTAKE_PRIORITY 20
#define WORKER_PRIORITY 10
#define STACK 2048

struct job {
    struct request request;
    rtos_time_t came;
};

static struct job blocks[N_BLOCKS];
static void *room[N_BLOCKS];
static struct rtos_pool pool;
static struct rtos_queue queue;
static struct rtos_sem news;
static struct rtos_thread intake, workers[N_WORKERS];
static char intake_stack[STACK] __attribute__((aligned(16)));
static char worker_stacks[N_WORKERS][STACK] __attribute__((aligned(16)));
static prtos_s32_t port;
static prtos_u32_t served, late, refused;

static void on_port(prtos_u32_t irq, void *arg)
{
    (void)irq;
    (void)arg;
    rtos_sem_give(&news); /* one is enough: RTOS_LIMIT changes nothing */
}

/* Takes everything that came; tells first what became of the burst before. */
static void take_in(void *arg)
{
    struct request request;
    prtos_u32_t burst = 0, came, before, used;

    (void)arg;
    while (burst < BURSTS) {
        rtos_sem_take(&news, RTOS_FOREVER);
        rtos_pool_get(&pool, &used);
        for (came = 0, before = refused;
             prtos_receive_queuing_message(port, &request, sizeof(request)) > 0; came++) {
            void *block;

            burst = request.burst;
            if (rtos_pool_alloc(&pool, &block, RTOS_POLL) != RTOS_OK) {
                refused++;
                continue;
            }
            ((struct job *)block)->request = request;
            ((struct job *)block)->came = rtos_now();
            rtos_queue_send(&queue, block, RTOS_POLL);
        }
        printf("[P0] burst %d: % 2d came, % 2d still in work, % 2d refused; so far % 2d served, %d "
               "late\n",
               burst, came, used, refused - before, served, late);
    }
    rtos_thread_delay(RTOS_MS(20));
    printf("[P0] in all: %d served, %d of them late, %d refused\n", served, late, refused);
    prtos_halt_system();
}

static void serve(void *arg)
{
    rtos_time_t end;
    void *block;

    (void)arg;
    for (;;) {
        rtos_queue_receive(&queue, &block, RTOS_FOREVER);
        for (end = rtos_executed() + WORK; rtos_executed() < end;)
            ;
        served++;
        if (rtos_now() - ((struct job *)block)->came > DEADLINE)
            late++;
        rtos_pool_free(&pool, block);
    }
}

static void begin(struct rtos_thread *thread, void (*entry)(void *arg), char *stack,
                  prtos_u32_t priority)
{
    struct rtos_thread_config config = {entry, 0, stack, STACK, priority, "server"};

    rtos_thread_init(thread, &config);
    rtos_thread_start(thread);
}

void partition_main(void)
{
    int i;

    port = prtos_create_queuing_port("requests", CHANNEL_ROOM, sizeof(struct request),
                                     PRTOS_DESTINATION_PORT);
    rtos_pool_init(&pool, blocks, sizeof(blocks[0]), N_BLOCKS, RTOS_BY_PRIORITY);
    rtos_queue_init(&queue, room, N_BLOCKS, RTOS_BY_ARRIVAL);
    rtos_sem_init(&news, 0, 1, RTOS_BY_PRIORITY);
    rtos_irq_attach(RTOS_IRQ_EXT(PRTOS_VT_EXT_QUEUING_PORT), on_port, 0);
    begin(&intake, take_in, intake_stack, INTAKE_PRIORITY);
    for (i = 0; i < N_WORKERS; i++)
        begin(&workers[i], serve, worker_stacks[i], WORKER_PRIORITY);
    rtos_start();
}
