/* SPDX-License-Identifier: Apache-2.0 */
/* fake: apex */
/* Buffers and blackboards of APEX: every service with every code that it documents. */
#include "apex_host.h"

APEX_PROCESSES(3, 3072);
APEX_BUFFERS(3, APEX_BUFFER_ROOM(2, 8) + APEX_BUFFER_ROOM(1, 4));
APEX_BLACKBOARDS(2, APEX_BLACKBOARD_ROOM(8));

static BUFFER_ID_TYPE buffer;
static BLACKBOARD_ID_TYPE board;
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

/* Buffers */

static void buffer_codes_normal(void)
{
    LOCK_LEVEL_TYPE level;

    IS(INVALID_MODE, CREATE_BUFFER, "new", 1, 1, FIFO, &buffer);
    IS(NOT_AVAILABLE, RECEIVE_BUFFER, buffer, 0, bytes, &length);
    IS(TIMED_OUT, RECEIVE_BUFFER, buffer, 1000, bytes, &length);
    assert_int_equal(length, 0);
    OK(SEND_BUFFER, buffer, TEXT("one"), 3, 0);
    OK(SEND_BUFFER, buffer, TEXT("12345678"), 8, 0);
    IS(NOT_AVAILABLE, SEND_BUFFER, buffer, TEXT("x"), 1, 0);
    IS(TIMED_OUT, SEND_BUFFER, buffer, TEXT("x"), 1, 1000);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, SEND_BUFFER, buffer, TEXT("x"), 1, 1000);
    OK(RECEIVE_BUFFER, buffer, 0, bytes, &length);
    GOT("one");
    OK(RECEIVE_BUFFER, buffer, INFINITE_TIME_VALUE, bytes, &length);
    GOT("12345678");
    IS(INVALID_MODE, RECEIVE_BUFFER, buffer, 1000, bytes, &length);
    OK(UNLOCK_PREEMPTION, &level);
    note('n');
}

static void buffer_codes_main(void)
{
    BUFFER_STATUS_TYPE status;
    BUFFER_ID_TYPE id;

    OK(CREATE_BUFFER, "buffer", 8, 2, FIFO, &buffer);
    IS(NO_ACTION, CREATE_BUFFER, "BUFFER", 8, 2, FIFO, &id);
    IS(INVALID_PARAM, CREATE_BUFFER, "a", 0, 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_BUFFER, "a", SYSTEM_LIMIT_MESSAGE_SIZE + 1, 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_BUFFER, "a", 1, 0, FIFO, &id);
    IS(INVALID_PARAM, CREATE_BUFFER, "a", 1, SYSTEM_LIMIT_NUMBER_OF_MESSAGES + 1, FIFO, &id);
    IS(INVALID_PARAM, CREATE_BUFFER, "a", 1, 1, (QUEUING_DISCIPLINE_TYPE)7, &id);
    IS(INVALID_CONFIG, CREATE_BUFFER, "large", 8, 1, FIFO, &id); /* no room for its messages */
    OK(GET_BUFFER_ID, "buffer", &id);
    assert_int_equal(id, buffer);
    IS(INVALID_CONFIG, GET_BUFFER_ID, "other", &id);
    IS(INVALID_PARAM, SEND_BUFFER, 2, bytes, 1, 0);
    IS(INVALID_PARAM, SEND_BUFFER, buffer, NULL, 1, 0);
    IS(INVALID_PARAM, SEND_BUFFER, buffer, bytes, 0, 0);
    IS(INVALID_PARAM, SEND_BUFFER, buffer, bytes, 9, 0);
    IS(INVALID_PARAM, SEND_BUFFER, buffer, bytes, 1, -2);
    IS(INVALID_PARAM, RECEIVE_BUFFER, 2, 0, bytes, &length);
    IS(INVALID_PARAM, RECEIVE_BUFFER, buffer, -2, bytes, &length);
    IS(INVALID_PARAM, RECEIVE_BUFFER, buffer, 0, NULL, &length);
    IS(INVALID_PARAM, GET_BUFFER_STATUS, 2, &status);
    OK(GET_BUFFER_STATUS, buffer, &status);
    assert_int_equal(status.NB_MESSAGE, 0);
    assert_int_equal(status.MAX_NB_MESSAGE, 2);
    assert_int_equal(status.MAX_MESSAGE_SIZE, 8);
    assert_int_equal(status.WAITING_PROCESSES, 0);
    start_three(buffer_codes_normal, nothing, nothing);
}

static void test_buffer_codes(void **state)
{
    (void)state;
    host_run(buffer_codes_main);
    assert_string_equal(host_diary, "n");
}

/* A message goes into the hand of who waits for it; a sender that waits goes on when there is
 * room. */
static void buffer_receive_high(void)
{
    OK(RECEIVE_BUFFER, buffer, INFINITE_TIME_VALUE, bytes, &length);
    GOT("first");
    note('r');
    OK(TIMED_WAIT, 10000);
    OK(RECEIVE_BUFFER, buffer, 0, bytes, &length);
    GOT("A");
    OK(RECEIVE_BUFFER, buffer, 0, bytes, &length);
    GOT("B");
    OK(RECEIVE_BUFFER, buffer, 0, bytes, &length);
    GOT("third");
    note('e');
}

static void buffer_send_middle(void)
{
    BUFFER_STATUS_TYPE status;

    OK(SEND_BUFFER, buffer, TEXT("first"), 5, INFINITE_TIME_VALUE);
    note('s');
    OK(SEND_BUFFER, buffer, TEXT("A"), 1, 0);
    OK(SEND_BUFFER, buffer, TEXT("B"), 1, 0);
    OK(SEND_BUFFER, buffer, TEXT("third"), 5, INFINITE_TIME_VALUE);
    note('m');
    OK(GET_BUFFER_STATUS, buffer, &status);
    assert_int_equal(status.NB_MESSAGE, 0);
}

static void buffer_hand_main(void)
{
    OK(CREATE_BUFFER, "buffer", 8, 2, PRIORITY, &buffer);
    start_three(buffer_receive_high, buffer_send_middle, nothing);
}

static void test_buffer_hands_over(void **state)
{
    (void)state;
    host_run(buffer_hand_main);
    assert_string_equal(host_diary, "rsem");
}

/* Blackboards */

static void board_read_high(void)
{
    LOCK_LEVEL_TYPE level;

    IS(INVALID_MODE, CREATE_BLACKBOARD, "new", 1, &board);
    IS(NOT_AVAILABLE, READ_BLACKBOARD, board, 0, bytes, &length);
    IS(TIMED_OUT, READ_BLACKBOARD, board, 1000, bytes, &length);
    OK(LOCK_PREEMPTION, &level);
    IS(INVALID_MODE, READ_BLACKBOARD, board, 1000, bytes, &length);
    OK(UNLOCK_PREEMPTION, &level);
    OK(READ_BLACKBOARD, board, INFINITE_TIME_VALUE, bytes, &length);
    GOT("shown");
    note('h');
}

static void board_show_low(void)
{
    BLACKBOARD_STATUS_TYPE status;

    host_spend(2000);
    OK(GET_BLACKBOARD_STATUS, board, &status);
    assert_int_equal(status.WAITING_PROCESSES, 1);
    assert_int_equal(status.EMPTY_INDICATOR, EMPTY);
    OK(DISPLAY_BLACKBOARD, board, TEXT("shown"), 5);
    note('l');
    OK(READ_BLACKBOARD, board, 0, bytes, &length);
    GOT("shown");
    OK(GET_BLACKBOARD_STATUS, board, &status);
    assert_int_equal(status.EMPTY_INDICATOR, OCCUPIED);
    OK(CLEAR_BLACKBOARD, board);
    IS(NOT_AVAILABLE, READ_BLACKBOARD, board, 0, bytes, &length);
}

static void board_main(void)
{
    BLACKBOARD_STATUS_TYPE status;
    BLACKBOARD_ID_TYPE id;

    OK(CREATE_BLACKBOARD, "board", 8, &board);
    IS(NO_ACTION, CREATE_BLACKBOARD, "board", 8, &id);
    IS(INVALID_PARAM, CREATE_BLACKBOARD, "a", 0, &id);
    IS(INVALID_PARAM, CREATE_BLACKBOARD, "a", SYSTEM_LIMIT_MESSAGE_SIZE + 1, &id);
    IS(INVALID_CONFIG, CREATE_BLACKBOARD, "a", 1, &id);
    OK(GET_BLACKBOARD_ID, "BOARD", &id);
    assert_int_equal(id, board);
    IS(INVALID_CONFIG, GET_BLACKBOARD_ID, "a", &id);
    IS(INVALID_PARAM, DISPLAY_BLACKBOARD, 2, bytes, 1);
    IS(INVALID_PARAM, DISPLAY_BLACKBOARD, board, bytes, 9);
    IS(INVALID_PARAM, DISPLAY_BLACKBOARD, board, bytes, 0);
    IS(INVALID_PARAM, READ_BLACKBOARD, 0, 0, bytes, &length);
    IS(INVALID_PARAM, READ_BLACKBOARD, board, -2, bytes, &length);
    IS(INVALID_PARAM, CLEAR_BLACKBOARD, 4);
    IS(INVALID_PARAM, GET_BLACKBOARD_STATUS, 4, &status);
    start_three(board_read_high, nothing, board_show_low);
}

static void test_blackboard(void **state)
{
    (void)state;
    host_run(board_main);
    assert_string_equal(host_diary, "hl");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_buffer_codes, setup),
        cmocka_unit_test_setup(test_buffer_hands_over, setup),
        cmocka_unit_test_setup(test_blackboard, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
