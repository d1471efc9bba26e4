/* SPDX-License-Identifier: Apache-2.0 */
/* Time: expiries to the us, slots, shares of the processor, timer threads, an idle partition.
 * The slot is 6 ms of each 10. All bounds are counts of instructions, one is 1 ns. */
#include "conform.h"

#define LATE 2500 /* the hypervisor's timer counts in us; then its delivery, then the switch */

/* How late a wait until `moment` ends. */
static prtos_u32_t lateness(rtos_time_t moment)
{
    rtos_thread_delay_until(moment);
    return (prtos_u32_t)(rtos_now() - moment);
}

static void check_expiry(void)
{
    rtos_time_t start;
    struct rtos_sem sem;
    prtos_u32_t i, worst = 0;
    int status;

    /* Text that is still drained makes an idle processor slow to wake. */
    for (i = 0; i < 20; i++)
        in_fresh_slot();
    for (i = 0; i < 100; i++) {
        prtos_u32_t late = lateness(rtos_now() + 3000 + 137 * i);

        if (late > worst)
            worst = late;
    }
    rtos_sem_init(&sem, 0, 1, RTOS_BY_PRIORITY);
    start = rtos_now();
    status = rtos_sem_take(&sem, RTOS_US(100));
    start = rtos_now() - start;
    check_range("late", 100, LATE, worst);
    check("timed-out", RTOS_TIMED_OUT, status);
    check_range("timeout", 100000, 100000 + LATE, (prtos_u32_t)start);
}

/* Due while the partition does not run: all at the start of the next slot, the earliest first. */

static rtos_time_t woke[3], slot_start;
static prtos_u32_t order;

static void sleep_in_gap(void *arg)
{
    prtos_u32_t me = NUMBER_OF(arg);

    rtos_thread_delay_until(slot_start + RTOS_MS(9) - me * RTOS_US(100));
    woke[me] = rtos_now();
    order = order * 10 + me;
}

static void check_gap(void)
{
    rtos_time_t left, next;
    prtos_u32_t i;

    slot_start = in_fresh_slot();
    rtos_slot_left(&left);
    check_range("left", 5990000, 5995000, (prtos_u32_t)left);
    rtos_slot_next(&next);
    check("next", 10000000, (prtos_s32_t)(next - slot_start));
    for (i = 0; i < 3; i++)
        work(i, sleep_in_gap, AS_POINTER(i), 8);
    for (i = 0; i < 3; i++)
        wait_for(i);
    check("gap-order", 210, (prtos_s32_t)order);
    check_range("gap-first", 0, 4000, (prtos_u32_t)(woke[2] - next));
    check_range("gap-last", 0, 6000, (prtos_u32_t)(woke[0] - next));
}

/* Three equals share 1000 slices of execution within one slice; a fourth has a longer one. */

static volatile prtos_u32_t stop;

static void spin(void *arg)
{
    (void)arg;
    while (!stop)
        ;
}

static void check_shares(void)
{
    struct rtos_thread_stats stats;
    rtos_time_t before = rtos_executed(), wall = rtos_now();
    prtos_u32_t i;

    stop = 0;
    for (i = 0; i < 3; i++) {
        work(i, spin, 0, 4);
        rtos_thread_set_slice(&workers[i].thread, 20000);
    }
    rtos_thread_delay(RTOS_MS(33));
    stop = 1;
    before = rtos_executed() - before;
    check_range("wall", 33000000, 38000000, (prtos_u32_t)(rtos_now() - wall));
    for (i = 0; i < 3; i++) {
        rtos_thread_get_stats(&workers[i].thread, &stats);
        /* A third each, within a slice and the kernel's own part. */
        check_range("share", (prtos_u32_t)before / 3 - 100000, (prtos_u32_t)before / 3 + 30000,
                    (prtos_u32_t)stats.executed);
        check_range("stack-used", 100, STACK / 2, stats.stack_used);
        wait_for(i);
    }
}

/* A callback that waits in one timer thread delays none of the other's. */

static struct rtos_timer_thread servers[2];
static char server_stacks[2][STACK] __attribute__((aligned(8)));
static struct rtos_timer slow, fast, tick;
static prtos_u32_t n_fast, n_tick, worst_fast;
static rtos_time_t due_fast;

static void on_slow(struct rtos_timer *timer, void *arg)
{
    (void)timer;
    (void)arg;
    rtos_thread_delay(RTOS_MS(2));
}

static void on_fast(struct rtos_timer *timer, void *arg)
{
    prtos_u32_t late = (prtos_u32_t)(rtos_now() - due_fast);

    (void)timer;
    (void)arg;
    if (late > worst_fast)
        worst_fast = late;
    due_fast += RTOS_US(100);
    n_fast++;
}

static void on_tick(struct rtos_timer *timer, void *arg)
{
    (void)timer;
    (void)arg;
    n_tick++;
}

static void check_timers(void)
{
    rtos_time_t start;
    prtos_u32_t i;

    for (i = 0; i < 2; i++) {
        struct rtos_thread_config config = {0, 0, server_stacks[i], STACK, 9, "timers"};

        config.entry = (void (*)(void *))check_timers; /* replaced */
        check("server", RTOS_OK, rtos_timer_thread_init(&servers[i], &config));
    }
    rtos_timer_init(&slow, &servers[0], on_slow, 0);
    rtos_timer_init(&fast, &servers[1], on_fast, 0);
    rtos_timer_init(&tick, 0, on_tick, 0);
    start = in_fresh_slot();
    due_fast = start + RTOS_US(200);
    rtos_timer_start(&slow, start + RTOS_US(150), RTOS_US(500));
    rtos_timer_start(&fast, due_fast, RTOS_US(100));
    rtos_timer_start(&tick, start + RTOS_US(250), RTOS_US(100));
    rtos_thread_delay_until(start + RTOS_MS(5));
    rtos_timer_stop(&slow);
    rtos_timer_stop(&fast);
    rtos_timer_stop(&tick);
    check_range("fast", 48, 49, n_fast);
    check_range("fast-late", 0, 5000, worst_fast);
    check_range("tick", 47, 48, n_tick);
}

/* With nothing to do in the slot the partition executes (nearly) nothing. */
static void check_idle(void)
{
    rtos_time_t start = in_fresh_slot(), executed = rtos_executed();

    rtos_thread_delay_until(start + RTOS_MS(100) + RTOS_US(5));
    executed = rtos_executed() - executed;
    check_range("idle", 1000, 40000, (prtos_u32_t)executed);
}

/* Over slots and back from sleep time never goes back, nor does a stopwatch lose any. */
static void check_monotonic(void)
{
    rtos_time_t start, last, now;
    struct rtos_stopwatch watch;
    prtos_u32_t backwards = 0;
    prtos_u64_t lap;

    rtos_stopwatch_init(&watch);
    rtos_stopwatch_start(&watch);
    start = last = rtos_now();
    do {
        now = rtos_now();
        backwards += now < last;
        last = now;
        if ((prtos_u32_t)now % 4096 < 100)
            rtos_thread_delay(RTOS_US(50));
    } while (now < start + RTOS_MS(25));
    rtos_stopwatch_lap(&watch, &lap);
    check("backwards", 0, (prtos_s32_t)backwards);
    check_range("lap", 25000000, 29100000, (prtos_u32_t)(lap * 1000000000 / rtos_stamp_rate()));
}

void check_time(void)
{
    check_monotonic();
    check_expiry();
    check_gap();
    check_shares();
    check_timers();
    check_idle();
}
