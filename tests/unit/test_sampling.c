/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling ports against a model: one writer, up to five readers, sizes that take several pieces,
 * faults in the middle of a copy, resets in the middle of a call, in random order. A message is
 * whole or not there; counters, bitmap, interrupts, validity and status follow the model. */
/* fake: core */
#include "ports.h"

#define MAX_DESTS 5u
#define PERIOD 5000u
#define RAISED (1u << PRTOS_VT_EXT_SAMPLING_PORT)
#define DESC(vcpu) desc_of(vcpu, OBJ_CLASS_SAMPLING_PORT, skip)

struct message_model {
    u32 number; /* 0: none yet */
    u32 size;
    hv_time written;
};

/* A call of one vCPU that may be on its way. */
struct call {
    bool runs;
    bool faults; /* will meet a missing right */
    u32 size;
    bool flags; /* asked for */
    bool valid; /* when the message was taken in hand */
    u32 number;
    hv_addr buffer;
    struct message_model pinned;
};

static u32 n, max, skip;
static hv_time now;
static struct message_model latest;
static u32 written, sequence;
static u32 consumed[MAX_DESTS + 1], n_read[MAX_DESTS + 1];
static bool news_model[MAX_DESTS + 1];
static u32 raised[MAX_DESTS + 1];
static struct call calls[MAX_DESTS + 1];

static void open_all(u32 i)
{
    if (i)
        assert_int_equal(
            sampling_open(vcpu_of(i), "in", max, PRTOS_DESTINATION_PORT, PERIOD / 1000), skip);
    else
        assert_int_equal(sampling_open(vcpu_of(0), "out", max, PRTOS_SOURCE_PORT, PERIOD / 1000),
                         skip);
}

static void check_all(void)
{
    for (u32 i = 0; i <= n; i++) {
        assert_int_equal(news(vcpu_of(i), skip), news_model[i]);
        assert_int_equal(vcpu_of(i)->pend_ext, raised[i]);
    }
    assert_true(partitions[0].vcpus[0].stats.sampling_written == written);
    assert_true(cpus[0]->stats.sampling_written == written);
    for (u32 i = 1; i <= n; i++)
        assert_true(partitions[i].vcpus[0].stats.sampling_read == n_read[i]);
    if (random_below(4) == 0)
        for (u32 i = 0; i <= n; i++)
            raised[i] = vcpu_of(i)->pend_ext = 0; /* delivered */
}

static void end_write(s32 result)
{
    struct call *call = &calls[0];

    call->runs = false;
    guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    if (call->faults) {
        assert_int_equal(result, PRTOS_INVALID_PARAM);
        return;
    }
    assert_int_equal(result, PRTOS_OK);
    latest = (struct message_model){call->number, call->size, now};
    written++;
    for (u32 i = 0; i <= n; i++) {
        news_model[i] = true;
        raised[i] |= i ? RAISED : 0;
    }
}

static void end_read(u32 i, s32 result)
{
    struct call *call = &calls[i];
    u32 count = call->size < call->pinned.size ? call->size : call->pinned.size;
    u32 flags;

    call->runs = false;
    guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    guest_rights(FLAGS, 4, GUEST_READ | GUEST_WRITE);
    if (call->faults) {
        assert_int_equal(result, PRTOS_INVALID_PARAM);
        return;
    }
    assert_int_equal(result, count);
    message_check(call->buffer, call->pinned.number, count, call->size);
    if (call->flags) {
        memcpy(&flags, guest_at(FLAGS), 4);
        assert_int_equal(flags, call->valid);
    }
    if (!count)
        return;
    consumed[i] = call->pinned.number;
    n_read[i]++;
    /* One that was written while this one was read is news. */
    news_model[i] = news_model[0] = latest.number != call->pinned.number;
    raised[0] |= RAISED;
}

static void call_over(u32 i, s32 result)
{
    if (i)
        end_read(i, result);
    else
        end_write(result);
}

/* A right is missing at a random byte of what the call touches. */
static void spoil(struct call *call, u32 touched, u32 rights)
{
    call->faults = touched && random_below(5) == 0;
    if (call->faults)
        guest_rights(call->buffer + random_below(touched), 1, rights);
}

static void start(u32 i)
{
    struct call *call = &calls[i];
    struct vcpu *vcpu = vcpu_of(i);
    s32 result;

    *call = (struct call){.runs = true, .size = random_size(max), .pinned = latest};
    call->buffer = BUFFER + random_below(3000);
    if (i == 0) {
        call->number = ++sequence;
        message_write(call->buffer, call->number, call->size);
        spoil(call, call->size, GUEST_WRITE);
        result = CALL(vcpu, write_object_nr, DESC(vcpu), call->buffer, call->size, 0);
    } else {
        call->flags = random_below(2);
        call->valid = latest.number && latest.written + PERIOD > now;
        memset(guest_at(call->buffer), 0xee, call->size);
        spoil(call, call->size < latest.size ? call->size : latest.size, GUEST_READ);
        result = CALL(vcpu, read_object_nr, DESC(vcpu), call->buffer, call->size,
                      call->flags ? FLAGS : 0);
    }
    if (!(vcpu->work & VCPU_WORK_CONT))
        call_over(i, result);
    else
        assert_int_equal(result, 0);
}

static void go_on(u32 i)
{
    struct vcpu *vcpu = vcpu_of(i);

    if (i ==
        0) /* registers and buffer's rights were checked, bytes are read when they are copied */
        assert_int_equal(vcpu->cont.size, calls[0].size);
    vcpu->cont.step(vcpu);
    if (!(vcpu->work & VCPU_WORK_CONT))
        call_over(i, vcpu->arch.result);
}

/* A reset in the middle, or not, closes the port and ends the call without a trace. */
static void reset(u32 i)
{
    struct vcpu *vcpu = vcpu_of(i);

    guest_rights(BUFFER, BUFFER_SIZE, GUEST_READ | GUEST_WRITE);
    guest_rights(FLAGS, 4, GUEST_READ | GUEST_WRITE);
    calls[i].runs = false;
    vcpu_quiet(vcpu);
    fake_ports_reset(vcpu->partition, false);
    assert_int_equal(CALL(vcpu, write_object_nr, DESC(vcpu), BUFFER, 1, 0), PRTOS_INVALID_PARAM);
    vcpu_start(vcpu, 0x1000, 0, 0);
    open_all(i);
    raised[i] = 0;
    consumed[i] = 0;
}

static void status(u32 i)
{
    prtos_sampling_port_status_t s;
    u32 seen = consumed[i ? i : 1];

    assert_int_equal(
        CALL(vcpu_of(i), ctrl_object_nr, DESC(vcpu_of(i)), PRTOS_COMM_GET_PORT_STATUS, ARG),
        PRTOS_OK);
    memcpy(&s, guest_at(ARG), sizeof(s));
    if (!latest.number) {
        assert_int_equal(s.flags, PRTOS_COMM_PORT_EMPTY);
        return;
    }
    assert_int_equal(s.last_msg_size, latest.size);
    assert_true(s.timestamp == (s64)(latest.written / 1000));
    assert_int_equal(
        s.flags, (seen == latest.number ? PRTOS_COMM_PORT_CONSUMED_MSG : PRTOS_COMM_PORT_NEW_MSG) |
                     (latest.written + PERIOD > now));
}

static void random_run(void **state)
{
    u32 whole = 0;

    (void)state;
    for (u32 round = 0; round < 60; round++) {
        n = 1 + (u32)random_below(MAX_DESTS);
        max = random_below(3) ? 1 + (u32)random_below(8000) : 1 + (u32)random_below(100);
        skip = (u32)random_below(4) * 11;
        ports_boot(CONF_PORT_SAMPLING, max, 0, PERIOD, n, skip);
        latest = (struct message_model){0};
        written = now = 0;
        memset(consumed, 0, sizeof(consumed));
        memset(n_read, 0, sizeof(n_read));
        memset(news_model, 0, sizeof(news_model));
        memset(raised, 0, sizeof(raised));
        memset(calls, 0, sizeof(calls));
        for (u32 i = 0; i <= n; i++)
            open_all(i);
        for (u32 i = 0; i < 3000; i++) {
            u32 who = random_below(3) ? (u32)random_below(n + 1) : 0;

            now += random_below(1000);
            time_look(now);
            fake_space_load(vcpu_of(who));
            if (random_below(60) == 0)
                reset(who);
            else if (calls[who].runs)
                go_on(who);
            else if (random_below(8) == 0)
                status(who);
            else
                start(who);
            check_all();
        }
        assert_true(fake.largest_copy <= GUEST_PIECE);
        whole += written;
    }
    assert_in_range(whole, 20000, 180000);
}

/* A reader in the middle of a message, and one that sits on it, while the writer publishes on. */
static void a_reader_keeps_what_it_has_in_hand(void **state)
{
    struct vcpu *slow;

    (void)state;
    skip = 0;
    ports_boot(CONF_PORT_SAMPLING, 5000, 0, PERIOD, 3, 0);
    assert_int_equal(sampling_open(vcpu_of(0), "out", 5000, PRTOS_SOURCE_PORT, 5), 0);
    for (u32 i = 1; i <= 3; i++)
        assert_int_equal(sampling_open(vcpu_of(i), "in", 5000, PRTOS_DESTINATION_PORT, 5), 0);
    for (u32 m = 1; m <= 40; m++) {
        fake_space_load(vcpu_of(0));
        message_write(BUFFER, m, 5000);
        CALL(vcpu_of(0), write_object_nr, DESC(vcpu_of(0)), BUFFER, 5000, 0);
        while (vcpu_of(0)->work & VCPU_WORK_CONT)
            vcpu_of(0)->cont.step(vcpu_of(0));
        if (m == 1 || m == 5 || m == 9) { /* three readers pin messages 1, 5 and 9 */
            slow = vcpu_of(m / 4 + 1);
            fake_space_load(slow);
            memset(guest_at(BUFFER), 0xee, 5000);
            assert_int_equal(CALL(slow, read_object_nr, DESC(slow), BUFFER, 5000, 0), 0);
            slow->cont.step(slow);
        }
    }
    for (u32 i = 1; i <= 3; i++) {
        slow = vcpu_of(i);
        fake_space_load(slow);
        while (slow->work & VCPU_WORK_CONT)
            slow->cont.step(slow);
        assert_int_equal(slow->arch.result, 5000);
        message_check(BUFFER, (i - 1) * 4 + 1, 5000, 5000);
        CALL(slow, read_object_nr, DESC(slow), BUFFER, 16, 0);
        message_check(BUFFER, 40, 16, 16);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_run),
        cmocka_unit_test(a_reader_keeps_what_it_has_in_hand),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
