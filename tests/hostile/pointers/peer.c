/* SPDX-License-Identifier: Apache-2.0 */
/* Has said one message and queued forty before the caller begins; then counts what it gets. */
#include "../../system/guest/check.h"
#include "own.h"
#include <string.h>

#define FRAMES 4

void partition_main(void)
{
    static char message[64];
    prtos_s32_t say, hear, send, take, i;

    memset(message, 'm', sizeof(message));
    say = prtos_create_sampling_port("say", 64, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    hear = prtos_create_sampling_port("hear", 64, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    send = prtos_create_queuing_port("send", 40, 64, PRTOS_SOURCE_PORT);
    take = prtos_create_queuing_port("take", 40, 64, PRTOS_DESTINATION_PORT);
    prtos_write_sampling_message(say, message, 64);
    for (i = 0; i < 40; i++)
        prtos_send_queuing_message(send, message, 64);
    for (i = 0; i < FRAMES; i++)
        prtos_idle_self();
    check("peer.heard", 64, prtos_read_sampling_message(hear, message, 64, NULL));
    check("peer.heard.byte", 's', message[63]);
    for (i = 0; prtos_receive_queuing_message(take, message, 64) == 64; i++)
        ;
    check("peer.count", OWN_LEGAL, i);
    check_end();
}
