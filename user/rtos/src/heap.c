/* SPDX-License-Identifier: Apache-2.0 */
/* Heaps by two-level segregated fit: free blocks lie in lists by power of two and quarter of it,
 * and two bitmaps find a list whose blocks are all large enough. Neighbours that are free are
 * always joined. Each call looks at no more than two blocks and two words of bits. */
#include <rtos/heap.h>

#include "kernel.h"

#define UNIT 8u
#define BLOCK_MIN 16u /* bytes behind the head: room for the links */
#define SIZE_MAX_HEAP 0x10000000u
#define FREE 1u

struct rtos_heap_block {
    struct rtos_heap_block *before; /* the neighbour at lower addresses, or null */
    rtos_size_t size;               /* behind the head, bit 0: free; 0: the end of the heap */
    struct rtos_heap_block *next, *prev;
};

#define HEAD ((rtos_size_t) __builtin_offsetof(struct rtos_heap_block, next))

static rtos_size_t size_of(const struct rtos_heap_block *block)
{
    return block->size & ~(rtos_size_t)FREE;
}

static struct rtos_heap_block *behind(struct rtos_heap_block *block)
{
    return (struct rtos_heap_block *)(void *)((char *)block + HEAD + size_of(block));
}

/* The list in which a block of this size lies. */
static void list_of(rtos_size_t size, prtos_u32_t *class, prtos_u32_t *part)
{
    prtos_u32_t bit = 31 - (prtos_u32_t)__builtin_clz((prtos_u32_t)size);

    *class = bit - 4;
    *part = (prtos_u32_t)size >> (bit - 2) & 3;
}

static void insert(struct rtos_heap *heap, struct rtos_heap_block *block)
{
    struct rtos_heap_block **list;
    prtos_u32_t class, part;

    list_of(size_of(block), &class, &part);
    list = &heap->free[class][part];
    block->size |= FREE;
    block->next = *list;
    block->prev = (struct rtos_heap_block *)0;
    if (*list)
        (*list)->prev = block;
    *list = block;
    heap->classes |= 1u << class;
    heap->parts[class] |= (prtos_u8_t)(1u << part);
}

static void take(struct rtos_heap *heap, struct rtos_heap_block *block)
{
    prtos_u32_t class, part;

    block->size = size_of(block);
    if (block->next)
        block->next->prev = block->prev;
    if (block->prev) {
        block->prev->next = block->next;
        return;
    }
    list_of(block->size, &class, &part);
    heap->free[class][part] = block->next;
    if (block->next)
        return;
    heap->parts[class] &= (prtos_u8_t) ~(1u << part);
    if (!heap->parts[class])
        heap->classes &= ~(1u << class);
}

/* A block of a list in which all are large enough. */
static struct rtos_heap_block *find(const struct rtos_heap *heap, rtos_size_t size)
{
    prtos_u32_t class, part, map;

    /* The next list up, unless the size is the smallest of its own. */
    size += (1u << (29 - (prtos_u32_t)__builtin_clz((prtos_u32_t)size))) - 1;
    list_of(size, &class, &part);
    if (class >= RTOS_HEAP_CLASSES)
        return (struct rtos_heap_block *)0;
    map = (prtos_u32_t)heap->parts[class] >> part << part;
    if (!map) {
        map = heap->classes & ~((2u << class) - 1);
        if (!map)
            return (struct rtos_heap_block *)0;
        class = (prtos_u32_t)__builtin_ctz(map);
        map = heap->parts[class];
    }
    return heap->free[class][__builtin_ctz(map)];
}

enum rtos_status rtos_heap_init(struct rtos_heap *heap, void *room, rtos_size_t size,
                                const char *name)
{
    struct rtos_heap_block *first, *end;
    rtos_size_t shift;

    CHECK(heap && IS_ALIGNED(heap) && room && size >= 128 && size <= SIZE_MAX_HEAP,
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    __builtin_memset(heap, 0, sizeof(*heap));
    /* Blocks lie at multiples of 8 behind their heads. */
    shift = -(__UINTPTR_TYPE__)room % UNIT;
    first = (struct rtos_heap_block *)(void *)((char *)room + shift);
    heap->size = (size - shift - HEAD) / UNIT * UNIT;
    first->before = (struct rtos_heap_block *)0;
    first->size = heap->size - HEAD;
    end = behind(first);
    end->before = first;
    end->size = 0;
    insert(heap, first);
    heap->room = (char *)first;
    heap->name = name;
    heap->type = TYPE_OWN(TYPE_HEAP);
    return RTOS_OK;
}

/* The scheduler stays locked, interrupts go on. Not nesting deeper than the count can hold. */
static void heap_enter(void)
{
    prtos_u32_t key = port_lock();

    rtos_kernel.nesting += NESTING_LOCK;
    port_unlock(key);
}

static void heap_leave(void)
{
    prtos_u32_t key = port_lock();

    rtos_kernel.nesting -= NESTING_LOCK;
    kernel_leave(key);
}

static void *cut(struct rtos_heap *heap, struct rtos_heap_block *block, rtos_size_t size)
{
    rtos_size_t rest = block->size - size;

    if (rest >= HEAD + BLOCK_MIN) {
        struct rtos_heap_block *left;

        block->size = size;
        left = behind(block);
        left->before = block;
        left->size = rest - HEAD;
        behind(left)->before = left;
        insert(heap, left);
    }
    heap->used += block->size + HEAD;
    if (heap->used > heap->peak)
        heap->peak = heap->used;
    heap->n_blocks++;
    return (char *)block + HEAD;
}

enum rtos_status rtos_heap_alloc(struct rtos_heap *heap, rtos_size_t size, void **block)
{
    struct rtos_heap_block *found = (struct rtos_heap_block *)0;

    CHECK_OBJECT(heap, TYPE_HEAP);
    CHECK(size && block, RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    heap_enter();
    if (size <= SIZE_MAX_HEAP) {
        size = size < BLOCK_MIN ? BLOCK_MIN : (size + UNIT - 1) / UNIT * UNIT;
        found = find(heap, size);
    }
    if (found) {
        take(heap, found);
        *block = cut(heap, found, size);
    } else {
        heap->n_failed++;
    }
    heap_leave();
    return found ? RTOS_OK : RTOS_NOT_AVAILABLE;
}

/* Whether it looks like a block in use: within the heap, and the neighbour agrees with its head. */
static int is_block(const struct rtos_heap *heap, struct rtos_heap_block *block)
{
    rtos_size_t place = (rtos_size_t)((char *)block - heap->room);

    return place < heap->size && block->size && !(block->size % UNIT) &&
           block->size <= heap->size - place - HEAD && behind(block)->before == block;
}

enum rtos_status rtos_heap_free(struct rtos_heap *heap, void *pointer)
{
    struct rtos_heap_block *block, *neighbour;

    CHECK_OBJECT(heap, TYPE_HEAP);
    CHECK(pointer && !((__UINTPTR_TYPE__)pointer % UNIT), RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    block = (struct rtos_heap_block *)(void *)((char *)pointer - HEAD);
    CHECK(is_block(heap, block), RTOS_INVALID_PARAM);
    heap_enter();
    heap->used -= block->size + HEAD;
    heap->n_blocks--;
    neighbour = behind(block);
    if (neighbour->size & FREE) {
        take(heap, neighbour);
        block->size += neighbour->size + HEAD;
    }
    neighbour = block->before;
    if (neighbour && neighbour->size & FREE) {
        take(heap, neighbour);
        neighbour->size += block->size + HEAD;
        block = neighbour;
    }
    behind(block)->before = block;
    insert(heap, block);
    heap_leave();
    return RTOS_OK;
}

enum rtos_status rtos_heap_get_stats(const struct rtos_heap *heap, struct rtos_heap_stats *stats)
{
    CHECK_OBJECT(heap, TYPE_HEAP);
    CHECK(stats, RTOS_INVALID_PARAM);
    heap_enter();
    stats->name = heap->name;
    stats->size = heap->size;
    stats->used = heap->used;
    stats->peak = heap->peak;
    stats->n_blocks = heap->n_blocks;
    stats->n_failed = heap->n_failed;
    stats->largest = 0;
    if (heap->classes) {
        prtos_u32_t class = 31 - (prtos_u32_t)__builtin_clz(heap->classes);
        prtos_u32_t part = 31 - (prtos_u32_t)__builtin_clz(heap->parts[class]);

        /* Every block of that list has at least this. */
        stats->largest = (rtos_size_t)((4u + part) << (class + 2));
    }
    heap_leave();
    return RTOS_OK;
}
