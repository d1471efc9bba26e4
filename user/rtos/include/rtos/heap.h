/* SPDX-License-Identifier: Apache-2.0 */
/* Heaps: blocks of any size in bounded time (two-level segregated fit). A heap takes no lock: its
 * calls keep the scheduler locked meanwhile. Threads only, and before rtos_start(). All answer
 * RTOS_INVALID_OBJECT for what is none. */
#ifndef RTOS_HEAP_H
#define RTOS_HEAP_H

#include <rtos/types.h>

#define RTOS_HEAP_CLASSES 25 /* powers of two, from 16 bytes up */
#define RTOS_HEAP_PARTS 4    /* of each class */

struct rtos_heap_block;

struct rtos_heap {
    prtos_u32_t type;
    const char *name;
    char *room;
    prtos_u32_t classes;
    prtos_u8_t parts[RTOS_HEAP_CLASSES];
    struct rtos_heap_block *free[RTOS_HEAP_CLASSES][RTOS_HEAP_PARTS];
    rtos_size_t size, used, peak;
    prtos_u32_t n_blocks, n_failed;
};

struct rtos_heap_stats {
    const char *name;
    rtos_size_t size;    /* bytes that can be given out, heads of blocks included */
    rtos_size_t used;    /* of them in use */
    rtos_size_t peak;    /* the most that ever were */
    rtos_size_t largest; /* a request that succeeds now for certain */
    prtos_u32_t n_blocks;
    prtos_u32_t n_failed; /* requests that found nothing */
};

/* Uses `size` bytes of `room`, 128 at least, 256 MB at most. `name` may be null. */
enum rtos_status rtos_heap_init(struct rtos_heap *heap, void *room, rtos_size_t size,
                                const char *name);

/* A block of `size` bytes at least, aligned to 8. RTOS_INVALID_PARAM: null, size 0.
 * RTOS_NOT_AVAILABLE: nothing is large enough. */
enum rtos_status rtos_heap_alloc(struct rtos_heap *heap, rtos_size_t size, void **block);

/* RTOS_INVALID_PARAM: no block of this heap that is in use. */
enum rtos_status rtos_heap_free(struct rtos_heap *heap, void *block);

enum rtos_status rtos_heap_get_stats(const struct rtos_heap *heap, struct rtos_heap_stats *stats);

#endif
