/* SPDX-License-Identifier: Apache-2.0 */
/* Two vCPUs of one partition at one queuing port at once, each CPU a thread, under the thread
 * sanitizer: who finds the other there is refused, and no message is lost, torn or doubled. */
#include "ports.h"

#include <pthread.h>
#include <sched.h>

/* fake: thread */
#define MESSAGES 4000u
#define SIZE 64u
#define PAIR 2u

static u32 received[PAIR], order_faults; /* atomic */
static bool two_readers;

/* vCPUs 0 and 1 are the partition of two, vCPU 2 is the other one. */
static void boot(u32 depth)
{
    u32 source, dest;

    fake_reset();
    for (u32 i = 0; i < 3; i++) {
        fake_cpu();
        fake_plan(i, 1000000);
        fake_span(1000000, i, 0);
    }
    fake_partition("two", 0, PAIR);
    source =
        fake_port("p", CONF_PORT_QUEUING, two_readers ? CONF_PORT_DESTINATION : CONF_PORT_SOURCE);
    fake_partition("one", 0, 1);
    dest =
        fake_port("p", CONF_PORT_QUEUING, two_readers ? CONF_PORT_SOURCE : CONF_PORT_DESTINATION);
    if (two_readers) {
        u32 swap = source;

        source = dest;
        dest = swap;
    }
    fake_channel(CONF_PORT_QUEUING, SIZE, depth, 0, source, &dest, 1);
    fake_boot();
    for (u32 i = 0; i < 3; i++)
        fake_start(vcpu_of(i));
    assert_int_equal(queuing_open(vcpu_of(0), "p", depth, SIZE,
                                  two_readers ? CONF_PORT_DESTINATION : CONF_PORT_SOURCE),
                     0);
    assert_int_equal(queuing_open(vcpu_of(2), "p", depth, SIZE,
                                  two_readers ? CONF_PORT_SOURCE : CONF_PORT_DESTINATION),
                     0);
    received[0] = received[1] = order_faults = 0;
}

/* Each vCPU has a buffer of its own in the memory of its partition. */
static hv_addr buffer_of(const struct vcpu *vcpu)
{
    return BUFFER + vcpu->number * 0x100;
}

static s32 call(struct vcpu *vcpu, u32 nr)
{
    return CALL(vcpu, nr, desc_of(vcpu, OBJ_CLASS_QUEUING_PORT, 0), buffer_of(vcpu), SIZE, 0);
}

static void *sender(void *arg)
{
    struct vcpu *vcpu = arg;
    u32 n = two_readers ? PAIR * MESSAGES : MESSAGES;

    fake_space_load(vcpu);
    for (u32 i = 1; i <= n; i++) {
        u32 *words = (u32 *)(void *)guest_at(buffer_of(vcpu));

        for (u32 j = 0; j < SIZE / 4; j++)
            words[j] = vcpu->number << 24 | i;
        while (call(vcpu, write_object_nr) != PRTOS_OK)
            sched_yield();
    }
    return NULL;
}

static void *receiver(void *arg)
{
    struct vcpu *vcpu = arg;
    u32 last[PAIR] = {0};

    fake_space_load(vcpu);
    while (__atomic_load_n(&received[0], __ATOMIC_SEQ_CST) +
               __atomic_load_n(&received[1], __ATOMIC_SEQ_CST) <
           PAIR * MESSAGES) {
        const u32 *words = (const u32 *)(const void *)guest_at(buffer_of(vcpu));
        u32 from;

        if (call(vcpu, read_object_nr) != (s32)SIZE) {
            sched_yield();
            continue;
        }
        from = words[0] >> 24;
        for (u32 j = 1; j < SIZE / 4; j++)
            if (words[j] != words[0])
                __atomic_fetch_add(&order_faults, 1, __ATOMIC_SEQ_CST);
        /* two readers see rising numbers each, one reader sees all of each sender */
        if (two_readers ? words[0] <= last[from] : (words[0] & 0xffffff) != last[from] + 1)
            __atomic_fetch_add(&order_faults, 1, __ATOMIC_SEQ_CST);
        last[from] = words[0] & 0xffffff;
        __atomic_fetch_add(&received[from], 1, __ATOMIC_SEQ_CST);
    }
    return NULL;
}

static void run(void)
{
    static const u32 depths[] = {1, 2, 5};

    for (u32 i = 0; i < ARRAY_SIZE(depths); i++) {
        pthread_t thread[3];

        boot(depths[i]);
        for (u32 t = 0; t < 3; t++)
            assert_int_equal(pthread_create(&thread[t], NULL,
                                            (t < PAIR) == two_readers ? receiver : sender,
                                            vcpu_of(t)),
                             0);
        for (u32 t = 0; t < 3; t++)
            pthread_join(thread[t], NULL);
        assert_int_equal(order_faults, 0);
        assert_int_equal(received[0] + received[1], PAIR * MESSAGES);
        assert_int_equal(call(vcpu_of(two_readers ? 0 : 2), read_object_nr), PRTOS_OP_NOT_ALLOWED);
    }
}

static void two_send_at_one_port(void **state)
{
    (void)state;
    two_readers = false;
    run();
}

static void two_receive_at_one_port(void **state)
{
    (void)state;
    two_readers = true;
    run();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_send_at_one_port),
        cmocka_unit_test(two_receive_at_one_port),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
