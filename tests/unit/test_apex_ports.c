/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Sampling and queuing ports of APEX: every service with every code that it documents. */
#include "apex_host.h"

APEX_PROCESSES(3, 3072);
APEX_SAMPLING_PORTS(3);
APEX_QUEUING_PORTS(3);

static SAMPLING_PORT_ID_TYPE samples_in, samples_out;
static QUEUING_PORT_ID_TYPE qin, qout;
static APEX_BYTE bytes[16];
static MESSAGE_SIZE_TYPE length;

static int setup(void **state)
{
    (void)state;
    host_reset();
    memset(bytes, 0, sizeof(bytes));
    length = -1;
    return 0;
}

#define TEXT(text) (MESSAGE_ADDR_TYPE) text
#define GOT(text)                                                                                  \
    do {                                                                                           \
        assert_int_equal(length, sizeof(text) - 1);                                                \
        assert_memory_equal(bytes, text, sizeof(text) - 1);                                        \
    } while (0)

/* Sampling ports */

static void sampling_normal(void)
{
    SAMPLING_PORT_STATUS_TYPE status;
    VALIDITY_TYPE validity;

    IS(INVALID_MODE, CREATE_SAMPLING_PORT, "new", 8, SOURCE, 5000000, &samples_in);
    host_sampling_write("fresh", 5);
    OK(READ_SAMPLING_MESSAGE, samples_in, bytes, &length, &validity);
    GOT("fresh");
    assert_int_equal(validity, VALID);
    OK(GET_SAMPLING_PORT_STATUS, samples_in, &status);
    assert_int_equal(status.LAST_MSG_VALIDITY, VALID);
    host_spend(RTOS_MS(5));
    OK(READ_SAMPLING_MESSAGE, samples_in, bytes, &length, &validity);
    assert_int_equal(validity, INVALID);
    OK(GET_SAMPLING_PORT_STATUS, samples_in, &status);
    assert_int_equal(status.LAST_MSG_VALIDITY, INVALID);
    assert_int_equal(status.REFRESH_PERIOD, RTOS_MS(5));
    assert_int_equal(status.MAX_MESSAGE_SIZE, 8);
    assert_int_equal(status.PORT_DIRECTION, DESTINATION);
    note('n');
}

static void sampling_main(void)
{
    SAMPLING_PORT_STATUS_TYPE status;
    SAMPLING_PORT_ID_TYPE id;
    VALIDITY_TYPE validity = VALID;
    char written[8];

    IS(INVALID_CONFIG, CREATE_SAMPLING_PORT, "NONE", 8, SOURCE, 5000000, &id);
    IS(INVALID_CONFIG, CREATE_SAMPLING_PORT, "IN", 7, DESTINATION, 5000000, &id);
    IS(INVALID_CONFIG, CREATE_SAMPLING_PORT, "IN", 8, SOURCE, 5000000, &id);
    IS(INVALID_CONFIG, CREATE_SAMPLING_PORT, "IN", 8, DESTINATION, 6000000, &id);
    IS(INVALID_PARAM, CREATE_SAMPLING_PORT, "IN", 0, DESTINATION, 5000000, &id);
    IS(INVALID_PARAM, CREATE_SAMPLING_PORT, "IN", 8, (PORT_DIRECTION_TYPE)2, 5000000, &id);
    IS(INVALID_PARAM, CREATE_SAMPLING_PORT, "IN", 8, DESTINATION, 0, &id);
    OK(CREATE_SAMPLING_PORT, "IN", 8, DESTINATION, 5000000, &samples_in);
    OK(CREATE_SAMPLING_PORT, "OUT", 8, SOURCE, 1000000, &samples_out);
    IS(NO_ACTION, CREATE_SAMPLING_PORT, "IN", 8, DESTINATION, 5000000, &id);
    OK(GET_SAMPLING_PORT_ID, "OUT", &id);
    assert_int_equal(id, samples_out);
    IS(INVALID_CONFIG, GET_SAMPLING_PORT_ID, "NONE", &id);
    IS(NO_ACTION, READ_SAMPLING_MESSAGE, samples_in, bytes, &length, &validity);
    assert_int_equal(validity, INVALID);
    IS(INVALID_PARAM, READ_SAMPLING_MESSAGE, 3, bytes, &length, &validity);
    IS(INVALID_MODE, READ_SAMPLING_MESSAGE, samples_out, bytes, &length, &validity);
    IS(INVALID_PARAM, WRITE_SAMPLING_MESSAGE, 3, bytes, 1);
    IS(INVALID_PARAM, WRITE_SAMPLING_MESSAGE, samples_out, bytes, 0);
    IS(INVALID_CONFIG, WRITE_SAMPLING_MESSAGE, samples_out, bytes, 9);
    IS(INVALID_MODE, WRITE_SAMPLING_MESSAGE, samples_in, bytes, 1);
    OK(WRITE_SAMPLING_MESSAGE, samples_out, TEXT("out"), 3);
    assert_int_equal(host_sampling_written(written), 3);
    assert_memory_equal(written, "out", 3);
    IS(INVALID_PARAM, GET_SAMPLING_PORT_STATUS, 3, &status);
    start_three(sampling_normal, nothing, nothing);
}

static void test_sampling(void **state)
{
    (void)state;
    host_run(sampling_main);
    assert_string_equal(host_diary, "n");
}

/* Queuing ports */

static void queuing_high(void)
{
    QUEUING_PORT_STATUS_TYPE status;
    LOCK_LEVEL_TYPE level;

    IS(INVALID_MODE, CREATE_QUEUING_PORT, "new", 8, 2, SOURCE, FIFO, &qin);
    IS(NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, qin, 0, bytes, &length);
    IS(TIMED_OUT, RECEIVE_QUEUING_MESSAGE, qin, 1000, bytes, &length);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, RECEIVE_QUEUING_MESSAGE, qin, 1000, bytes, &length);
    OK(UNLOCK_PREEMPTION, &level);
    OK(SEND_QUEUING_MESSAGE, qout, TEXT("a"), 1, 0);
    OK(SEND_QUEUING_MESSAGE, qout, TEXT("b"), 1, 0);
    IS(NOT_AVAILABLE, SEND_QUEUING_MESSAGE, qout, TEXT("c"), 1, 0);
    IS(TIMED_OUT, SEND_QUEUING_MESSAGE, qout, TEXT("c"), 1, 1000);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, SEND_QUEUING_MESSAGE, qout, TEXT("c"), 1, 1000);
    OK(UNLOCK_PREEMPTION, &level);
    OK(RECEIVE_QUEUING_MESSAGE, qin, INFINITE_TIME_VALUE, bytes, &length);
    GOT("came");
    note('r');
    OK(SEND_QUEUING_MESSAGE, qout, TEXT("later"), 5, INFINITE_TIME_VALUE);
    note('s');
    host_queue_put("x", 1);
    host_queue_put("y", 1);
    OK(GET_QUEUING_PORT_STATUS, qin, &status);
    assert_int_equal(status.NB_MESSAGE, 2);
    OK(CLEAR_QUEUING_PORT, qin);
    IS(NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, qin, 0, bytes, &length);
}

/* The other end, in interrupts of this one. */
static void queuing_low(void)
{
    QUEUING_PORT_STATUS_TYPE status;
    char taken[8];

    host_spend(3000);
    OK(GET_QUEUING_PORT_STATUS, qin, &status);
    assert_int_equal(status.WAITING_PROCESSES, 1);
    IS(NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, qin, 0, bytes, &length);
    assert_int_equal(host_queue_put("came", 4), 0);
    note('p');
    assert_int_equal(host_queue_take(taken), 1);
    assert_int_equal(taken[0], 'a');
    assert_int_equal(host_queue_take(taken), 1);
    assert_int_equal(host_queue_take(taken), 5);
    assert_memory_equal(taken, "later", 5);
    note('t');
}

static void queuing_main(void)
{
    QUEUING_PORT_STATUS_TYPE status;
    QUEUING_PORT_ID_TYPE id;

    IS(INVALID_CONFIG, CREATE_QUEUING_PORT, "NONE", 8, 2, SOURCE, FIFO, &id);
    IS(INVALID_CONFIG, CREATE_QUEUING_PORT, "QIN", 8, 3, DESTINATION, FIFO, &id);
    IS(INVALID_PARAM, CREATE_QUEUING_PORT, "QIN", 0, 2, DESTINATION, FIFO, &id);
    IS(INVALID_PARAM, CREATE_QUEUING_PORT, "QIN", 8, 0, DESTINATION, FIFO, &id);
    IS(INVALID_PARAM, CREATE_QUEUING_PORT, "QIN", 8, 2, (PORT_DIRECTION_TYPE)5, FIFO, &id);
    IS(INVALID_PARAM, CREATE_QUEUING_PORT, "QIN", 8, 2, SOURCE, (QUEUING_DISCIPLINE_TYPE)5, &id);
    OK(CREATE_QUEUING_PORT, "QIN", 8, 2, DESTINATION, FIFO, &qin);
    OK(CREATE_QUEUING_PORT, "QOUT", 8, 2, SOURCE, PRIORITY, &qout);
    IS(NO_ACTION, CREATE_QUEUING_PORT, "QIN", 8, 2, DESTINATION, FIFO, &id);
    OK(GET_QUEUING_PORT_ID, "QOUT", &id);
    assert_int_equal(id, qout);
    IS(INVALID_CONFIG, GET_QUEUING_PORT_ID, "NONE", &id);
    IS(INVALID_PARAM, SEND_QUEUING_MESSAGE, 3, bytes, 1, 0);
    IS(INVALID_PARAM, SEND_QUEUING_MESSAGE, qout, bytes, 0, 0);
    IS(INVALID_PARAM, SEND_QUEUING_MESSAGE, qout, bytes, 1, -2);
    IS(INVALID_CONFIG, SEND_QUEUING_MESSAGE, qout, bytes, 9, 0);
    IS(INVALID_MODE, SEND_QUEUING_MESSAGE, qin, bytes, 1, 0);
    IS(INVALID_PARAM, RECEIVE_QUEUING_MESSAGE, 3, 0, bytes, &length);
    IS(INVALID_PARAM, RECEIVE_QUEUING_MESSAGE, qin, -2, bytes, &length);
    IS(INVALID_MODE, RECEIVE_QUEUING_MESSAGE, qout, 0, bytes, &length);
    IS(INVALID_PARAM, GET_QUEUING_PORT_STATUS, 3, &status);
    IS(INVALID_PARAM, CLEAR_QUEUING_PORT, 3);
    IS(INVALID_MODE, CLEAR_QUEUING_PORT, qout);
    OK(GET_QUEUING_PORT_STATUS, qin, &status);
    assert_int_equal(status.NB_MESSAGE, 0);
    assert_int_equal(status.MAX_NB_MESSAGE, 2);
    assert_int_equal(status.MAX_MESSAGE_SIZE, 8);
    assert_int_equal(status.PORT_DIRECTION, DESTINATION);
    start_three(queuing_high, nothing, queuing_low);
}

static void test_queuing(void **state)
{
    (void)state;
    host_run(queuing_main);
    assert_string_equal(host_diary, "rpst");
}

/* Nobody passes those who wait, not even for a message whose interrupt is still on its way; one
 * interrupt serves all for whom there is one. */
static void queuing_wait(void)
{
    APEX_BYTE own[8] = "";
    MESSAGE_SIZE_TYPE size;

    OK(RECEIVE_QUEUING_MESSAGE, qin, INFINITE_TIME_VALUE, own, &size);
    note((char)own[0]);
}

static void queuing_pass(void)
{
    host_queue_fill("1", 1);
    IS(NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, qin, 0, bytes, &length);
    host_queue_put("2", 1);
    note('l');
}

static void queuing_wait_main(void)
{
    OK(CREATE_QUEUING_PORT, "QIN", 8, 2, DESTINATION, PRIORITY, &qin);
    start_three(queuing_wait, queuing_wait, queuing_pass);
}

static void test_queuing_serves_all_that_wait(void **state)
{
    (void)state;
    host_run(queuing_wait_main);
    assert_string_equal(host_diary, "12l");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_sampling, setup),
        cmocka_unit_test_setup(test_queuing, setup),
        cmocka_unit_test_setup(test_queuing_serves_all_that_wait, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
