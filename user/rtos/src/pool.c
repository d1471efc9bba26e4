/* SPDX-License-Identifier: Apache-2.0 */
/* Pools of blocks. Blocks that were never given out are counted, not linked, so making a pool costs
 * the same whatever its size. A waiting thread's place for its block is in its `place`. */
#include <rtos/pool.h>

#include "kernel.h"

enum rtos_status rtos_pool_init(struct rtos_pool *pool, void *room, rtos_size_t block,
                                prtos_u32_t n_blocks, enum rtos_discipline discipline)
{
    CHECK(pool && IS_ALIGNED(pool) && room && block && n_blocks &&
              !((__UINTPTR_TYPE__)room % sizeof(void *)) && !(block % sizeof(void *)) &&
              n_blocks <= 0x7fffffffu / block && discipline <= RTOS_BY_ARRIVAL,
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    __builtin_memset(pool, 0, sizeof(*pool));
    pool->room = room;
    pool->block = block;
    pool->n_blocks = n_blocks;
    pool->waitq.type = TYPE_OWN(TYPE_POOL) | (prtos_u32_t)discipline;
    return RTOS_OK;
}

enum rtos_status rtos_pool_alloc(struct rtos_pool *pool, void **block, rtos_time_t timeout)
{
    prtos_u32_t key;
    void *found;

    CHECK_QUEUED(pool, TYPE_POOL);
    CHECK(block, RTOS_INVALID_PARAM);
    key = port_lock();
    found = pool->freed;
    if (found) {
        pool->freed = *(void **)found;
    } else if (pool->fresh < pool->n_blocks) {
        found = pool->room + pool->fresh * pool->block;
        pool->fresh++;
    } else {
        if (wait_refused(timeout, key) == RTOS_OK)
            rtos_kernel.current->place = block;
        return rtos_wait(&pool->waitq, timeout, key);
    }
    pool->n_used++;
    port_unlock(key);
    *block = found;
    return RTOS_OK;
}

static int is_block(const struct rtos_pool *pool, const void *block)
{
    rtos_size_t offset = (rtos_size_t)((const prtos_u8_t *)block - pool->room);

    return offset < pool->fresh * pool->block && !(offset % pool->block);
}

enum rtos_status rtos_pool_free(struct rtos_pool *pool, void *block)
{
    prtos_u32_t key;

    CHECK_QUEUED(pool, TYPE_POOL);
    CHECK(is_block(pool, block), RTOS_INVALID_PARAM);
    key = port_lock();
    if (!pool->n_used) {
        return port_unlock_with(key, RTOS_NO_ACTION);
    }
    if (pool->waitq.first) {
        struct rtos_thread *thread = waitq_take(&pool->waitq);

        *(void **)thread->place = block;
        thread_wake(thread, RTOS_OK);
        return kernel_leave_with(key, RTOS_OK);
    }
    *(void **)block = pool->freed;
    pool->freed = block;
    pool->n_used--;
    return port_unlock_with(key, RTOS_OK);
}

enum rtos_status rtos_pool_get(const struct rtos_pool *pool, prtos_u32_t *n_used)
{
    CHECK_QUEUED(pool, TYPE_POOL);
    CHECK(n_used, RTOS_INVALID_PARAM);
    *n_used = *(const volatile prtos_u32_t *)&pool->n_used;
    return RTOS_OK;
}

enum rtos_status rtos_pool_delete(struct rtos_pool *pool)
{
    return rtos_object_delete(pool, TYPE_POOL);
}
