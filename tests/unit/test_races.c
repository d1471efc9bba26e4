/* SPDX-License-Identifier: Apache-2.0 */
/* Ports between CPUs: each CPU is a thread, the thread sanitizer watches. One writes a million
 * messages without pause, the others read; every message proves by its bytes that it is whole, in
 * order, and no thread ever waits for another. */
/* fake: thread */
#include "ports.h"

#include <pthread.h>

#define MESSAGES 1000000u
#define READERS 3u
#define SIZE 64u
#define LARGE 6000u /* up to three pieces */

static u32 type_size, depth;
static u32 over; /* atomic: the writer is done */

/* One CPU for each partition. */
static void boot(u32 type, u32 n_dests)
{
    u32 dests[READERS];
    u32 source = 0;

    fake_reset();
    for (u32 i = 0; i <= n_dests; i++) {
        fake_cpu();
        fake_plan(i, 1000000);
        fake_span(1000000, i, 0);
    }
    for (u32 i = 0; i <= n_dests; i++) {
        fake_partition("p", 0, 1);
        if (i)
            dests[i - 1] = fake_port("in", type, CONF_PORT_DESTINATION);
        else
            source = fake_port("out", type, CONF_PORT_SOURCE);
    }
    fake_channel(type, type_size, depth, CONF_TIME_INFINITE, source, dests, n_dests);
    fake_boot();
    over = 0;
    for (u32 i = 0; i <= n_dests; i++) {
        fake_start(vcpu_of(i));
        if (type == CONF_PORT_SAMPLING)
            assert_int_equal(sampling_open(vcpu_of(i), i ? "in" : "out", type_size,
                                           i ? CONF_PORT_DESTINATION : CONF_PORT_SOURCE,
                                           PRTOS_INFINITE_TIME),
                             0);
        else
            assert_int_equal(queuing_open(vcpu_of(i), i ? "in" : "out", depth, type_size,
                                          i ? CONF_PORT_DESTINATION : CONF_PORT_SOURCE),
                             0);
    }
}

/* A message: its number in every word, its length from its number. */
static u32 length_of(u32 number)
{
    return 8 + number % (type_size / 4 - 1) * 4;
}

static void words_make(u32 *words, u32 number)
{
    for (u32 i = 0; i < length_of(number) / 4; i++)
        words[i] = number ^ i << 24;
}

static void fill(u32 number)
{
    words_make((u32 *)(void *)guest_at(BUFFER), number);
}

static u32 number_of(s32 length)
{
    u32 words[LARGE / 4];
    u32 number;

    memcpy(&number, guest_at(BUFFER), sizeof(number));
    assert_int_equal(length, length_of(number));
    words_make(words, number);
    assert_memory_equal(guest_at(BUFFER), words, (u32)length);
    return number;
}

/* Messages of a run: fewer of the large ones and of those that both sides must wait for. */
static u32 messages(void)
{
    return type_size > SIZE ? MESSAGES / 50 : depth ? MESSAGES / 5 : MESSAGES;
}

/* A call to its end, if it takes several pieces. */
static s32 finish(struct vcpu *vcpu, s32 result)
{
    if (!(vcpu->work & VCPU_WORK_CONT))
        return result;
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
    return vcpu->arch.result;
}

static s32 sample(struct vcpu *vcpu)
{
    return finish(vcpu, CALL(vcpu, read_object_nr, desc_of(vcpu, OBJ_CLASS_SAMPLING_PORT, 0),
                             BUFFER, type_size, 0));
}

static void *sampling_reader(void *arg)
{
    struct vcpu *vcpu = arg;
    u32 last = 0, seen = 0;
    bool done;

    fake_space_load(vcpu);
    do {
        s32 length;

        done = load_acquire(&over);
        length = sample(vcpu);
        if (length) {
            u32 number = number_of(length);

            assert_true(number >= last); /* never an older one */
            seen += number != last;
            last = number;
        } else {
            assert_int_equal(last, 0);
        }
    } while (!done);
    /* the last message was published before `over` was set */
    return (void *)(uintptr_t)(last == messages() && seen ? 1 : 0);
}

static void sampling_run(void)
{
    pthread_t reader[READERS];
    struct vcpu *vcpu;
    u32 n = messages();

    boot(CONF_PORT_SAMPLING, READERS);
    vcpu = vcpu_of(0);
    for (u32 i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&reader[i], NULL, sampling_reader, vcpu_of(i + 1)), 0);
    fake_space_load(vcpu);
    for (u32 i = 1; i <= n; i++) {
        fill(i);
        assert_int_equal(
            finish(vcpu, CALL(vcpu, write_object_nr, desc_of(vcpu, OBJ_CLASS_SAMPLING_PORT, 0),
                              BUFFER, length_of(i), 0)),
            PRTOS_OK);
    }
    store_release(&over, 1);
    for (u32 i = 0; i < READERS; i++) {
        void *good;

        pthread_join(reader[i], &good);
        assert_non_null(good);
        assert_true(news(vcpu_of(i + 1), 0) == 0);
    }
}

static void sampling(void **state)
{
    (void)state;
    type_size = SIZE;
    depth = 0;
    sampling_run();
}

static void sampling_in_pieces(void **state)
{
    (void)state;
    type_size = LARGE;
    depth = 0;
    sampling_run();
}

static void *queuing_reader(void *arg)
{
    struct vcpu *vcpu = arg;
    u32 expected = 1;
    u32 n = messages();

    fake_space_load(vcpu);
    while (expected <= n) {
        s32 result =
            finish(vcpu, CALL(vcpu, read_object_nr, desc_of(vcpu, OBJ_CLASS_QUEUING_PORT, 0),
                              BUFFER, type_size, 0));

        if (result == PRTOS_OP_NOT_ALLOWED)
            continue;
        assert_true(result > 0);
        assert_int_equal(number_of(result), expected);
        expected++;
    }
    return NULL;
}

static void queuing_run(void)
{
    u32 n = messages();
    pthread_t reader;
    struct vcpu *vcpu;

    boot(CONF_PORT_QUEUING, 1);
    vcpu = vcpu_of(0);
    assert_int_equal(pthread_create(&reader, NULL, queuing_reader, vcpu_of(1)), 0);
    fake_space_load(vcpu);
    for (u32 i = 1; i <= n;) {
        s32 result;

        fill(i);
        result = finish(vcpu, CALL(vcpu, write_object_nr, desc_of(vcpu, OBJ_CLASS_QUEUING_PORT, 0),
                                   BUFFER, length_of(i), 0));
        if (result == PRTOS_OK)
            i++;
        else
            assert_int_equal(result, PRTOS_OP_NOT_ALLOWED);
    }
    pthread_join(reader, NULL);
    assert_true(partitions[1].vcpus[0].stats.queuing_received == n);
}

static void queuing(void **state)
{
    (void)state;
    type_size = SIZE;
    depth = 7;
    queuing_run();
}

static void queuing_in_pieces(void **state)
{
    (void)state;
    type_size = LARGE;
    depth = 2;
    queuing_run();
}

/* A reader that looks at its bitmap only misses nothing: what lies there has its bit set. */
static void *bitmap_reader(void *arg)
{
    struct vcpu *vcpu = arg;
    bool queue = depth != 0;
    u32 class = queue ? OBJ_CLASS_QUEUING_PORT : OBJ_CLASS_SAMPLING_PORT;
    u32 last = 0;
    s32 length;
    bool done;

    fake_space_load(vcpu);
    do {
        done = load_acquire(&over);
        length = 0;
        if (news(vcpu, 0)) {
            length = finish(
                vcpu, CALL(vcpu, read_object_nr, desc_of(vcpu, class, 0), BUFFER, type_size, 0));

            if (length > 0)
                last = number_of(length);
        }
    } while (!done || length > 0);
    return (void *)(uintptr_t)last;
}

static void bitmap_run(void)
{
    bool queue = depth != 0;
    u32 class = queue ? OBJ_CLASS_QUEUING_PORT : OBJ_CLASS_SAMPLING_PORT;

    for (u32 round = 0; round < 300; round++) {
        pthread_t reader;
        struct vcpu *vcpu;
        void *last;

        boot(queue ? CONF_PORT_QUEUING : CONF_PORT_SAMPLING, 1);
        vcpu = vcpu_of(0);
        assert_int_equal(pthread_create(&reader, NULL, bitmap_reader, vcpu_of(1)), 0);
        fake_space_load(vcpu);
        for (u32 i = 1; i <= 300;) {
            fill(i);
            i += CALL(vcpu, write_object_nr, desc_of(vcpu, class, 0), BUFFER, length_of(i), 0) ==
                 PRTOS_OK;
        }
        store_release(&over, 1);
        pthread_join(reader, &last);
        assert_int_equal((uintptr_t)last, 300);
    }
}

static void queuing_by_the_bitmap(void **state)
{
    (void)state;
    type_size = SIZE;
    depth = 300; /* never full: the writer does not wait */
    bitmap_run();
}

static void sampling_by_the_bitmap(void **state)
{
    (void)state;
    type_size = SIZE;
    depth = 0;
    bitmap_run();
}

/* Interrupts raised from all CPUs at once: none is lost. */
static void *raiser(void *arg)
{
    struct vcpu *vcpu = arg;

    for (u32 i = 0; i < MESSAGES / 20; i++)
        virq_pend_ext(vcpu->cpu, vcpu_of(0), 1u << (10 + vcpu->partition->id));
    return NULL;
}

static void interrupts(void **state)
{
    pthread_t thread[READERS];
    u32 all = 0, taken[32] = {0};

    (void)state;
    type_size = SIZE;
    depth = 0;
    boot(CONF_PORT_SAMPLING, READERS);
    for (u32 i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, raiser, vcpu_of(i + 1)), 0);
    for (u32 i = 0; i < MESSAGES / 20; i++) {
        u32 pend = atomic_take(&vcpu_of(0)->pend_ext);

        for (u32 bit = 11; bit <= 13; bit++)
            taken[bit] += pend >> bit & 1;
    }
    for (u32 i = 0; i < READERS; i++)
        pthread_join(thread[i], NULL);
    all = atomic_take(&vcpu_of(0)->pend_ext);
    for (u32 bit = 11; bit <= 13; bit++)
        assert_true(taken[bit] + (all >> bit & 1) > 0);
    assert_int_equal(all & ~(7u << 11), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sampling),
        cmocka_unit_test(sampling_in_pieces),
        cmocka_unit_test(queuing),
        cmocka_unit_test(queuing_in_pieces),
        cmocka_unit_test(queuing_by_the_bitmap),
        cmocka_unit_test(sampling_by_the_bitmap),
        cmocka_unit_test(interrupts),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
