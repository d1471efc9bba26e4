/* SPDX-License-Identifier: Apache-2.0 */
/* Opening ports and asking about them, the codes of wrong calls in their order, and ports that are
 * not connected. */
/* fake: core */
#include "ports.h"

#define PERIOD_US 5

static struct vcpu *a, *b, *c;

/* a: sampling s0 -> b, queuing q0 -> b, s1 and q1 not connected; c: sampling "s0" of its own. */
static void boot(void)
{
    u32 s_in, q_in;

    fake_one_cpu();
    fake_span(2000000, 1, 1);
    fake_span(3000000, 2, 2);
    fake_partition("a", 0, 2);
    fake_port("s0", CONF_PORT_SAMPLING, CONF_PORT_SOURCE);
    fake_port("q0", CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    fake_port("s1", CONF_PORT_SAMPLING, CONF_PORT_DESTINATION);
    fake_port("q1", CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    fake_partition("b", 0, 1);
    s_in = fake_port("s_in", CONF_PORT_SAMPLING, CONF_PORT_DESTINATION);
    q_in = fake_port("q_in", CONF_PORT_QUEUING, CONF_PORT_DESTINATION);
    fake_partition("c", 0, 1);
    fake_port("a_name_of_thirty_characters_xx", CONF_PORT_SAMPLING, CONF_PORT_SOURCE);
    fake_channel(CONF_PORT_SAMPLING, 100, 0, PERIOD_US * 1000, 0, &s_in, 1);
    fake_channel(CONF_PORT_QUEUING, 200, 4, 0, 1, &q_in, 1);
    fake_boot();
    a = vcpu_of(0);
    b = vcpu_of(2);
    c = vcpu_of(3);
    fake_start(a);
    fake_start(b);
    fake_start(c);
}

static void create_checks_in_order(void **state)
{
    (void)state;
    boot();
    assert_int_equal(sampling_open(a, "s0", 100, 0, PERIOD_US), PRTOS_INVALID_PARAM);
    assert_int_equal(sampling_open(a, "s0", 100, 3, PERIOD_US), PRTOS_INVALID_PARAM);
    assert_int_equal(sampling_open(a, "s_in", 100, 2, PERIOD_US), PRTOS_INVALID_PARAM); /* b's */
    assert_int_equal(sampling_open(a, "s00", 100, 2, PERIOD_US), PRTOS_INVALID_PARAM);
    assert_int_equal(sampling_open(a, "s", 100, 2, PERIOD_US), PRTOS_INVALID_PARAM);
    assert_int_equal(sampling_open(a, "q0", 200, 2, PERIOD_US), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 100, 1, PERIOD_US), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 101, 2, PERIOD_US), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 100, 2, PERIOD_US + 1), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 100, 2, PRTOS_INFINITE_TIME), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 100, 2, -5), PRTOS_INVALID_CONFIG);
    assert_int_equal(sampling_open(a, "s0", 100, 2, PERIOD_US), 0);
    assert_int_equal(sampling_open(a, "s0", 100, 2, PERIOD_US), PRTOS_NO_ACTION);
    assert_int_equal(queuing_open(a, "s0", 4, 100, 2), PRTOS_INVALID_CONFIG);
    assert_int_equal(queuing_open(a, "q0", 3, 200, 2), PRTOS_INVALID_CONFIG);
    assert_int_equal(queuing_open(a, "q0", 4, 199, 2), PRTOS_INVALID_CONFIG);
    assert_int_equal(queuing_open(a, "q0", 4, 200, 1), PRTOS_INVALID_CONFIG);
    assert_int_equal(queuing_open(a, "q0", 4, 200, 2), 1);
    assert_int_equal(queuing_open(a, "q0", 4, 200, 2), PRTOS_NO_ACTION);
    assert_int_equal(sampling_open(a, "s1", 77, 1, 99), 2); /* not connected: any sizes */
    assert_int_equal(queuing_open(a, "q1", 9, 9, 2), 3);
}

static void names_and_arguments_come_from_guest_memory(void **state)
{
    struct prtos_create_sampling_port create = {(char *)GUEST_BASE, 100, 2, 5};
    u32 desc;
    hv_addr end = GUEST_BASE + GUEST_SIZE;

    (void)state;
    boot();
    desc = desc_of(c, OBJ_CLASS_SAMPLING_PORT, 0);
    assert_int_equal(sampling_open(c, "a_name_of_thirty_characters_xx", 1, 2, 0), 0);
    assert_int_equal(sampling_open(c, "a_name_of_thirty_characters_xxy", 1, 2, 0),
                     PRTOS_NO_ACTION); /* compares 30 */
    fake_ports_reset(c->partition, false);
    /* the name ends at the last byte of memory, behind it there is nothing */
    memcpy(guest_at(end - 31), "a_name_of_thirty_characters_xx", 31);
    create.port_name = (char *)end - 31;
    memcpy(guest_at(ARG), &create, sizeof(create));
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, ARG), 0);
    fake_ports_reset(c->partition, false);
    create.port_name = (char *)end - 30; /* the end of the name is missing */
    memcpy(guest_at(ARG), &create, sizeof(create));
    *guest_at(end - 1) = 'x';
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, ARG),
                     PRTOS_INVALID_PARAM);
    create.port_name = NULL;
    memcpy(guest_at(ARG), &create, sizeof(create));
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, ARG),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, end - 4),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(c, ctrl_object_nr, desc, PRTOS_COMM_CREATE_PORT, ARCH_GUEST_LIMIT - 4),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(c, ctrl_object_nr, desc, 3, ARG), PRTOS_INVALID_PARAM);
}

static s32 write_s(u32 desc, hv_addr buffer, u32 size)
{
    return CALL(a, write_object_nr, desc, buffer, size, 0);
}

static void moving_checks_in_order(void **state)
{
    u32 s0, q0, s_in, q_in;

    (void)state;
    boot();
    s0 = desc_of(a, OBJ_CLASS_SAMPLING_PORT, 0);
    q0 = desc_of(a, OBJ_CLASS_QUEUING_PORT, 1);
    s_in = desc_of(b, OBJ_CLASS_SAMPLING_PORT, 0);
    q_in = desc_of(b, OBJ_CLASS_QUEUING_PORT, 1);
    fake_space_load(a);
    assert_int_equal(write_s(s0, BUFFER, 10), PRTOS_INVALID_PARAM); /* not open */
    sampling_open(a, "s0", 100, 2, PERIOD_US);
    queuing_open(a, "q0", 4, 200, 2);
    sampling_open(b, "s_in", 100, 1, PERIOD_US);
    queuing_open(b, "q_in", 4, 200, 1);
    fake_space_load(a);
    assert_int_equal(write_s(s_in, BUFFER, 10), PRTOS_PERM_ERROR);
    assert_int_equal(write_s(s0 + 4, BUFFER, 10), PRTOS_INVALID_PARAM);
    assert_int_equal(write_s(s0 + 1, BUFFER, 10), PRTOS_INVALID_PARAM); /* a queuing port */
    assert_int_equal(write_s(s0, BUFFER, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(write_s(s0, BUFFER, 101), PRTOS_INVALID_CONFIG);
    assert_int_equal(write_s(s0, 0, 10), PRTOS_INVALID_PARAM);
    assert_int_equal(write_s(s0, ARCH_GUEST_LIMIT - 9, 10), PRTOS_INVALID_PARAM);
    assert_int_equal(write_s(s0, ~0ul, 10), PRTOS_INVALID_PARAM);
    assert_int_equal(write_s(s0, GUEST_BASE + GUEST_SIZE - 9, 10), PRTOS_INVALID_PARAM);
    assert_int_equal(news(b, 0), 0);
    assert_int_equal(write_s(s0, BUFFER, 100), PRTOS_OK);
    assert_int_equal(CALL(a, read_object_nr, s0, BUFFER, 10, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(a, write_object_nr, q0, BUFFER, 201, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(a, write_object_nr, q0, 0, 20, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(a, write_object_nr, q_in, BUFFER, 20, 0), PRTOS_PERM_ERROR);
    assert_int_equal(CALL(a, read_object_nr, q0, BUFFER, 20, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(a, write_object_nr, q0, BUFFER, 200, 0), PRTOS_OK);
    fake_space_load(b);
    assert_int_equal(CALL(b, write_object_nr, s_in, BUFFER, 10, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(b, read_object_nr, s_in, BUFFER, 10, 1), PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(b, read_object_nr, s_in, BUFFER, 101, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(b, read_object_nr, s_in, BUFFER, 100, 0), 100);
    assert_int_equal(CALL(b, read_object_nr, q_in, BUFFER, 0, 0), PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(b, read_object_nr, q_in, BUFFER, 200, 0), 200);
    assert_int_equal(CALL(b, read_object_nr, q_in, BUFFER, 200, 0), PRTOS_OP_NOT_ALLOWED);
}

static void unconnected_ports(void **state)
{
    u32 flags = 7;

    (void)state;
    boot();
    sampling_open(a, "s1", 77, 1, 99);
    queuing_open(a, "q1", 9, 9, 2);
    memcpy(guest_at(FLAGS), &flags, 4);
    assert_int_equal(
        CALL(a, read_object_nr, desc_of(a, OBJ_CLASS_SAMPLING_PORT, 2), BUFFER, 77, FLAGS), 0);
    memcpy(&flags, guest_at(FLAGS), 4);
    assert_int_equal(flags, 0);
    assert_int_equal(CALL(a, read_object_nr, desc_of(a, OBJ_CLASS_SAMPLING_PORT, 2), BUFFER, 78, 0),
                     PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(a, read_object_nr, desc_of(a, OBJ_CLASS_SAMPLING_PORT, 2), BUFFER, 0, 0),
                     PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(a, write_object_nr, desc_of(a, OBJ_CLASS_QUEUING_PORT, 3), BUFFER, 0, 0),
                     PRTOS_INVALID_CONFIG);
    assert_int_equal(CALL(a, write_object_nr, desc_of(a, OBJ_CLASS_QUEUING_PORT, 3), 0, 9, 0),
                     PRTOS_INVALID_PARAM);
    assert_int_equal(CALL(a, write_object_nr, desc_of(b, OBJ_CLASS_QUEUING_PORT, 3), BUFFER, 9, 0),
                     PRTOS_PERM_ERROR);
    for (u32 i = 0; i < 20; i++) /* discarded */
        assert_int_equal(
            CALL(a, write_object_nr, desc_of(a, OBJ_CLASS_QUEUING_PORT, 3), BUFFER, 9, 0),
            PRTOS_OK);
}

static void info_by_name(void **state)
{
    prtos_sampling_port_info_t s = {.port_name = (char *)NAME};
    prtos_queuing_port_info_t q = {.port_name = (char *)NAME};
    u32 sampling, queuing;

    (void)state;
    boot();
    sampling = desc_of(a, OBJ_CLASS_SAMPLING_PORT, 0);
    queuing = desc_of(a, OBJ_CLASS_QUEUING_PORT, 0);
    fake_space_load(a);
    strcpy((char *)guest_at(NAME), "s0");
    memcpy(guest_at(ARG), &s, sizeof(s));
    assert_int_equal(CALL(a, ctrl_object_nr, sampling, PRTOS_COMM_GET_PORT_INFO, ARG), PRTOS_OK);
    memcpy(&s, guest_at(ARG), sizeof(s));
    assert_true(s.valid_period == PERIOD_US && s.port_name == (char *)NAME);
    assert_int_equal(s.max_msg_size, 100);
    assert_int_equal(s.direction, PRTOS_SOURCE_PORT);
    strcpy((char *)guest_at(NAME), "s1");
    assert_int_equal(CALL(a, ctrl_object_nr, sampling, PRTOS_COMM_GET_PORT_INFO, ARG), PRTOS_OK);
    memcpy(&s, guest_at(ARG), sizeof(s));
    assert_true(s.valid_period == PRTOS_INFINITE_TIME);
    assert_int_equal(s.max_msg_size | s.direction, 0);
    strcpy((char *)guest_at(NAME), "q0");
    assert_int_equal(CALL(a, ctrl_object_nr, sampling, PRTOS_COMM_GET_PORT_INFO, ARG),
                     PRTOS_INVALID_PARAM);
    memcpy(guest_at(ARG), &q, sizeof(q));
    assert_int_equal(CALL(a, ctrl_object_nr, queuing, PRTOS_COMM_GET_PORT_INFO, ARG), PRTOS_OK);
    memcpy(&q, guest_at(ARG), sizeof(q));
    assert_int_equal(q.max_msg_size, 200);
    assert_int_equal(q.max_num_of_msgs, 4);
    assert_int_equal(q.direction, PRTOS_SOURCE_PORT);
    assert_true(q.valid_period == PRTOS_INFINITE_TIME);
    strcpy((char *)guest_at(NAME), "nothing");
    assert_int_equal(CALL(a, ctrl_object_nr, queuing, PRTOS_COMM_GET_PORT_INFO, ARG),
                     PRTOS_INVALID_PARAM);
    guest_rights(ARG, 1, GUEST_READ);
    strcpy((char *)guest_at(NAME), "q0");
    assert_int_equal(CALL(a, ctrl_object_nr, queuing, PRTOS_COMM_GET_PORT_INFO, ARG),
                     PRTOS_INVALID_PARAM);
}

/* decisions.md 18: absent = never, infinite = always once written, else to the ns. */
static void validity(void **state)
{
    static const struct {
        u64 period;
        hv_time age;
        u32 valid;
    } cases[] = {{0, 0, 0},
                 {1, 0, 1},
                 {1, 1, 0},
                 {5000, 4999, 1},
                 {5000, 5000, 0},
                 {CONF_TIME_INFINITE, 0, 1},
                 {CONF_TIME_INFINITE, 1ull << 60, 1}};

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(cases); i++) {
        u64 period = cases[i].period;
        u32 flags = 7;

        ports_boot(CONF_PORT_SAMPLING, 8, 0, period, 1, 0);
        /* periods that are no whole us cannot be said by the call: opened by hand */
        for (u32 j = 0; j < 2; j++) {
            partitions[j].ports[0].open =
                PORT_OPEN(CONF_PORT_SAMPLING, j ? CONF_PORT_DESTINATION : CONF_PORT_SOURCE);
            partitions[j].ports[0].size_max = 8;
        }
        time_look(12345);
        fake_space_load(vcpu_of(0));
        assert_int_equal(CALL(vcpu_of(0), write_object_nr,
                              desc_of(vcpu_of(0), OBJ_CLASS_SAMPLING_PORT, 0), BUFFER, 8, 0),
                         PRTOS_OK);
        time_look(12345 + cases[i].age);
        fake_space_load(vcpu_of(1));
        assert_int_equal(CALL(vcpu_of(1), read_object_nr,
                              desc_of(vcpu_of(1), OBJ_CLASS_SAMPLING_PORT, 0), BUFFER, 8, FLAGS),
                         8);
        memcpy(&flags, guest_at(FLAGS), 4);
        assert_int_equal(flags, cases[i].valid);
    }
}

/* Closed and halted peers are not told; their bits are set all the same. */
static void who_is_told(void **state)
{
    (void)state;
    boot();
    sampling_open(a, "s0", 100, 2, PERIOD_US);
    vcpu_start(vcpu_of(1), 0, 0, 0); /* the second vCPU of a */
    fake_space_load(a);
    write_s(desc_of(a, OBJ_CLASS_SAMPLING_PORT, 0), BUFFER, 8);
    assert_int_equal(b->pend_ext, 0);
    assert_true(news(b, 0) && news(a, 0) && news(vcpu_of(1), 0));
    sampling_open(b, "s_in", 100, 1, PERIOD_US);
    fake_space_load(a);
    write_s(desc_of(a, OBJ_CLASS_SAMPLING_PORT, 0), BUFFER, 8);
    assert_int_equal(b->pend_ext, 1u << PRTOS_VT_EXT_SAMPLING_PORT);
    assert_int_equal(a->pend_ext, 0);
    fake_space_load(b);
    CALL(b, read_object_nr, desc_of(b, OBJ_CLASS_SAMPLING_PORT, 0), BUFFER, 8, 0);
    /* every vCPU of the writer that lives */
    assert_int_equal(a->pend_ext, 1u << PRTOS_VT_EXT_SAMPLING_PORT);
    assert_int_equal(vcpu_of(1)->pend_ext, 1u << PRTOS_VT_EXT_SAMPLING_PORT);
    assert_false(news(b, 0) || news(a, 0) || news(vcpu_of(1), 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create_checks_in_order),
        cmocka_unit_test(names_and_arguments_come_from_guest_memory),
        cmocka_unit_test(moving_checks_in_order),
        cmocka_unit_test(unconnected_ports),
        cmocka_unit_test(info_by_name),
        cmocka_unit_test(validity),
        cmocka_unit_test(who_is_told),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
