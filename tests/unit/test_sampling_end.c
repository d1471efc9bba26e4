/* SPDX-License-Identifier: Apache-2.0 */
/* How a sampling call ends: many readers are told in pieces, a port serves one message at a time, a
 * reset from another CPU finds a reader between two pieces. */
/* fake: core */
#include "ports.h"

#define PERIOD 5000u
#define RAISED (1u << PRTOS_VT_EXT_SAMPLING_PORT)
#define DESC(vcpu) desc_of(vcpu, OBJ_CLASS_SAMPLING_PORT, 0)

/* Many readers are told in pieces, and who has read it by then is not. */
static void many_readers_are_told_in_pieces(void **state)
{
    enum { READERS = GUEST_SPACES - 1 };
    struct vcpu *writer, *reader;

    (void)state;
    ports_boot(CONF_PORT_SAMPLING, 64, 0, PERIOD, READERS, 0);
    writer = vcpu_of(0);
    reader = vcpu_of(READERS);
    sampling_open(writer, "out", 64, PRTOS_SOURCE_PORT, 5);
    for (u32 i = 1; i <= READERS; i++)
        sampling_open(vcpu_of(i), "in", 64, PRTOS_DESTINATION_PORT, 5);
    fake_space_load(writer);
    message_write(BUFFER, 1, 64);
    CALL(writer, write_object_nr, DESC(writer), BUFFER, 64, 0);
    assert_true(writer->work & VCPU_WORK_CONT);
    assert_true(news(vcpu_of(1), 0) && !news(reader, 0));
    /* it is there for all of them at once */
    fake_space_load(reader);
    assert_int_equal(CALL(reader, read_object_nr, DESC(reader), BUFFER, 64, 0), 64);
    message_check(BUFFER, 1, 64, 64);
    while (writer->work & VCPU_WORK_CONT) {
        u32 told = 0;

        for (u32 i = 1; i <= READERS; i++) {
            told += (vcpu_of(i)->pend_ext & RAISED) != 0;
            vcpu_of(i)->pend_ext = 0;
        }
        assert_in_range(told, 1, 5);
        writer->cont.step(writer);
    }
    for (u32 i = 1; i < READERS; i++)
        assert_true(news(vcpu_of(i), 0));
    assert_false(news(reader, 0));
    assert_int_equal(reader->pend_ext & RAISED, 0);
    /* the port is free again */
    fake_space_load(writer);
    CALL(writer, write_object_nr, DESC(writer), BUFFER, 64, 0);
    assert_true(writer->work & VCPU_WORK_CONT);
    vcpu_post(cpus[0], writer, VCPU_MAIL_HALT);
    assert_int_equal(partitions[0].ports[0].busy, 0);
}

/* Two vCPUs of the writer's partition. */
static void one_message_at_a_time(void **state)
{
    struct vcpu *vcpu, *other;
    u32 dest;

    (void)state;
    fake_one_cpu();
    fake_span(2000000, 1, 1);
    fake_span(3000000, 2, 2);
    fake_partition("p", 0, 2);
    fake_port("out", CONF_PORT_SAMPLING, CONF_PORT_SOURCE);
    fake_partition("p", 0, 1);
    dest = fake_port("in", CONF_PORT_SAMPLING, CONF_PORT_DESTINATION);
    fake_channel(CONF_PORT_SAMPLING, 5000, 0, PERIOD, 0, &dest, 1);
    fake_boot();
    vcpu = vcpu_of(0);
    other = vcpu_of(1);
    fake_start(vcpu);
    fake_start(other);
    sampling_open(vcpu, "out", 5000, PRTOS_SOURCE_PORT, 5);
    assert_int_equal(CALL(vcpu, write_object_nr, DESC(vcpu), BUFFER, 5000, 0), 0);
    assert_int_equal(CALL(other, write_object_nr, DESC(vcpu), BUFFER, 10, 0), PRTOS_OP_NOT_ALLOWED);
    while (vcpu->work & VCPU_WORK_CONT)
        vcpu->cont.step(vcpu);
    assert_int_equal(vcpu->arch.result, PRTOS_OK);
    assert_int_equal(CALL(other, write_object_nr, DESC(vcpu), BUFFER, 10, 0), PRTOS_OK);
    /* a vCPU that is halted in the middle gives the port back */
    assert_int_equal(CALL(vcpu, write_object_nr, DESC(vcpu), BUFFER, 5000, 0), 0);
    vcpu_post(cpus[0], vcpu, VCPU_MAIL_HALT);
    assert_int_equal(CALL(other, write_object_nr, DESC(vcpu), BUFFER, 10, 0), PRTOS_OK);
}

/* A system partition on another CPU resets a reader between two pieces of its message: until the
 * reader's CPU takes its mail the message in hand stays what it was. */
static void a_reset_from_another_cpu(void **state)
{
    struct vcpu *writer, *reader;
    u32 dest;

    (void)state;
    fake_reset();
    fake_cpu();
    fake_cpu();
    fake_plan(0, 1000);
    fake_span(1000, 0, 0);
    fake_plan(1, 1000);
    fake_span(1000, 1, 0);
    fake_partition("p0", CONF_PARTITION_SYSTEM, 1);
    fake_area(PHYS_BASE, 0x1000, PHYS_BASE, 0);
    fake_port("out", CONF_PORT_SAMPLING, CONF_PORT_SOURCE);
    fake_partition("p1", 0, 1);
    fake_area(PHYS_BASE + 0x1000, 0x1000, PHYS_BASE + 0x1000, 0);
    dest = fake_port("in", CONF_PORT_SAMPLING, CONF_PORT_DESTINATION);
    fake_channel(CONF_PORT_SAMPLING, 5000, 0, PERIOD, 0, &dest, 1);
    fake_boot();
    fake_images();
    writer = vcpu_of(0);
    reader = vcpu_of(1);
    fake_start(writer);
    fake_start(reader);
    sampling_open(writer, "out", 5000, PRTOS_SOURCE_PORT, PERIOD / 1000);
    sampling_open(reader, "in", 5000, PRTOS_DESTINATION_PORT, PERIOD / 1000);
    fake_space_load(writer);
    message_write(BUFFER, 1, 5000);
    CALL(writer, write_object_nr, DESC(writer), BUFFER, 5000, 0);
    while (writer->work & VCPU_WORK_CONT)
        writer->cont.step(writer);
    fake_space_load(reader);
    memset(guest_at(BUFFER), 0xee, 5000);
    assert_int_equal(CALL(reader, read_object_nr, DESC(reader), BUFFER, 5000, 0), 0);
    reader->cont.step(reader);
    assert_int_equal(CALL(writer, reset_partition_nr, 1, PRTOS_WARM_RESET, 0), PRTOS_OK);
    message_write(BUFFER, 2, 5000);
    for (u32 i = 0; i < 3; i++) { /* would come to the buffer in hand if it were free */
        CALL(writer, write_object_nr, DESC(writer), BUFFER, 5000, 0);
        while (writer->work & VCPU_WORK_CONT)
            writer->cont.step(writer);
    }
    fake_space_load(reader);
    if (reader->work & VCPU_WORK_CONT)
        reader->cont.step(reader);
    for (u32 i = 0; i < 5000; i++)
        assert_true(*guest_at(BUFFER + i) == message_byte(1, i) || *guest_at(BUFFER + i) == 0xee);
    vcpu_take_mail(reader);
    while (reader->work & VCPU_WORK_CONT)
        reader->cont.step(reader);
    assert_int_equal(reader->work & VCPU_WORK_CONT, 0);
    /* the port and the buffer are free again */
    sampling_open(reader, "in", 5000, PRTOS_DESTINATION_PORT, PERIOD / 1000);
    assert_int_equal(CALL(reader, read_object_nr, DESC(reader), BUFFER, 16, 0), 16);
    message_check(BUFFER, 2, 16, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_readers_are_told_in_pieces),
        cmocka_unit_test(one_message_at_a_time),
        cmocka_unit_test(a_reset_from_another_cpu),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
