/* SPDX-License-Identifier: Apache-2.0 */
/* The other end: answers each question with twice its number, and says which it was. */
#include <apex.h>
#include <apex/apexConfig.h>

APEX_PROCESSES(1, 2048);
APEX_QUEUING_PORTS(2);
APEX_SAMPLING_PORTS(1);

static QUEUING_PORT_ID_TYPE ask, answer;
static SAMPLING_PORT_ID_TYPE sample;

static void serve(void)
{
    RETURN_CODE_TYPE code;
    MESSAGE_SIZE_TYPE length;
    APEX_BYTE bytes[8], out[2];

    for (;;) {
        RECEIVE_QUEUING_MESSAGE(ask, INFINITE_TIME_VALUE, bytes, &length, &code);
        WRITE_SAMPLING_MESSAGE(sample, bytes, length, &code);
        out[0] = (APEX_BYTE)(bytes[0] * 2);
        out[1] = 0;
        SEND_QUEUING_MESSAGE(answer, out, 2, INFINITE_TIME_VALUE, &code);
    }
}

void partition_main(void)
{
    PROCESS_ATTRIBUTE_TYPE attributes = {INFINITE_TIME_VALUE,
                                         INFINITE_TIME_VALUE,
                                         (SYSTEM_ADDRESS_TYPE)serve,
                                         2048,
                                         5,
                                         SOFT,
                                         "serve"};
    PROCESS_ID_TYPE id;
    RETURN_CODE_TYPE code;

    CREATE_QUEUING_PORT("ASK", 8, 2, DESTINATION, FIFO, &ask, &code);
    CREATE_QUEUING_PORT("ANSWER", 8, 2, SOURCE, FIFO, &answer, &code);
    CREATE_SAMPLING_PORT("SAMPLE", 8, SOURCE, 12000000, &sample, &code);
    CREATE_PROCESS(&attributes, &id, &code);
    START(id, &code);
    SET_PARTITION_MODE(NORMAL, &code);
}
