/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest program: two threads, a semaphore, delays. Linked with librtos-small.a. */
#include <bail.h>
#include <rtos.h>

static struct rtos_thread threads[2];
static char stacks[2][RTOS_STACK_MIN] __attribute__((aligned(8)));
static struct rtos_sem sem;

/* The goal: what a thread takes beside its stack. */
typedef char thread_is_64_bytes[sizeof(struct rtos_thread) == 64 ? 1 : -1];

static void take(void *arg)
{
    (void)arg;
    for (;;)
        rtos_sem_take(&sem, RTOS_FOREVER);
}

static void give(void *arg)
{
    (void)arg;
    for (;;) {
        rtos_sem_give(&sem);
        rtos_thread_delay(RTOS_MS(1));
    }
}

void partition_main(void)
{
    struct rtos_thread_config config = {take, 0, stacks[0], RTOS_STACK_MIN, 1, 0};

    rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY);
    rtos_thread_init(&threads[0], &config);
    config.entry = give;
    config.stack = stacks[1];
    rtos_thread_init(&threads[1], &config);
    rtos_thread_start(&threads[0]);
    rtos_thread_start(&threads[1]);
    rtos_start();
}
