/* SPDX-License-Identifier: Apache-2.0 */
/* Three threads on each of both vCPUs use two objects of each kind, one of each vCPU, by chance and
 * with waits that end in time: the sums agree in the end. */
#include "vcpus.h"

#define THREADS 3
#ifndef ROUNDS
#define ROUNDS 200
#endif
#define TIMEOUT RTOS_US(1 + chance(me, 900))

static struct {
    struct rtos_sem sem, begin;
    struct rtos_queue queue;
    struct rtos_pool pool;
    void *room[3], *blocks[2][2];
} sets[2];
static struct worker workers[2 * THREADS];
static struct rtos_sem ended;
static prtos_u32_t seeds[2 * THREADS];
static volatile prtos_u32_t given[2 * THREADS], taken[2 * THREADS], sent[2 * THREADS];
static volatile prtos_u32_t received[2 * THREADS], unexpected, collisions, done;

static prtos_u32_t chance(prtos_u32_t me, prtos_u32_t below)
{
    seeds[me] = seeds[me] * 1664525 + 1013904223;
    return (seeds[me] >> 8) % below;
}

static int ended_well(int status)
{
    if (status != RTOS_OK && status != RTOS_TIMED_OUT && status != RTOS_LIMIT)
        unexpected = (prtos_u32_t)status;
    return status == RTOS_OK;
}

static void act(prtos_u32_t me, prtos_u32_t which)
{
    void *message, *block;

    switch (chance(me, 5)) {
    case 0:
        given[me] += ended_well(rtos_sem_give(&sets[which].sem));
        break;
    case 1:
        taken[me] += ended_well(rtos_sem_take(&sets[which].sem, TIMEOUT));
        break;
    case 2:
        message = AS_POINTER(1 + chance(me, 1000));
        if (ended_well(rtos_queue_send(&sets[which].queue, message, TIMEOUT)))
            sent[me] += NUMBER_OF(message);
        break;
    case 3:
        if (ended_well(rtos_queue_receive(&sets[which].queue, &message, TIMEOUT)))
            received[me] += NUMBER_OF(message);
        break;
    default:
        if (!ended_well(rtos_pool_alloc(&sets[which].pool, &block, TIMEOUT)))
            break;
        *(volatile prtos_u32_t *)block = me;
        rtos_thread_delay(RTOS_US(chance(me, 50)));
        collisions += *(volatile prtos_u32_t *)block != me;
        ended_well(rtos_pool_free(&sets[which].pool, block));
    }
}

static void live(void *arg)
{
    prtos_u32_t me = NUMBER_OF(arg), i;

    rtos_sem_take(&sets[PRTOS_VCPU_SELF].begin, RTOS_FOREVER);
    for (i = 0; i < ROUNDS; i++)
        act(me, chance(me, 2));
    rtos_sem_give(&ended);
}

void soak_start(void)
{
    prtos_u32_t own = PRTOS_VCPU_SELF, i;

    if (own == 0)
        rtos_sem_init(&ended, 0, 2 * THREADS, RTOS_BY_PRIORITY);
    rtos_sem_init(&sets[own].sem, 0, 20, RTOS_BY_PRIORITY);
    rtos_sem_init(&sets[own].begin, 0, THREADS, RTOS_BY_PRIORITY);
    rtos_queue_init(&sets[own].queue, sets[own].room, 3, RTOS_BY_ARRIVAL);
    rtos_pool_init(&sets[own].pool, sets[own].blocks, sizeof(sets[own].blocks[0]), 2,
                   RTOS_BY_PRIORITY);
    for (i = own * THREADS; i < (own + 1) * THREADS; i++) {
        seeds[i] = i + 1;
        work(&workers[i], live, AS_POINTER(i), 1 + i % 3);
    }
}

static prtos_u32_t sum(const volatile prtos_u32_t *parts)
{
    prtos_u32_t total = 0, i;

    for (i = 0; i < 2 * THREADS; i++)
        total += parts[i];
    return total;
}

void soak_check(void)
{
    prtos_u32_t i, count, left = 0, counts = 0, used, all_used = 0;
    void *message;

    for (i = 0; i < 2 * THREADS; i++)
        rtos_sem_give(&sets[i % 2].begin);
    for (i = 0; i < 2 * THREADS; i++)
        rtos_sem_take(&ended, RTOS_FOREVER);
    for (i = 0; i < 2; i++) {
        rtos_sem_get(&sets[i].sem, &count, 0);
        counts += count;
        while (rtos_queue_receive(&sets[i].queue, &message, RTOS_POLL) == RTOS_OK)
            left += NUMBER_OF(message);
        rtos_pool_get(&sets[i].pool, &used);
        all_used += used;
    }
    check("soak-unexpected", 0, (prtos_s32_t)unexpected);
    check("soak-collisions", 0, (prtos_s32_t)collisions);
    check("soak-sem", (prtos_s32_t)(sum(given) - sum(taken)), (prtos_s32_t)counts);
    check("soak-queue", (prtos_s32_t)(sum(sent) - sum(received)), (prtos_s32_t)left);
    check("soak-pool", 0, (prtos_s32_t)all_used);
    check_range("soak-taken", ROUNDS / 20, 2 * THREADS * ROUNDS, sum(taken));
}
