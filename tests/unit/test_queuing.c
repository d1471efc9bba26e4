/* SPDX-License-Identifier: Apache-2.0 */
/* Queuing ports against a model, which is a list of messages: sizes that take several pieces,
 * faults in the middle of a copy, resets in the middle of a call, in random order. Order, bytes,
 * codes, counters, bitmap and interrupts follow the model. */
/* fake: core */
#include "ports.h"

#define RAISED (1u << PRTOS_VT_EXT_QUEUING_PORT)
#define DESC(vcpu) desc_of(vcpu, OBJ_CLASS_QUEUING_PORT, skip)
#define MAX_DEPTH 20u

static u32 max, depth, skip;
static struct {
    u32 number;
    u32 size;
} queue[MAX_DEPTH];
static u32 queued, sequence, sent, received;
static bool news_model[2];
static u32 raised[2];
static struct {
    bool runs;
    bool faults;
    u32 size;
    hv_addr buffer;
} calls[2];

static void open_one(u32 i)
{
    assert_int_equal(queuing_open(vcpu_of(i), i ? "in" : "out", depth, max,
                                  i ? PRTOS_DESTINATION_PORT : PRTOS_SOURCE_PORT),
                     skip);
}

static void call_over(u32 i, s32 result)
{
    calls[i].runs = false;
    guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    if (calls[i].faults) {
        assert_int_equal(result, PRTOS_INVALID_PARAM);
        return;
    }
    if (i == 0) {
        assert_int_equal(result, PRTOS_OK);
        queue[queued].number = sequence;
        queue[queued++].size = calls[0].size;
        sent++;
        news_model[0] = news_model[1] = true;
    } else {
        u32 count = calls[1].size < queue[0].size ? calls[1].size : queue[0].size;

        assert_int_equal(result, count);
        message_check(calls[1].buffer, queue[0].number, count, calls[1].size);
        memmove(queue, queue + 1, sizeof(queue) - sizeof(queue[0]));
        received++;
        if (!--queued)
            news_model[0] = news_model[1] = false;
    }
    raised[!i] |= RAISED;
}

static void start(u32 i)
{
    struct vcpu *vcpu = vcpu_of(i);
    u32 touched;
    s32 result;

    calls[i].runs = true;
    calls[i].size = touched = random_size(max);
    calls[i].buffer = BUFFER + random_below(3000);
    if (i == 0) {
        message_write(calls[0].buffer, ++sequence, calls[0].size);
    } else {
        memset(guest_at(calls[1].buffer), 0xee, calls[1].size);
        if (queued && queue[0].size < touched)
            touched = queue[0].size;
    }
    calls[i].faults = random_below(5) == 0;
    if (calls[i].faults)
        guest_rights(calls[i].buffer + random_below(touched), 1, i ? GUEST_READ : GUEST_WRITE);
    if (i == 0)
        result = CALL(vcpu, write_object_nr, DESC(vcpu), calls[0].buffer, calls[0].size, 0);
    else
        result = CALL(vcpu, read_object_nr, DESC(vcpu), calls[1].buffer, calls[1].size, 0);
    if (i == 0 ? queued == depth : queued == 0) {
        assert_int_equal(result, PRTOS_OP_NOT_ALLOWED);
        assert_int_equal(vcpu->work & VCPU_WORK_CONT, 0);
        calls[i].runs = false;
        guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    } else if (!(vcpu->work & VCPU_WORK_CONT)) {
        call_over(i, result);
    }
}

static void go_on(u32 i)
{
    vcpu_of(i)->cont.step(vcpu_of(i));
    if (!(vcpu_of(i)->work & VCPU_WORK_CONT))
        call_over(i, vcpu_of(i)->arch.result);
}

/* A cold reset of the destination empties the queue, any other keeps it. */
static void reset(u32 i)
{
    struct vcpu *vcpu = vcpu_of(i);
    bool cold = random_below(2);

    guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    calls[i].runs = false;
    vcpu_quiet(vcpu);
    fake_ports_reset(vcpu->partition, cold);
    if (cold && i == 1)
        queued = 0;
    vcpu_start(vcpu, 0x1000, 0, 0);
    /* nobody told of what happens while the port is closed */
    if (!calls[!i].runs && random_below(2)) {
        fake_space_load(vcpu_of(!i));
        start(!i);
        while (calls[!i].runs)
            go_on(!i);
        fake_space_load(vcpu);
    }
    open_one(i);
    raised[i] = 0;
    /* what a cold reset leaves of the bit is not promised; the next message settles it */
    for (u32 j = 0; j < 2; j++)
        news_model[j] = news(vcpu_of(j), skip);
}

static void check_all(void)
{
    prtos_queuing_port_status_t s;

    for (u32 i = 0; i < 2; i++) {
        assert_int_equal(news(vcpu_of(i), skip), news_model[i]);
        assert_int_equal(vcpu_of(i)->pend_ext, raised[i]);
        fake_space_load(vcpu_of(i));
        assert_int_equal(
            CALL(vcpu_of(i), ctrl_object_nr, DESC(vcpu_of(i)), PRTOS_COMM_GET_PORT_STATUS, ARG),
            PRTOS_OK);
        memcpy(&s, guest_at(ARG), sizeof(s));
        assert_int_equal(s.num_of_msgs, queued);
        if (random_below(4) == 0)
            raised[i] = vcpu_of(i)->pend_ext = 0;
    }
    assert_true(partitions[0].vcpus[0].stats.queuing_sent == sent);
    assert_true(partitions[1].vcpus[0].stats.queuing_received == received);
    assert_true(cpus[0]->stats.queuing_sent == sent && cpus[0]->stats.queuing_received == received);
}

static void random_run(void **state)
{
    u32 moved = 0;

    (void)state;
    for (u32 round = 0; round < 80; round++) {
        max = random_below(3) ? 1 + (u32)random_below(8000) : 1 + (u32)random_below(100);
        depth = 1 + (u32)random_below(random_below(2) ? 3 : MAX_DEPTH);
        skip = (u32)random_below(4) * 11;
        ports_boot(CONF_PORT_QUEUING, max, depth, 0, 1, skip);
        queued = sent = received = 0;
        memset(calls, 0, sizeof(calls));
        for (u32 i = 0; i < 2; i++) {
            raised[i] = news_model[i] = 0;
            open_one(i);
        }
        for (u32 i = 0; i < 3000; i++) {
            /* phases in which one side is faster: full and empty queues */
            u32 who = random_below(10) < (i / 200 % 2 ? 7 : 3);

            fake_space_load(vcpu_of(who));
            if (random_below(100) == 0)
                reset(who);
            else if (calls[who].runs)
                go_on(who);
            else
                start(who);
            check_all();
        }
        assert_true(fake.largest_copy <= GUEST_PIECE);
        moved += received;
    }
    assert_in_range(moved, 20000, 240000);
}

/* The counters run over 32 bits: depth and order stay. */
static void counters_wrap(void **state)
{
    struct channel *channel;

    (void)state;
    max = 8;
    depth = 3;
    skip = 0;
    sequence = queued = sent = received = 0;
    ports_boot(CONF_PORT_QUEUING, max, depth, 0, 1, 0);
    channel = partitions[0].ports[0].channel;
    channel->head = channel->tail = 0xfffffffe;
    for (u32 i = 0; i < 2; i++)
        open_one(i);
    for (u32 i = 0; i < 10; i++) {
        u8 byte = (u8)i;

        fake_space_load(vcpu_of(0));
        for (u32 j = 0; j < 3; j++, byte++) {
            *guest_at(BUFFER) = byte;
            assert_int_equal(CALL(vcpu_of(0), write_object_nr, DESC(vcpu_of(0)), BUFFER, 1, 0), 0);
        }
        assert_int_equal(CALL(vcpu_of(0), write_object_nr, DESC(vcpu_of(0)), BUFFER, 1, 0),
                         PRTOS_OP_NOT_ALLOWED);
        fake_space_load(vcpu_of(1));
        for (u32 j = 0; j < 3; j++) {
            assert_int_equal(CALL(vcpu_of(1), read_object_nr, DESC(vcpu_of(1)), BUFFER, 8, 0), 1);
            assert_int_equal(*guest_at(BUFFER), i + j);
        }
        assert_int_equal(CALL(vcpu_of(1), read_object_nr, DESC(vcpu_of(1)), BUFFER, 8, 0),
                         PRTOS_OP_NOT_ALLOWED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_run),
        cmocka_unit_test(counters_wrap),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
