/* SPDX-License-Identifier: Apache-2.0 */
/* A tour of the real-time kernel: one guide leads through six rooms, each with threads of its
 * own. */
#include <prtos.h>
#include <stdio.h>
#include "show.h"

#define GUIDE 20 /* priorities */
#define HIGH 15
#define MIDDLE 12
#define LOW 10

static struct worker guide, one, two, three;

/* Work that a thread does: ns on the execution clock. */
static void work(rtos_time_t amount)
{
    rtos_time_t end = rtos_executed() + amount;

    while (rtos_executed() < end)
        ;
}

static void wait_for(struct worker *worker)
{
    rtos_thread_join(&worker->thread, RTOS_FOREVER);
}

/* Room 1: a queue between a producer and a consumer, and blocks from a pool. */

static struct rtos_pool blocks;
static struct rtos_queue orders;
static void *order_room[4];
static unsigned block_room[3][4];

static void produce(void *arg)
{
    unsigned i;

    for (i = 1; i <= 10; i++) {
        void *block;

        rtos_pool_alloc(&blocks, &block, RTOS_FOREVER);
        *(unsigned *)block = i * i;
        rtos_queue_send(&orders, block, RTOS_FOREVER);
    }
    rtos_queue_send(&orders, arg, RTOS_FOREVER);
}

static void consume(void *arg)
{
    unsigned count = 0, sum = 0;
    void *block;

    for (;;) {
        rtos_queue_receive(&orders, &block, RTOS_FOREVER);
        if (block == arg)
            break;
        count++;
        sum += *(unsigned *)block;
        rtos_pool_free(&blocks, block);
    }
    show("queue: %u blocks from a pool of 3, their sum is %u\n", count, sum);
}

static void room_queue(void)
{
    rtos_pool_init(&blocks, block_room, sizeof(block_room[0]), 3, RTOS_BY_PRIORITY);
    rtos_queue_init(&orders, order_room, 4, RTOS_BY_PRIORITY);
    worker_start(&one, "producer", produce, &orders, LOW);
    worker_start(&two, "consumer", consume, &orders, HIGH);
    wait_for(&two);
    wait_for(&one);
}

/* Room 2: priority inversion. The low thread has the mutex, the high one wants it, the middle one
 * would keep the low one from going on, but for the priority that it inherits. */

static struct rtos_mutex door;
static char order[8];
static unsigned n_order;

static void low_one(void *arg)
{
    (void)arg;
    rtos_mutex_lock(&door, RTOS_FOREVER);
    work(RTOS_MS(2));
    order[n_order++] = 'L';
    rtos_mutex_unlock(&door);
}

static void middle_one(void *arg)
{
    (void)arg;
    rtos_thread_delay(RTOS_US(500));
    work(RTOS_MS(4));
    order[n_order++] = 'M';
}

static void high_one(void *arg)
{
    (void)arg;
    rtos_thread_delay(RTOS_US(500));
    rtos_mutex_lock(&door, RTOS_FOREVER);
    order[n_order++] = 'H';
    rtos_mutex_unlock(&door);
}

static void room_inversion(void)
{
    rtos_mutex_init(&door, RTOS_MUTEX_INHERIT, 0);
    worker_start(&one, "low", low_one, 0, LOW);
    worker_start(&two, "middle", middle_one, 0, MIDDLE);
    worker_start(&three, "high", high_one, 0, HIGH);
    wait_for(&one);
    wait_for(&two);
    wait_for(&three);
    order[n_order] = 0;
    show("mutex: low, high and middle pass the door as %s\n", order);
}

/* Room 3: two threads of one priority share the processor by slices of execution time. */

static volatile unsigned turns, last_turn;
static rtos_time_t turns_end;

static void take_turns(void *arg)
{
    unsigned me = arg == &one;

    while (rtos_executed() < turns_end) {
        if (last_turn != me) {
            last_turn = me;
            turns++;
        }
    }
}

static void room_slices(void)
{
    last_turn = 2;
    turns_end = rtos_executed() + RTOS_MS(10);
    worker_start(&one, "first", take_turns, &one, LOW);
    worker_start(&two, "second", take_turns, &two, LOW);
    rtos_thread_set_slice(&one.thread, RTOS_MS(1));
    rtos_thread_set_slice(&two.thread, RTOS_MS(1));
    wait_for(&one);
    wait_for(&two);
    show("slices: two threads share 10 ms of execution by 1 ms in %u turns\n", turns);
}

/* Room 4: timers. What passes while the partition does not run comes when it runs again. */

static unsigned n_ticks;

static void tick(struct rtos_timer *timer, void *arg)
{
    (void)timer;
    (void)arg;
    n_ticks++;
}

static void room_timer(void)
{
    struct rtos_timer timer;
    rtos_time_t start;
    unsigned missed;

    rtos_thread_delay(RTOS_MS(20));
    rtos_slot_next(&start);
    rtos_timer_init(&timer, 0, tick, 0);
    rtos_timer_start(&timer, start + RTOS_US(500), RTOS_MS(1));
    rtos_thread_delay_until(start + RTOS_MS(30) - RTOS_US(200));
    rtos_timer_get_missed(&timer, &missed);
    rtos_timer_delete(&timer);
    show("timer: 30 periods of 1 ms over three slots: %u calls, %u periods missed\n", n_ticks,
         missed);
}

/* Room 5: slots. */

static void room_slots(void)
{
    rtos_time_t next, left, now;

    rtos_slot_next(&next);
    rtos_thread_delay_until(next + RTOS_MS(1));
    rtos_slot_left(&left);
    now = rtos_now();
    rtos_slot_next(&next);
    show("slot: 1 ms after its start %d us are left, the next one begins in %d us\n",
         (int)((left + 5000) / 10000) * 10, (int)((next - now + 5000) / 10000) * 10);
}

/* Room 6: a thread at fault is stopped and named, and starts again. */

static unsigned attempt;

static void on_fault(const struct rtos_fault_info *info)
{
    struct rtos_thread_stats stats;

    rtos_thread_get_stats(info->thread, &stats);
    printf("fault: %s of thread %s, trap %u\n", rtos_fault_name(info->fault), stats.name,
           info->trap);
    rtos_thread_start(info->thread);
}

static void stumble(void *arg)
{
    (void)arg;
    if (attempt++ == 0)
        __builtin_trap();
}

static void room_fault(void)
{
    rtos_fault_set_handler(on_fault);
    worker_start(&one, "clumsy", stumble, 0, LOW);
    wait_for(&one);
    show("fault: the second attempt went well\n");
}

static void lead(void *arg)
{
    (void)arg;
    room_queue();
    room_inversion();
    room_slices();
    room_timer();
    room_slots();
    room_fault();
    prtos_halt_system();
}

void partition_main(void)
{
    show_init();
    worker_start(&guide, "guide", lead, 0, GUIDE);
    rtos_start();
}
