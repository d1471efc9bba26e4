/* SPDX-License-Identifier: Apache-2.0 */
/* fake: rtos */
/* What carries data between threads of the real-time kernel: queues, rings, pools, event flags. */
#include "rtos_threads.h"

static struct rtos_queue queue;
static struct rtos_ring ring;
static struct rtos_pool pool;
static struct rtos_event event;
static void *slots[3], *got;
static char bytes[8], in[200], out[200];
static void *blocks[3][2], *block;
static rtos_size_t moved;
static prtos_u32_t found;

static int setup(void **state)
{
    (void)state;
    host_reset();
    OK(rtos_queue_init(&queue, slots, 3, RTOS_BY_PRIORITY));
    OK(rtos_ring_init(&ring, bytes, sizeof(bytes), RTOS_BY_PRIORITY));
    OK(rtos_pool_init(&pool, blocks, sizeof(blocks[0]), 3, RTOS_BY_PRIORITY));
    OK(rtos_event_init(&event, 0, RTOS_BY_PRIORITY));
    return 0;
}

static void test_init(void **state)
{
    (void)state;
    IS(rtos_queue_init(NULL, slots, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_queue_init(&queue, NULL, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_queue_init(&queue, slots, 0, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_queue_init(&queue, slots, 3, RTOS_BY_PRIORITY)), RTOS_WRONG_CONTEXT);
    IS(rtos_ring_init(NULL, bytes, 8, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_ring_init(&ring, NULL, 8, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_ring_init(&ring, bytes, 0, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_ring_init(&ring, bytes, 8, RTOS_BY_PRIORITY)), RTOS_WRONG_CONTEXT);
    IS(rtos_pool_init(NULL, blocks, 16, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_pool_init(&pool, (char *)blocks + 1, 16, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_pool_init(&pool, blocks, 12, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_pool_init(&pool, blocks, 0, 3, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_pool_init(&pool, blocks, 16, 0, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_pool_init(&pool, blocks, 16, 0x10000000, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_pool_init(&pool, blocks, 16, 3, RTOS_BY_PRIORITY)), RTOS_WRONG_CONTEXT);
    IS(rtos_event_init(NULL, 0, RTOS_BY_PRIORITY), RTOS_INVALID_PARAM);
    IS(rtos_event_init(&event, 0, (enum rtos_discipline)7), RTOS_INVALID_PARAM);
    IS(IN_IRQ(rtos_event_init(&event, 0, RTOS_BY_PRIORITY)), RTOS_WRONG_CONTEXT);
}

static void test_bad_objects(void **state)
{
    (void)state;
    REFUSES(struct rtos_queue, rtos_queue_send(o, NULL, 0));
    REFUSES(struct rtos_queue, rtos_queue_send_front(o, NULL, 0));
    REFUSES(struct rtos_queue, rtos_queue_receive(o, &got, 0));
    REFUSES(struct rtos_queue, rtos_queue_peek(o, &got));
    REFUSES(struct rtos_queue, rtos_queue_flush(o));
    REFUSES(struct rtos_queue, rtos_queue_get(o, NULL, NULL));
    REFUSES(struct rtos_queue, rtos_queue_delete(o));
    REFUSES(struct rtos_ring, rtos_ring_write(o, in, 1, 0, &moved));
    REFUSES(struct rtos_ring, rtos_ring_read(o, out, 1, 0, &moved));
    REFUSES(struct rtos_ring, rtos_ring_get(o, &moved));
    REFUSES(struct rtos_ring, rtos_ring_delete(o));
    REFUSES(struct rtos_pool, rtos_pool_alloc(o, &block, 0));
    REFUSES(struct rtos_pool, rtos_pool_free(o, blocks));
    REFUSES(struct rtos_pool, rtos_pool_get(o, &found));
    REFUSES(struct rtos_pool, rtos_pool_delete(o));
    REFUSES(struct rtos_event, rtos_event_set(o, 1));
    REFUSES(struct rtos_event, rtos_event_clear(o, 1));
    REFUSES(struct rtos_event, rtos_event_wait(o, 1, 0, 0, &found));
    REFUSES(struct rtos_event, rtos_event_get(o, NULL, NULL));
    REFUSES(struct rtos_event, rtos_event_delete(o));
    IS(rtos_queue_receive(&queue, NULL, 0), RTOS_INVALID_PARAM);
    IS(rtos_queue_peek(&queue, NULL), RTOS_INVALID_PARAM);
    IS(rtos_ring_write(&ring, NULL, 1, 0, &moved), RTOS_INVALID_PARAM);
    IS(rtos_ring_write(&ring, in, 0, 0, &moved), RTOS_INVALID_PARAM);
    IS(rtos_ring_read(&ring, out, 1, 0, NULL), RTOS_INVALID_PARAM);
    IS(rtos_ring_get(&ring, NULL), RTOS_INVALID_PARAM);
    IS(rtos_pool_alloc(&pool, NULL, 0), RTOS_INVALID_PARAM);
    IS(rtos_pool_get(&pool, NULL), RTOS_INVALID_PARAM);
    IS(rtos_event_wait(&event, 0, 0, 0, NULL), RTOS_INVALID_PARAM);
    IS(rtos_event_wait(&event, 1, 4, 0, NULL), RTOS_INVALID_PARAM);
}

/* Nothing waits where it must not, and what need not wait works from everywhere. */
static void test_contexts(void **state)
{
    (void)state;
    born(0, 5);
    host_start();
    IS(IN_IRQ(rtos_queue_receive(&queue, &got, 5)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_queue_receive(&queue, &got, 0)), RTOS_NOT_AVAILABLE);
    OK(IN_IRQ(rtos_queue_send(&queue, in, 5)));
    OK(IN_IRQ(rtos_queue_receive(&queue, &got, 5)));
    IS(IN_IRQ(rtos_ring_read(&ring, out, 1, 5, &moved)), RTOS_WRONG_CONTEXT);
    OK(IN_IRQ(rtos_ring_write(&ring, in, 1, 5, &moved)));
    OK(IN_IRQ(rtos_ring_read(&ring, out, 1, 5, &moved)));
    for (int i = 0; i < 3; i++)
        OK(IN_IRQ(rtos_pool_alloc(&pool, &block, 5)));
    IS(IN_IRQ(rtos_pool_alloc(&pool, &block, 5)), RTOS_WRONG_CONTEXT);
    OK(IN_IRQ(rtos_pool_free(&pool, block)));
    IS(IN_IRQ(rtos_event_wait(&event, 1, 0, 5, &found)), RTOS_WRONG_CONTEXT);
    OK(IN_IRQ(rtos_event_set(&event, 1)));
    OK(IN_IRQ(rtos_event_wait(&event, 1, 0, 5, &found)));
    IS(IN_IRQ(rtos_queue_delete(&queue)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_ring_delete(&ring)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_pool_delete(&pool)), RTOS_WRONG_CONTEXT);
    IS(IN_IRQ(rtos_event_delete(&event)), RTOS_WRONG_CONTEXT);
}

static void test_queue(void **state)
{
    prtos_u32_t used, waiting;

    (void)state;
    born(0, 5);
    born(1, 9);
    host_start();
    rtos_queue_receive(&queue, &got, 100); /* 1 */
    assert_int_equal(running(), 0);
    OK(rtos_queue_send(&queue, in, 0));
    assert_int_equal(running(), 1);
    assert_int_equal(answer(1), RTOS_OK);
    assert_ptr_equal(got, in);
    for (int i = 0; i < 2; i++)
        OK(rtos_queue_send(&queue, in + i, 0));
    OK(rtos_queue_send_front(&queue, in + 9, 0));
    IS(rtos_queue_send(&queue, in, 0), RTOS_NOT_AVAILABLE);
    OK(rtos_queue_peek(&queue, &got));
    assert_ptr_equal(got, in + 9);
    rtos_queue_send(&queue, in + 3, RTOS_FOREVER); /* 1 waits for room */
    assert_int_equal(running(), 0);
    OK(rtos_queue_get(&queue, &used, &waiting));
    assert_int_equal(used, 3);
    assert_int_equal(waiting, 1);
    rtos_queue_receive(&queue, &got, 0);
    assert_ptr_equal(got, in + 9);
    assert_int_equal(running(), 1);
    OK(rtos_queue_receive(&queue, &got, 0));
    assert_ptr_equal(got, in);
    OK(rtos_queue_receive(&queue, &got, 0));
    OK(rtos_queue_receive(&queue, &got, 0));
    assert_ptr_equal(got, in + 3);
    IS(rtos_queue_peek(&queue, &got), RTOS_NOT_AVAILABLE);
    rtos_queue_receive(&queue, &got, 50);
    host_pass(50, 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    assert_int_equal(running(), 1);
    for (int i = 0; i < 3; i++)
        OK(rtos_queue_send(&queue, in, 0));
    rtos_queue_send(&queue, in + 7, RTOS_FOREVER);
    OK(rtos_queue_flush(&queue));
    assert_int_equal(running(), 1);
    OK(rtos_queue_receive(&queue, &got, 0));
    assert_ptr_equal(got, in + 7);
    rtos_queue_receive(&queue, &got, RTOS_FOREVER);
    OK(rtos_queue_delete(&queue));
    assert_int_equal(answer(1), RTOS_DELETED);
}

static void test_ring(void **state)
{
    (void)state;
    born(0, 5);
    born(1, 9);
    host_start();
    for (unsigned i = 0; i < sizeof(in); i++)
        in[i] = (char)(i * 7);
    memset(out, 0, sizeof(out));
    rtos_ring_read(&ring, out, 5, RTOS_FOREVER, &moved);
    assert_int_equal(running(), 0);
    rtos_size_t mine;
    rtos_ring_write(&ring, in, 3, 0, &mine);
    assert_int_equal(running(), 1); /* what is there is enough */
    assert_int_equal(moved, 3);
    assert_int_equal(mine, 3);
    assert_memory_equal(out, in, 3);
    OK(rtos_ring_write(&ring, in, 20, 0, &moved));
    assert_int_equal(moved, 8);
    IS(rtos_ring_write(&ring, in, 1, 0, &moved), RTOS_NOT_AVAILABLE);
    assert_int_equal(moved, 0);
    rtos_ring_write(&ring, in + 8, 4, 100, &moved);
    assert_int_equal(running(), 0);
    rtos_ring_read(&ring, out, 2, 0, &mine);
    assert_int_equal(running(), 1);
    assert_int_equal(moved, 2);
    OK(rtos_ring_read(&ring, out + 2, 8, 0, &moved));
    assert_int_equal(moved, 8);
    assert_memory_equal(out, in, 10);
    rtos_ring_read(&ring, out, 2, 100, &moved);
    host_pass(100, 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    assert_int_equal(moved, 0);
    OK(rtos_ring_get(&ring, &moved));
    assert_int_equal(moved, 0);
    rtos_ring_read(&ring, out, 2, RTOS_FOREVER, &moved);
    OK(rtos_ring_delete(&ring));
    assert_int_equal(answer(1), RTOS_DELETED);
}

/* A stream in pieces of all sizes arrives as it was sent. */
static void test_ring_stream(void **state)
{
    static unsigned char room[64], piece[97];
    unsigned long sent = 0, taken = 0;
    unsigned seed = 1;

    (void)state;
    OK(rtos_ring_init(&ring, room, sizeof(room), RTOS_BY_PRIORITY));
    while (taken < 1000000) {
        unsigned size = 1 + (seed = seed * 1103515245 + 12345) / 65536 % sizeof(piece);

        for (unsigned i = 0; i < size; i++)
            piece[i] = (unsigned char)((sent + i) * 31 >> 3);
        if (rtos_ring_write(&ring, piece, size, 0, &moved) == RTOS_OK)
            sent += moved;
        size = 1 + (seed = seed * 1103515245 + 12345) / 65536 % sizeof(piece);
        if (rtos_ring_read(&ring, piece, size, 0, &moved) != RTOS_OK)
            continue;
        assert_true(moved >= 1 && moved <= RTOS_RING_PIECE);
        for (unsigned i = 0; i < moved; i++)
            assert_int_equal(piece[i], (unsigned char)((taken + i) * 31 >> 3));
        taken += moved;
    }
}

static void test_pool(void **state)
{
    void *all[3];
    prtos_u32_t used;

    (void)state;
    born(0, 5);
    born(1, 9);
    host_start();
    for (int i = 0; i < 3; i++)
        OK(rtos_pool_alloc(&pool, &all[i], 0));
    assert_ptr_not_equal(all[0], all[1]);
    IS(rtos_pool_alloc(&pool, &block, 0), RTOS_NOT_AVAILABLE);
    rtos_pool_alloc(&pool, &block, RTOS_FOREVER);
    assert_int_equal(running(), 0);
    IS(rtos_pool_free(&pool, (char *)all[0] + 8), RTOS_INVALID_PARAM);
    IS(rtos_pool_free(&pool, blocks + 3), RTOS_INVALID_PARAM);
    IS(rtos_pool_free(&pool, NULL), RTOS_INVALID_PARAM);
    rtos_pool_free(&pool, all[1]);
    assert_int_equal(running(), 1);
    assert_ptr_equal(block, all[1]);
    OK(rtos_pool_get(&pool, &used));
    assert_int_equal(used, 3);
    rtos_pool_alloc(&pool, &block, 10);
    host_pass(10, 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    for (int i = 0; i < 3; i++)
        OK(rtos_pool_free(&pool, all[i]));
    IS(rtos_pool_free(&pool, all[0]), RTOS_NO_ACTION);
    for (int i = 0; i < 3; i++)
        OK(rtos_pool_alloc(&pool, &block, 0));
    rtos_pool_alloc(&pool, &block, RTOS_FOREVER);
    OK(rtos_pool_delete(&pool));
    assert_int_equal(answer(1), RTOS_DELETED);
}

static void test_event(void **state)
{
    prtos_u32_t waiting;

    (void)state;
    born(0, 5);
    born(1, 9);
    born(2, 8);
    host_start();
    rtos_event_wait(&event, 6, RTOS_EVENT_ALL | RTOS_EVENT_CLEAR, RTOS_FOREVER, &found); /* 1 */
    rtos_event_wait(&event, 3, RTOS_EVENT_ANY, 100, NULL);                               /* 2 */
    assert_int_equal(running(), 0);
    OK(rtos_event_set(&event, 4));
    OK(rtos_event_get(&event, &found, &waiting));
    assert_int_equal(found, 4);
    assert_int_equal(waiting, 2);
    OK(rtos_event_set(&event, 2));
    assert_int_equal(running(), 1);
    assert_int_equal(found, 6);
    assert_int_equal(state_of(2), RTOS_WAITING); /* the first one cleared it */
    OK(rtos_event_set(&event, 1));
    assert_int_equal(answer(2), RTOS_OK);
    OK(rtos_event_get(&event, &found, NULL));
    assert_int_equal(found, 1);
    OK(rtos_event_clear(&event, 1));
    IS(rtos_event_wait(&event, 1, 0, 0, &found), RTOS_NOT_AVAILABLE);
    rtos_event_wait(&event, 1, 0, 30, &found);
    host_pass(30, 1);
    assert_int_equal(answer(1), RTOS_TIMED_OUT);
    rtos_event_wait(&event, 1, 0, RTOS_FOREVER, &found);
    OK(rtos_event_delete(&event));
    assert_int_equal(answer(1), RTOS_DELETED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_init, setup),
        cmocka_unit_test_setup(test_bad_objects, setup),
        cmocka_unit_test_setup(test_contexts, setup),
        cmocka_unit_test_setup(test_queue, setup),
        cmocka_unit_test_setup(test_ring, setup),
        cmocka_unit_test_setup(test_ring_stream, setup),
        cmocka_unit_test_setup(test_pool, setup),
        cmocka_unit_test_setup(test_event, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
