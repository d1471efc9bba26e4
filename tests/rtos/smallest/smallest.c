/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest program: two threads, a semaphore, delays. Linked with librtos-small.a. It ends when
 * 100 were taken. */
#include <bail.h>
#include <prtos.h>
#include <rtos.h>

static struct rtos_thread threads[2];
static char stacks[2][RTOS_STACK_MIN] __attribute__((aligned(8)));
static struct rtos_sem sem;
static volatile unsigned taken;

/* What a thread takes beside its stack; the goal is 64. */
typedef char thread_size[sizeof(struct rtos_thread) == (sizeof(void *) == 4 ? 64 : 120) ? 1 : -1];

static void take(void *arg)
{
    (void)arg;
    while (rtos_sem_take(&sem, RTOS_FOREVER) == RTOS_OK)
        taken++;
}

static void give(void *arg)
{
    (void)arg;
    while (taken < 100) {
        rtos_sem_give(&sem);
        rtos_thread_delay(RTOS_US(100));
    }
    prtos_halt_system();
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
