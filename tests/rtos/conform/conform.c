/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel with real switches and interrupts: contexts, messages between threads and from
 * handlers, many threads, then all of it at once
 * (soak.c), time (time.c) and faults (faults.c). The last fault ends in a
 * warm reset of the partition, whose second life shows that the kernel starts again. */
#include "conform.h"

struct worker workers[8];

static struct worker judge;
static struct rtos_sem sem;
static struct rtos_mutex mutex;
static struct rtos_queue queue;
static struct rtos_ring ring;
static struct rtos_cond cond;
static void *room[8];

void work(unsigned i, void (*entry)(void *arg), void *arg, unsigned priority)
{
    struct rtos_thread_config config = {entry, arg, workers[i].stack, STACK, priority, "worker"};

    if (rtos_thread_init(&workers[i].thread, &config) || rtos_thread_start(&workers[i].thread))
        check("work", 0, (prtos_s32_t)i);
}

void wait_for(unsigned i)
{
    rtos_thread_join(&workers[i].thread, RTOS_FOREVER);
}

rtos_time_t in_fresh_slot(void)
{
    rtos_time_t start;

    rtos_slot_next(&start);
    rtos_thread_delay_until(start + RTOS_US(5));
    return start;
}

/* Calls from a handler: what waits or makes objects is refused, the rest is done. */

static int answers[12], n_answers;

static void in_handler(prtos_u32_t irq, void *arg)
{
    static struct rtos_sem fresh;
    void *message;

    n_answers = 0;
    answers[n_answers++] = rtos_sem_init(&fresh, 0, 1, RTOS_BY_PRIORITY);
    answers[n_answers++] = rtos_sem_take(&sem, RTOS_FOREVER);
    answers[n_answers++] = rtos_mutex_lock(&mutex, RTOS_POLL);
    answers[n_answers++] = rtos_thread_delay(1);
    answers[n_answers++] = rtos_thread_yield();
    answers[n_answers++] = rtos_sched_lock();
    answers[n_answers++] = rtos_queue_receive(&queue, &message, RTOS_POLL);
    answers[n_answers++] = rtos_queue_send(&queue, arg, RTOS_FOREVER);
    answers[n_answers++] = rtos_sem_give(&sem);
    answers[n_answers++] = rtos_irq_running() && irq == RTOS_IRQ_EXT(IRQ);
    answers[n_answers++] = rtos_thread_exit();
}

static void check_contexts(void)
{
    static const int expected[] = {5, 5, 5, 5, 5, 5, 2, 0, 0, 1, 5};
    unsigned i, wrong = 0;

    rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY);
    check("attach", RTOS_OK, rtos_irq_attach(RTOS_IRQ_EXT(IRQ), in_handler, &sem));
    raise_irq();
    for (i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
        wrong |= (unsigned)(answers[i] != expected[i]) << i;
    check("in-handler", 0, (prtos_s32_t)wrong);
    check("given", RTOS_OK, rtos_sem_take(&sem, RTOS_POLL));
    rtos_queue_flush(&queue);
    check("start-again", RTOS_WRONG_CONTEXT, rtos_start());
}

/* A line of the machine; the hypervisor is asked to take it as fired. */

static prtos_u32_t n_lines;

static void on_line(prtos_u32_t irq, void *arg)
{
    *(prtos_u32_t *)arg += irq == 5;
}

static void check_line(void)
{
    check("line", RTOS_OK, rtos_irq_attach(5, on_line, &n_lines));
    prtos_set_irqpend(1u << 5, 0);
    check("line-fired", 1, (prtos_s32_t)n_lines);
    rtos_irq_mask(5);
    prtos_set_irqpend(1u << 5, 0);
    check("line-masked", 1, (prtos_s32_t)n_lines);
    rtos_irq_unmask(5);
    check("line-unmasked", 2, (prtos_s32_t)n_lines);
    check("line-detached", RTOS_OK, rtos_irq_detach(5));
    prtos_set_irqpend(1u << 5, 0);
    check("line-quiet", 2, (prtos_s32_t)n_lines);
}

/* Messages between threads of either order of priority: none lost, doubled or out of order. */

#ifndef MESSAGES
#define MESSAGES 20000
#endif

static prtos_s32_t misplaced;

static void receive_all(void *arg)
{
    prtos_u32_t i;
    void *message;

    (void)arg;
    for (i = 0; i < MESSAGES; i++) {
        rtos_queue_receive(&queue, &message, RTOS_FOREVER);
        misplaced += NUMBER_OF(message) != i;
    }
}

static void send_all(void *arg)
{
    prtos_u32_t i;

    (void)arg;
    for (i = 0; i < MESSAGES; i++)
        rtos_queue_send(&queue, AS_POINTER(i), RTOS_FOREVER);
}

static prtos_u32_t sent_by_handler;

static void send_from_handler(prtos_u32_t irq, void *arg)
{
    (void)irq;
    (void)arg;
    if (rtos_queue_send(&queue, AS_POINTER(sent_by_handler), RTOS_POLL) == RTOS_OK)
        sent_by_handler++;
}

static void check_messages(void)
{
    prtos_u32_t raised = 0;

    work(0, receive_all, 0, 8);
    work(1, send_all, 0, 6);
    wait_for(0);
    check("messages-to-high", 0, misplaced);
    work(0, receive_all, 0, 6);
    work(1, send_all, 0, 8);
    wait_for(0);
    check("messages-to-low", 0, misplaced);
    rtos_irq_attach(RTOS_IRQ_EXT(IRQ), send_from_handler, 0);
    work(0, receive_all, 0, 4); /* the queue fills up, then the judge lets it empty */
    while (sent_by_handler < MESSAGES) {
        raise_irq();
        if (++raised % 11 == 0)
            rtos_thread_delay(RTOS_US(20));
    }
    wait_for(0);
    check("messages-from-handler", 0, misplaced);
    check_range("raised", MESSAGES + 1, 2 * MESSAGES, raised);
}

/* A stream through 64 bytes, in pieces of all sizes. */

#ifndef STREAM
#define STREAM 1000000
#endif

static void write_stream(void *arg)
{
    unsigned char piece[61];
    rtos_size_t moved, sent = 0, i;

    (void)arg;
    while (sent < STREAM) {
        for (i = 0; i < sizeof(piece); i++)
            piece[i] = (unsigned char)((sent + i) % 251);
        rtos_ring_write(&ring, piece, 1 + sent % sizeof(piece), RTOS_FOREVER, &moved);
        sent += moved;
    }
}

static void check_ring(void)
{
    static char bytes[64];
    unsigned char piece[47];
    rtos_size_t moved, taken = 0, i;
    prtos_s32_t wrong = 0;

    rtos_ring_init(&ring, bytes, sizeof(bytes), RTOS_BY_PRIORITY);
    work(0, write_stream, 0, 4);
    while (taken < STREAM) {
        rtos_ring_read(&ring, piece, 1 + taken % sizeof(piece), RTOS_FOREVER, &moved);
        for (i = 0; i < moved; i++)
            wrong += piece[i] != (taken + i) % 251;
        taken += moved;
    }
    check("ring", 0, wrong);
    rtos_thread_stop(&workers[0].thread);
}

/* A monitor: three workers fill a counter to which the judge waits. */

static prtos_s32_t counter;

static void count(void *arg)
{
    int i;

    (void)arg;
    for (i = 0; i < 1000; i++) {
        rtos_mutex_lock(&mutex, RTOS_FOREVER);
        if (++counter == 3000)
            rtos_cond_broadcast(&cond);
        rtos_mutex_unlock(&mutex);
        if (i % 3 == 0)
            rtos_thread_yield();
    }
}

static void check_monitor(void)
{
    unsigned i;

    rtos_cond_init(&cond);
    rtos_mutex_lock(&mutex, RTOS_FOREVER);
    for (i = 0; i < 3; i++)
        work(i, count, 0, 3);
    check("cond-timeout", RTOS_TIMED_OUT, rtos_cond_wait(&cond, &mutex, RTOS_US(10)));
    while (counter < 3000)
        rtos_cond_wait(&cond, &mutex, RTOS_FOREVER);
    check("cond", RTOS_OK, rtos_mutex_unlock(&mutex));
    check("counter", 3000, counter);
    for (i = 0; i < 3; i++)
        wait_for(i);
}

/* Registers and flags survive what interrupts: three threads of one priority compute the same. */

static prtos_u32_t sums[3];

static void compute(void *arg)
{
    prtos_u32_t a = 1, b = 2, c = 3, d = 4, i;

    for (i = 0; i < 100000; i++) {
        a = a * 1103515245 + (b >> 3);
        b ^= a + (c << 5);
        c += (d > a) + b;
        d = (d << 7 | d >> 25) ^ c;
    }
    *(prtos_u32_t *)arg = a ^ b ^ c ^ d;
}

static void check_registers(void)
{
    struct rtos_thread_stats stats;
    unsigned i;

    for (i = 0; i < 3; i++) {
        work(i, compute, &sums[i], 3);
        rtos_thread_set_slice(&workers[i].thread, 10000);
    }
    for (i = 0; i < 3; i++)
        wait_for(i);
    compute(&misplaced);
    check_word("sum-0", (prtos_u32_t)misplaced, sums[0]);
    check_word("sum-1", (prtos_u32_t)misplaced, sums[1]);
    check_word("sum-2", (prtos_u32_t)misplaced, sums[2]);
    rtos_thread_get_stats(&workers[0].thread, &stats);
    check_range("switches", 30, 1000, stats.switches);
    misplaced = 0;
}

/* 64 threads at 32 priorities, each once. */

static struct rtos_thread many[64];
static char many_stacks[64][RTOS_STACK_MIN] __attribute__((aligned(8)));
static prtos_u32_t turn, last_priority;

static void take_turn(void *arg)
{
    turn++;
    misplaced += NUMBER_OF(arg) > last_priority;
    last_priority = NUMBER_OF(arg);
}

static void check_many(void)
{
    unsigned i;

    last_priority = 31;
    rtos_sched_lock();
    for (i = 0; i < 64; i++) {
        struct rtos_thread_config config = {
            take_turn, AS_POINTER(i % 32), many_stacks[i], RTOS_STACK_MIN, i % 32, "many"};

        rtos_thread_init(&many[i], &config);
        rtos_thread_start(&many[i]);
    }
    check("locked", 0, (prtos_s32_t)turn);
    rtos_sched_unlock();
    check("unlocked", 2 * (31 - JUDGE), (prtos_s32_t)turn);
    rtos_thread_delay(RTOS_US(200));
    check("all", 64, (prtos_s32_t)turn);
    check("order", 0, misplaced);
}

/* From the first slot on, to the ns. The frame is 10 ms, the slot 6. */
static void check_first_slot(void)
{
    rtos_time_t next, after, left, now;

    rtos_slot_next(&next);
    now = rtos_now();
    rtos_slot_left(&left);
    check_range("gap", 4000000, 4000200, (prtos_u32_t)(next - now - left));
    rtos_thread_delay_until(next + RTOS_US(5));
    rtos_slot_next(&after);
    check("frame", 10000000, (prtos_s32_t)(after - next));
    now = rtos_now();
    rtos_slot_left(&left);
    check_range("end", 5999800, 6000000, (prtos_u32_t)(now + left - next));
}

static void lead(void *arg)
{
    (void)arg;
    check_first_slot();
    rtos_mutex_init(&mutex, RTOS_MUTEX_INHERIT, 0);
    rtos_queue_init(&queue, room, 8, RTOS_BY_PRIORITY);
    check_contexts();
    check_line();
    check_messages();
    check_ring();
    check_monitor();
    check_registers();
    check_many();
    check_fpu();
    check_soak();
    check_time();
    check_faults();
}

void partition_main(void)
{
    struct rtos_thread_config config = {lead, 0, judge.stack, STACK, JUDGE, "judge"};

    check("init", RTOS_OK, rtos_thread_init(&judge.thread, &config));
    check("start", RTOS_OK, rtos_thread_start(&judge.thread));
    rtos_start();
}
