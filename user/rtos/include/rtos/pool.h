/* SPDX-License-Identifier: Apache-2.0 */
/* Pools of blocks of one size. All answer RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_POOL_H
#define RTOS_POOL_H

#include <rtos/types.h>

struct rtos_pool {
    struct rtos_waitq waitq;
    prtos_u8_t *room;
    void *freed; /* blocks that came back, each pointing to the next */
    rtos_size_t block;
    prtos_u32_t n_blocks, n_used, fresh; /* blocks from `fresh` on were never given out */
};

/* `room` has `n_blocks` of `block` bytes each; both the room and `block` are multiples of the size
 * of a pointer. From threads and before rtos_start(). RTOS_INVALID_PARAM. */
enum rtos_status rtos_pool_init(struct rtos_pool *pool, void *room, rtos_size_t block,
                                prtos_u32_t n_blocks, enum rtos_discipline discipline);

/* A block, its bytes as they are. From anywhere with timeout 0, else from threads.
 * RTOS_INVALID_PARAM: null. RTOS_NOT_AVAILABLE, RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED. */
enum rtos_status rtos_pool_alloc(struct rtos_pool *pool, void **block, rtos_time_t timeout);

/* Gives it back: to the first thread that waits, if any. From anywhere. RTOS_INVALID_PARAM: no
 * block of this pool. RTOS_NO_ACTION: no block of it is out. */
enum rtos_status rtos_pool_free(struct rtos_pool *pool, void *block);

/* Blocks in use. From anywhere. */
enum rtos_status rtos_pool_get(const struct rtos_pool *pool, prtos_u32_t *n_used);

/* From threads and before rtos_start(). */
enum rtos_status rtos_pool_delete(struct rtos_pool *pool);

#endif
