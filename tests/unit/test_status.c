/* SPDX-License-Identifier: Apache-2.0 */
/* The status object: every field that a partition can ask for, who may ask, and classes and
 * descriptors that do not exist. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/objects/status.h>

#include "fake.h"

#define BUFFER (GUEST_BASE + 0x1000)

static struct vcpu *system_vcpu, *vcpu;

static void boot(void)
{
    fake_reset();
    for (u32 i = 0; i < 2; i++) {
        fake_cpu();
        fake_plan(i, 1000000);
        fake_span(1000000, i, 0);
    }
    fake_partition("p0", CONF_PARTITION_SYSTEM, 1);
    fake_partition("p1", 0, 2);
    fake_boot();
    system_vcpu = vcpu_of(0);
    vcpu = vcpu_of(1);
    fake_start(system_vcpu);
    vcpu_start(vcpu, 0x1000, 0, 77);
}

static s32 ask_vcpu(struct vcpu *asker, u32 partition, u32 number, u32 cmd, void *answer, u32 size)
{
    s32 result = CALL(asker, ctrl_object_nr,
                      OBJDESC_BUILD_VCPUID(OBJ_CLASS_STATUS, number, partition, 0), cmd, BUFFER);

    if (answer)
        memcpy(answer, guest_at(BUFFER), size);
    return result;
}

static s32 ask(struct vcpu *asker, u32 partition, u32 cmd, void *answer, u32 size)
{
    return ask_vcpu(asker, partition, 0, cmd, answer, size);
}

static void of_the_system(void **state)
{
    prtos_sys_status_t s;

    (void)state;
    boot();
    system_past.reset_counter = 3;
    cpus[0]->n_irqs = 10;
    cpus[1]->n_irqs = 5;
    cpus[0]->frames = 8;
    cpus[0]->stats = (struct message_stats){1, 2, 3, 4};
    cpus[1]->stats = (struct message_stats){10, 20, 30, 40};
    assert_int_equal(ask(system_vcpu, 0xff, PRTOS_GET_SYSTEM_STATUS, &s, sizeof(s)), PRTOS_OK);
    assert_int_equal(s.reset_counter, 3);
    assert_int_equal(s.num_of_irqs, 15);
    assert_int_equal(s.current_maf, 8);
    assert_int_equal(s.num_of_sampling_port_msgs_read, 11);
    assert_int_equal(s.num_of_sampling_port_msgs_written, 22);
    assert_int_equal(s.num_of_queuing_port_msgs_sent, 33);
    assert_int_equal(s.num_of_queuing_port_msgs_received, 44);
}

static void of_a_partition(void **state)
{
    prtos_part_status_t s;

    (void)state;
    boot();
    vcpu->exec = 7654321;
    vcpu->reset_counter = 4;
    vcpu->n_virqs = 3;
    vcpu_of(2)->n_virqs = 2;
    vcpu->opmode = PRTOS_OPMODE_NORMAL;
    partitions[1].vcpus[0].stats = (struct message_stats){10, 15, 20, 25};
    partitions[1].vcpus[1].stats = (struct message_stats){0, 5, 10, 15};
    for (u32 i = 0; i < 2; i++) {
        struct vcpu *asker = i ? vcpu : system_vcpu;

        memset(&s, 0, sizeof(s));
        assert_int_equal(ask(asker, 1, PRTOS_GET_SYSTEM_STATUS, &s, sizeof(s)), PRTOS_OK);
        assert_int_equal(s.state, PRTOS_STATUS_READY);
        assert_int_equal(s.op_mode, PRTOS_OPMODE_NORMAL);
        assert_int_equal(s.num_of_virqs, 5);
        assert_int_equal(s.reset_counter, 4);
        assert_int_equal(s.reset_status, 77);
        assert_int_equal(s.exec_clock, 7654);
        assert_int_equal(s.num_of_sampling_port_msgs_read, 10);
        assert_int_equal(s.num_of_queuing_port_msgs_received, 40);
    }
}

static void of_a_vcpu(void **state)
{
    prtos_virtual_cpu_status_t s;

    (void)state;
    boot();
    assert_int_equal(ask_vcpu(vcpu, 1, 0, PRTOS_GET_VCPU_STATUS, &s, sizeof(s)), PRTOS_OK);
    assert_int_equal(s.state, PRTOS_STATUS_READY);
    assert_int_equal(ask_vcpu(vcpu, 1, 1, PRTOS_GET_VCPU_STATUS, &s, sizeof(s)), PRTOS_OK);
    assert_int_equal(s.state, PRTOS_STATUS_HALTED);
    assert_int_equal(ask_vcpu(vcpu, 1, 2, PRTOS_GET_VCPU_STATUS, NULL, 0), PRTOS_INVALID_PARAM);
    vcpu_post(cpus[1], vcpu, VCPU_MAIL_SUSPEND);
    ask_vcpu(system_vcpu, 1, 0, PRTOS_GET_VCPU_STATUS, &s, sizeof(s));
    assert_int_equal(s.state, PRTOS_STATUS_SUSPENDED);
}

static void of_the_plan(void **state)
{
    prtos_plan_status_t s;

    (void)state;
    boot();
    sched_init(cpus[0], 5000);
    assert_int_equal(ask(system_vcpu, 0xff, PRTOS_GET_SCHED_PLAN_STATUS, &s, sizeof(s)), PRTOS_OK);
    assert_int_equal(s.switch_time, 5);
    assert_int_equal(s.current, 0);
    assert_int_equal(s.prev, -1);
}

static void op_mode(void **state)
{
    (void)state;
    boot();
    fake_space_load(vcpu);
    for (u32 mode = 0; mode < 4; mode++) {
        memcpy(guest_at(BUFFER), &mode, sizeof(mode));
        assert_int_equal(ask(vcpu, 1, PRTOS_SET_PARTITION_OPMODE, NULL, 0), PRTOS_OK);
        assert_int_equal(vcpu->opmode, mode);
    }
    *guest_at(BUFFER) = 4;
    assert_int_equal(ask(vcpu, 1, PRTOS_SET_PARTITION_OPMODE, NULL, 0), PRTOS_INVALID_PARAM);
    *guest_at(BUFFER) = 0;
    assert_int_equal(ask(system_vcpu, 0xff, PRTOS_SET_PARTITION_OPMODE, NULL, 0),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(vcpu->opmode, 3);
}

static void who_may_ask(void **state)
{
    (void)state;
    boot();
    assert_int_equal(ask(vcpu, 0, PRTOS_GET_SYSTEM_STATUS, NULL, 0), PRTOS_PERM_ERROR);
    assert_int_equal(ask(vcpu, 0xff, PRTOS_GET_SYSTEM_STATUS, NULL, 0), PRTOS_PERM_ERROR);
    assert_int_equal(ask(vcpu, 9, PRTOS_GET_SYSTEM_STATUS, NULL, 0), PRTOS_PERM_ERROR);
    assert_int_equal(ask(system_vcpu, 2, PRTOS_GET_SYSTEM_STATUS, NULL, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(ask(system_vcpu, 0, 99, NULL, 0), PRTOS_INVALID_PARAM);
    guest_rights(BUFFER + 8, 1, GUEST_READ);
    assert_int_equal(ask(system_vcpu, 0, PRTOS_GET_SYSTEM_STATUS, NULL, 0), PRTOS_INVALID_PARAM);
}

/* Descriptors: bit 31 set, classes beyond the table, classes without the operation. */
static void classes(void **state)
{
    (void)state;
    boot();
    for (u32 nr = read_object_nr; nr <= ctrl_object_nr; nr++) {
        for (u32 class = OBJ_NO_CLASSES; class < 128; class += 17)
            assert_int_equal(CALL(vcpu, nr, OBJDESC_BUILD(class, 1, 0), BUFFER, BUFFER),
                             PRTOS_INVALID_PARAM);
        assert_int_equal(CALL(vcpu, nr, OBJDESC_BUILD(OBJ_CLASS_STATUS, 1, 0) | 1u << 31, BUFFER),
                         PRTOS_INVALID_PARAM);
        assert_int_equal(CALL(vcpu, nr, OBJDESC_BUILD(OBJ_CLASS_NULL, 1, 0), BUFFER),
                         PRTOS_OP_NOT_ALLOWED);
        if (nr != ctrl_object_nr)
            assert_int_equal(CALL(vcpu, nr, OBJDESC_BUILD(OBJ_CLASS_STATUS, 1, 0), BUFFER, 10),
                             PRTOS_OP_NOT_ALLOWED);
    }
}

/* Calls that the table does not have, and those for system partitions only. */
static void the_decoder(void **state)
{
    (void)state;
    boot();
    assert_int_equal(CALL(vcpu, 0x2f, 0), PRTOS_UNKNOWN_HYPERCALL);
    assert_int_equal(CALL(vcpu, halt_system_nr, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(vcpu, reset_system_nr, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(system_vcpu, reset_system_nr, 2), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, get_time_nr, 0, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, get_time_nr, 2, BUFFER), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, get_time_nr, 0, GUEST_BASE + GUEST_SIZE - 7), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, get_time_nr, 0, ARCH_GUEST_LIMIT), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, get_vcpuid_nr, 0), 0);
    assert_int_equal(CALL(vcpu_of(2), get_vcpuid_nr, 0), 1);
    assert_int_equal(CALL(vcpu, set_timer_nr, 2, 0, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, set_timer_nr, 0, (hv_addr)-1, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(vcpu, set_timer_nr, 0, 5, (hv_addr)-1), PRTOS_INVALID_PARAM);
}

static s32 gid(const char *name, u32 entity)
{
    char bytes[16] = "................";

    memcpy(bytes, name, strlen(name) < 16 ? strlen(name) + 1 : 16);
    fake_space_load(vcpu);
    memcpy(guest_at(GUEST_BASE), bytes, sizeof(bytes));
    return CALL(vcpu, get_gid_by_name_nr, GUEST_BASE, entity);
}

static void names(void **state)
{
    (void)state;
    boot();
    assert_int_equal(gid("p0", PRTOS_PARTITION_NAME), 0);
    assert_int_equal(gid("p1", PRTOS_PARTITION_NAME), 1);
    assert_int_equal(gid("p", PRTOS_PARTITION_NAME), PRTOS_INVALID_CONFIG);
    assert_int_equal(gid("p1x", PRTOS_PARTITION_NAME), PRTOS_INVALID_CONFIG);
    assert_int_equal(gid("p1", PRTOS_PLAN_NAME), PRTOS_INVALID_CONFIG);
    assert_int_equal(gid("plan0", PRTOS_PLAN_NAME), 0);
    assert_int_equal(gid("p1", 2), PRTOS_INVALID_PARAM);
    guest_rights(GUEST_BASE + 15, 1, 0); /* 16 bytes are read */
    assert_int_equal(CALL(vcpu, get_gid_by_name_nr, GUEST_BASE, 0), PRTOS_INVALID_PARAM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_the_system), cmocka_unit_test(of_a_partition),
        cmocka_unit_test(of_a_vcpu),     cmocka_unit_test(of_the_plan),
        cmocka_unit_test(op_mode),       cmocka_unit_test(who_may_ask),
        cmocka_unit_test(classes),       cmocka_unit_test(the_decoder),
        cmocka_unit_test(names),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
