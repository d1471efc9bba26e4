/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks, time stamps, stopwatches. */
#include <rtos/time.h>

#include "kernel.h"

rtos_time_t rtos_now(void)
{
    return port_now();
}

rtos_time_t rtos_executed(void)
{
    return port_executed();
}

prtos_u64_t rtos_stamp(void)
{
    return port_stamp();
}

prtos_u64_t rtos_stamp_rate(void)
{
    return port_stamp_rate();
}

enum rtos_status rtos_stopwatch_init(struct rtos_stopwatch *watch)
{
    CHECK(watch, RTOS_INVALID_PARAM);
    __builtin_memset(watch, 0, sizeof(*watch));
    watch->shortest = ~(prtos_u64_t)0;
    return RTOS_OK;
}

enum rtos_status rtos_stopwatch_start(struct rtos_stopwatch *watch)
{
    CHECK(watch, RTOS_INVALID_PARAM);
    if (watch->running)
        return RTOS_NO_ACTION;
    watch->running = 1;
    watch->began = port_stamp();
    return RTOS_OK;
}

static prtos_u64_t end_lap(struct rtos_stopwatch *watch)
{
    prtos_u64_t now = port_stamp(), lap = now - watch->began;

    watch->began = now;
    watch->total += lap;
    watch->laps++;
    if (lap < watch->shortest)
        watch->shortest = lap;
    if (lap > watch->longest)
        watch->longest = lap;
    return lap;
}

enum rtos_status rtos_stopwatch_lap(struct rtos_stopwatch *watch, prtos_u64_t *lap)
{
    prtos_u64_t counts;

    CHECK(watch, RTOS_INVALID_PARAM);
    if (!watch->running)
        return RTOS_NO_ACTION;
    counts = end_lap(watch);
    if (lap)
        *lap = counts;
    return RTOS_OK;
}

enum rtos_status rtos_stopwatch_stop(struct rtos_stopwatch *watch)
{
    CHECK(watch, RTOS_INVALID_PARAM);
    if (!watch->running)
        return RTOS_NO_ACTION;
    end_lap(watch);
    watch->running = 0;
    return RTOS_OK;
}
