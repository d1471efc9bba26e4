/* SPDX-License-Identifier: Apache-2.0 */
/* Costs of the kernel's calls. Where a call switches, the time is from the call of one thread to
 * the return of the other one's. Nobody else runs meanwhile: there are 30 threads more that
 * wait. */
#include "../common/bench.h"
#include <irqs.h>
#include <rtos.h>

enum {
    EMPTY,
    YIELD,
    SEM_GIVE,
    SEM_TAKE,
    SEM_TAKE_SWITCH,
    SEM_GIVE_SWITCH,
    MUTEX_LOCK,
    MUTEX_UNLOCK,
    MUTEX_LOCK_SWITCH,
    MUTEX_UNLOCK_SWITCH,
    QUEUE_SEND,
    QUEUE_RECEIVE,
    QUEUE_SEND_SWITCH,
    QUEUE_RECEIVE_SWITCH,
    EVENT_SET,
    POOL_ALLOC,
    POOL_FREE,
    HEAP_ALLOC,
    HEAP_FREE,
    LOCK,
    UNLOCK,
    TIMER_START,
    NOW,
    DELIVERY,
    DELIVERY_END,
    IRQ_THREAD,
    FAILED,
    SERIES
};

struct bench_series bench_table[SERIES];

#define ROUNDS 200
#define LOW 5
#define HIGH 10
#define IDLERS 30
#define STACK 2048
#define IRQ PRTOS_VT_EXT_IPVI0

static const char *const names[] = {"empty",
                                    "yield switch",
                                    "sem give",
                                    "sem take",
                                    "sem take switch",
                                    "sem give switch",
                                    "mutex lock",
                                    "mutex unlock",
                                    "mutex lock switch",
                                    "mutex unlock switch",
                                    "queue send",
                                    "queue receive",
                                    "queue send switch",
                                    "queue receive switch",
                                    "event set",
                                    "pool alloc",
                                    "pool free",
                                    "heap alloc",
                                    "heap free",
                                    "sched lock",
                                    "sched unlock",
                                    "timer start",
                                    "now",
                                    "delivery",
                                    "delivery end",
                                    "irq thread",
                                    "failed"};

static struct rtos_thread low, high, idlers[IDLERS];
static char stacks[2 + IDLERS][STACK] __attribute__((aligned(8)));
static struct rtos_sem sem, wake, never;
static struct rtos_mutex mutex;
static struct rtos_queue queue;
static struct rtos_event event;
static struct rtos_pool pool;
static struct rtos_heap heap;
static struct rtos_timer timer;
static void *queue_room[4];
static prtos_u32_t pool_room[8][4], heap_room[1024], empty;
static volatile prtos_u32_t stamp;

static void expect(int found, int expected)
{
    if (found != expected)
        bench_add(FAILED, (prtos_u32_t)found);
}

static void begin(void)
{
    stamp = bench_count();
}

static void end(prtos_u32_t series)
{
    bench_add(series, bench_count() - stamp - empty);
}

static void make(struct rtos_thread *thread, unsigned index, void (*entry)(void *),
                 unsigned priority)
{
    struct rtos_thread_config config = {entry, 0, stacks[index], STACK, priority, "bench"};

    expect(rtos_thread_init(thread, &config), RTOS_OK);
    expect(rtos_thread_start(thread), RTOS_OK);
}

/* One call, its time and its answer. */
#define CALL(series, call)                                                                         \
    do {                                                                                           \
        int status_;                                                                               \
        BENCH_TIME(series, empty, status_ = (int)(call));                                          \
        expect(status_, RTOS_OK);                                                                  \
    } while (0)

/* Calls that switch to nobody. */
static __attribute__((noinline)) void alone(void)
{
    void *found = 0, *block = 0;

    CALL(SEM_GIVE, rtos_sem_give(&sem));
    CALL(SEM_TAKE, rtos_sem_take(&sem, RTOS_FOREVER));
    CALL(MUTEX_LOCK, rtos_mutex_lock(&mutex, RTOS_FOREVER));
    CALL(MUTEX_UNLOCK, rtos_mutex_unlock(&mutex));
    CALL(QUEUE_SEND, rtos_queue_send(&queue, &sem, RTOS_FOREVER));
    CALL(QUEUE_RECEIVE, rtos_queue_receive(&queue, &found, RTOS_FOREVER));
    expect(found == &sem, 1);
    CALL(EVENT_SET, rtos_event_set(&event, 1));
    CALL(POOL_ALLOC, rtos_pool_alloc(&pool, &block, RTOS_POLL));
    CALL(POOL_FREE, rtos_pool_free(&pool, block));
    CALL(HEAP_ALLOC, rtos_heap_alloc(&heap, 100, &block));
    CALL(HEAP_FREE, rtos_heap_free(&heap, block));
    CALL(LOCK, rtos_sched_lock());
    CALL(UNLOCK, rtos_sched_unlock());
    CALL(TIMER_START, rtos_timer_start(&timer, RTOS_NEVER, 0));
    BENCH_TIME(NOW, empty, rtos_now());
}

/* The high one. Each call that waits begins a time that the low one ends, and the other way
 * round. */
static void high_entry(void *arg)
{
    void *found;
    unsigned i;

    (void)arg;
    for (i = 0; i < ROUNDS; i++) {
        expect(rtos_sem_take(&wake, RTOS_FOREVER), RTOS_OK);
        end(SEM_GIVE_SWITCH);
        begin();
        rtos_mutex_lock(&mutex, RTOS_FOREVER);
        end(MUTEX_UNLOCK_SWITCH);
        rtos_mutex_unlock(&mutex);
        begin();
        rtos_queue_receive(&queue, &found, RTOS_FOREVER);
        end(QUEUE_SEND_SWITCH);
        expect(found == &sem, 1);
        begin();
        rtos_sem_take(&wake, RTOS_FOREVER);
        end(IRQ_THREAD);
    }
}

static void raise(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    end(DELIVERY);
    begin();
    bench_irq_end();
    end(DELIVERY_END);
}

static void on_irq(prtos_u32_t irq, void *arg)
{
    (void)irq;
    (void)arg;
    rtos_sem_give(&wake);
}

static void switches(void)
{
    unsigned i;

    for (i = 0; i < ROUNDS; i++) {
        alone();
        rtos_mutex_lock(&mutex, RTOS_FOREVER);
        begin();
        rtos_sem_give(&wake);
        end(MUTEX_LOCK_SWITCH);
        begin();
        rtos_mutex_unlock(&mutex);
        end(QUEUE_RECEIVE_SWITCH);
        begin();
        rtos_queue_send(&queue, &sem, RTOS_FOREVER);
        end(SEM_TAKE_SWITCH);
        begin();
        prtos_set_irqpend(0, 1u << IRQ);
    }
}

static void yielder(void *arg)
{
    unsigned i;

    (void)arg;
    for (i = 0; i < ROUNDS; i++) {
        begin();
        rtos_thread_yield();
        end(YIELD);
    }
}

static void on_timer(struct rtos_timer *which, void *arg)
{
    (void)which;
    (void)arg;
}

static void wait_for_ever(void *arg)
{
    (void)arg;
    rtos_sem_take(&never, RTOS_FOREVER);
}

static void low_entry(void *arg)
{
    trap_handler_t before;
    unsigned i;

    (void)arg;
    for (i = 0; i < ROUNDS; i++)
        BENCH_TIME(EMPTY, 0, );
    empty = (prtos_u32_t)bench_table[EMPTY].sample[ROUNDS - 1];
    for (i = 0; i < IDLERS; i++)
        make(&idlers[i], 2 + i, wait_for_ever, LOW + 1 + i % 26);
    rtos_irq_attach(RTOS_IRQ_EXT(IRQ), on_irq, 0);
    before = part_trap_handlers_table[BAIL_PRTOSEXT_TRAP(IRQ)];
    install_trap_handler(BAIL_PRTOSEXT_TRAP(IRQ), raise);
    for (i = 0; i < ROUNDS; i++) {
        begin();
        prtos_set_irqpend(0, 1u << IRQ);
    }
    install_trap_handler(BAIL_PRTOSEXT_TRAP(IRQ), before);
    make(&high, 1, high_entry, HIGH);
    switches();
    make(&high, 1, yielder, LOW);
    yielder(0);
    if (PRTOS_PARTITION_SELF == 1)
        prtos_halt_system();
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}

void partition_main(void)
{
    unsigned i;

    for (i = 0; i < SERIES; i++)
        bench_name(i, names[i]);
    expect(rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY), RTOS_OK);
    rtos_sem_init(&wake, 0, 1, RTOS_BY_PRIORITY);
    rtos_sem_init(&never, 0, 1, RTOS_BY_PRIORITY);
    rtos_mutex_init(&mutex, RTOS_MUTEX_INHERIT, 0);
    rtos_queue_init(&queue, queue_room, 4, RTOS_BY_PRIORITY);
    rtos_event_init(&event, 0, RTOS_BY_PRIORITY);
    rtos_pool_init(&pool, pool_room, sizeof(pool_room[0]), 8, RTOS_BY_PRIORITY);
    rtos_heap_init(&heap, heap_room, sizeof(heap_room), "bench");
    rtos_timer_init(&timer, 0, on_timer, 0);
    make(&low, 0, low_entry, LOW);
    rtos_start();
}
