/* SPDX-License-Identifier: Apache-2.0 */
/* Two threads and an interrupt handler fill the same floating point registers: the threads are
 * pushed aside in the middle and give way by calls, and find what they left. */
#include "conform.h"
#include "own.h"

#define ROUNDS 300

static struct rtos_fpu rooms[2], handlers_room;
static prtos_u32_t wrong[2], n_handled;

static void poison(struct rtos_timer *timer, void *arg)
{
    (void)timer;
    (void)arg;
    rtos_fpu_save(&handlers_room);
    fpu_fill(0x5000);
    n_handled++;
    rtos_fpu_load(&handlers_room);
}

static void keep(void *arg)
{
    prtos_u32_t me = NUMBER_OF(arg), seed = 0x100 << me, i;
    volatile prtos_u32_t turns;

    for (i = 0; i < ROUNDS; i++) {
        fpu_fill(seed + i);
        for (turns = 0; turns < 500; turns++)
            ;
        wrong[me] += fpu_wrong(seed + i, 0);
        fpu_fill(seed + i);
        rtos_thread_yield();
        wrong[me] += fpu_wrong(seed + i, 1);
    }
}

void check_fpu(void)
{
    static struct rtos_timer timer;
    struct rtos_thread_stats stats;
    unsigned i;

    for (i = 0; i < 2; i++) {
        work(i, keep, AS_POINTER(i), 3);
        rtos_thread_set_slice(&workers[i].thread, 3000);
        check("use-fpu", RTOS_OK, rtos_thread_use_fpu(&workers[i].thread, &rooms[i]));
    }
    rtos_timer_init(&timer, 0, poison, 0);
    rtos_timer_start(&timer, rtos_now() + RTOS_US(7), 7777);
    for (i = 0; i < 2; i++)
        wait_for(i);
    rtos_timer_delete(&timer);
    check("fpu-0", 0, (prtos_s32_t)wrong[0]);
    check("fpu-1", 0, (prtos_s32_t)wrong[1]);
    rtos_thread_get_stats(&workers[0].thread, &stats);
    check_range("fpu-switches", ROUNDS + 50, 100 * ROUNDS, stats.switches);
    check_range("fpu-handled", 50, 100 * ROUNDS, n_handled);
}
