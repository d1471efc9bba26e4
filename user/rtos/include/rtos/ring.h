/* SPDX-License-Identifier: Apache-2.0 */
/* Rings of bytes, copied in and out. All answer RTOS_INVALID_OBJECT for what is none. Interrupts
 * are off while bytes are copied, at most RTOS_RING_PIECE at a time. */
#ifndef RTOS_RING_H
#define RTOS_RING_H

#include <rtos/types.h>

#define RTOS_RING_PIECE 64

struct rtos_ring {
    struct rtos_waitq waitq; /* writers while it is full, readers while it is empty */
    prtos_u8_t *room;
    rtos_size_t size, head, used;
};

/* `room` has `size` bytes, 1 at least. From threads and before rtos_start(). */
enum rtos_status rtos_ring_init(struct rtos_ring *ring, void *room, rtos_size_t size,
                                enum rtos_discipline discipline);

/* Copies up to `size` bytes, waiting only until one can be moved; `*moved` is how many were, 1
 * to `size` and RTOS_RING_PIECE at most, and 0 with every other answer. From anywhere with
 * timeout 0, else from threads. RTOS_INVALID_PARAM: null, size 0. RTOS_NOT_AVAILABLE,
 * RTOS_TIMED_OUT, RTOS_DELETED, RTOS_CANCELLED. */
enum rtos_status rtos_ring_write(struct rtos_ring *ring, const void *bytes, rtos_size_t size,
                                 rtos_time_t timeout, rtos_size_t *moved);
enum rtos_status rtos_ring_read(struct rtos_ring *ring, void *bytes, rtos_size_t size,
                                rtos_time_t timeout, rtos_size_t *moved);

/* Bytes in it. From anywhere. */
enum rtos_status rtos_ring_get(const struct rtos_ring *ring, rtos_size_t *used);

/* From threads and before rtos_start(). */
enum rtos_status rtos_ring_delete(struct rtos_ring *ring);

#endif
