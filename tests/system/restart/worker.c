/* SPDX-License-Identifier: Apache-2.0 */
/* Says what it found, changes its data, and has one logged fault in each run of the system. */
#include "../../system/guest/check.h"

static prtos_u32_t data = 0x600d;

void partition_main(void)
{
    prtos_u32_t message[4] = {0, 0, 0, 0};
    prtos_s32_t say, send;

    message[0] = data;
    message[1] = prtos_get_pct()->reset_counter;
    message[2] = prtos_get_pct()->reset_status;
    data = 0xbad;
    if (message[1] == 0) {
        say = prtos_create_sampling_port("say", 16, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
        send = prtos_create_queuing_port("send", 4, 16, PRTOS_SOURCE_PORT);
        prtos_write_sampling_message(say, message, 16);
        prtos_send_queuing_message(send, message, 16);
        prtos_idle_self();
        fault_call();
    }
    for (;;)
        prtos_idle_self();
}
