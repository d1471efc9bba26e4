/* SPDX-License-Identifier: Apache-2.0 */
/* Rings of bytes. As in queues nobody waits on both sides at once, and who ends a wait moves the
 * bytes: `value` is the waiting thread's buffer, `amount` its size, `place` where the count
 * goes. */
#include <rtos/ring.h>

#include "kernel.h"

enum rtos_status rtos_ring_init(struct rtos_ring *ring, void *room, rtos_size_t size,
                                enum rtos_discipline discipline)
{
    CHECK(ring && IS_ALIGNED(ring) && room && size && discipline <= RTOS_BY_ARRIVAL,
          RTOS_INVALID_PARAM);
    CHECK_NOT_IRQ();
    ring->waitq.first = (struct rtos_thread *)0;
    ring->room = room;
    ring->size = size;
    ring->head = ring->used = 0;
    ring->waitq.type = TYPE_OWN(TYPE_RING) | (prtos_u32_t)discipline;
    return RTOS_OK;
}

static rtos_size_t least(rtos_size_t a, rtos_size_t b)
{
    return a < b ? a : b;
}

static void copy(prtos_u8_t *to, const prtos_u8_t *from, rtos_size_t size)
{
    while (size--)
        *to++ = *from++;
}

/* A piece at most; how much it was. */
static rtos_size_t put(struct rtos_ring *ring, const prtos_u8_t *bytes, rtos_size_t size)
{
    rtos_size_t amount = least(least(size, ring->size - ring->used), RTOS_RING_PIECE);
    rtos_size_t tail = ring->head + ring->used, first;

    if (tail >= ring->size)
        tail -= ring->size;
    first = least(amount, ring->size - tail);
    copy(ring->room + tail, bytes, first);
    copy(ring->room, bytes + first, amount - first);
    ring->used += amount;
    return amount;
}

static rtos_size_t take(struct rtos_ring *ring, prtos_u8_t *bytes, rtos_size_t size)
{
    rtos_size_t amount = least(least(size, ring->used), RTOS_RING_PIECE);
    rtos_size_t first = least(amount, ring->size - ring->head);

    copy(bytes, ring->room + ring->head, first);
    copy(bytes + first, ring->room, amount - first);
    ring->head += amount;
    if (ring->head >= ring->size)
        ring->head -= ring->size;
    ring->used -= amount;
    return amount;
}

static enum rtos_status ring_wait(struct rtos_ring *ring, void *bytes, rtos_size_t size,
                                  rtos_time_t timeout, rtos_size_t *moved, prtos_u32_t key)
{
    *moved = 0;
    if (wait_refused(timeout, key) == RTOS_OK) {
        struct rtos_thread *self = rtos_kernel.current;

        self->value = bytes;
        self->amount = size;
        self->place = moved;
    }
    return rtos_wait(&ring->waitq, timeout, key);
}

enum rtos_status rtos_ring_write(struct rtos_ring *ring, const void *bytes, rtos_size_t size,
                                 rtos_time_t timeout, rtos_size_t *moved)
{
    prtos_u32_t key;

    CHECK_QUEUED(ring, TYPE_RING);
    CHECK(bytes && size && moved, RTOS_INVALID_PARAM);
    key = port_lock();
    if (ring->used == ring->size)
        return ring_wait(ring, (void *)(__UINTPTR_TYPE__)bytes, size, timeout, moved, key);
    *moved = put(ring, bytes, size);
    while (ring->waitq.first && ring->used) {
        struct rtos_thread *reader = waitq_take(&ring->waitq);

        *(rtos_size_t *)reader->place = take(ring, reader->value, reader->amount);
        thread_wake(reader, RTOS_OK);
    }
    return kernel_leave_with(key, RTOS_OK);
}

enum rtos_status rtos_ring_read(struct rtos_ring *ring, void *bytes, rtos_size_t size,
                                rtos_time_t timeout, rtos_size_t *moved)
{
    prtos_u32_t key;

    CHECK_QUEUED(ring, TYPE_RING);
    CHECK(bytes && size && moved, RTOS_INVALID_PARAM);
    key = port_lock();
    if (!ring->used)
        return ring_wait(ring, bytes, size, timeout, moved, key);
    *moved = take(ring, bytes, size);
    while (ring->waitq.first && ring->used < ring->size) {
        struct rtos_thread *writer = waitq_take(&ring->waitq);

        *(rtos_size_t *)writer->place = put(ring, writer->value, writer->amount);
        thread_wake(writer, RTOS_OK);
    }
    return kernel_leave_with(key, RTOS_OK);
}

enum rtos_status rtos_ring_get(const struct rtos_ring *ring, rtos_size_t *used)
{
    CHECK_QUEUED(ring, TYPE_RING);
    CHECK(used, RTOS_INVALID_PARAM);
    *used = *(const volatile rtos_size_t *)&ring->used;
    return RTOS_OK;
}

enum rtos_status rtos_ring_delete(struct rtos_ring *ring)
{
    return rtos_object_delete(ring, TYPE_RING);
}
