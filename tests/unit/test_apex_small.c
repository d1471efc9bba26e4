/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* sources: user/apex/src/queuing.c */
/* flags: -DAPEX_SMALL */
/* The subset of Part 4: queuing ports without waiting, and without their interrupt. */
#include "apex_host.h"

APEX_QUEUING_PORTS(2);

static void test_no_time_outs(void **state)
{
    QUEUING_PORT_STATUS_TYPE status;
    QUEUING_PORT_ID_TYPE in, out;
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8] = "x";

    (void)state;
    host_reset();
    OK(CREATE_QUEUING_PORT, "QIN", 8, 2, DESTINATION, FIFO, &in);
    OK(CREATE_QUEUING_PORT, "QOUT", 8, 2, SOURCE, FIFO, &out);
    assert_int_equal(host_port.open_hi, 0);
    IS(INVALID_PARAM, SEND_QUEUING_MESSAGE, out, bytes, 1, 1);
    IS(INVALID_PARAM, RECEIVE_QUEUING_MESSAGE, in, INFINITE_TIME_VALUE, bytes, &length);
    OK(SEND_QUEUING_MESSAGE, out, bytes, 1, 0);
    OK(SEND_QUEUING_MESSAGE, out, bytes, 1, 0);
    IS(NOT_AVAILABLE, SEND_QUEUING_MESSAGE, out, bytes, 1, 0);
    IS(NOT_AVAILABLE, RECEIVE_QUEUING_MESSAGE, in, 0, bytes, &length);
    host_queue_put("here", 4);
    OK(RECEIVE_QUEUING_MESSAGE, in, 0, bytes, &length);
    assert_int_equal(length, 4);
    OK(GET_QUEUING_PORT_STATUS, in, &status);
    assert_int_equal(status.WAITING_PROCESSES, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_time_outs)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
