/* SPDX-License-Identifier: Apache-2.0 */
/* Two vCPUs that are suspended, reset and halted at any time. vCPU 0 sends numbered messages;
 * vCPU 1 resets, suspends and resumes its sibling and itself. */
#include <bail.h>
#include "ledger.h"

extern struct prtos_image_hdr prtos_image_hdr;

static void send_forever(void)
{
    prtos_s32_t port = prtos_create_queuing_port("complain", 4, WORDS * 4, PRTOS_SOURCE_PORT);
    struct ledger *mine = LEDGER(VICTIM);
    prtos_u32_t message[WORDS];
    prtos_u32_t i;

    for (;;) {
        prtos_u32_t number = ++mine->number;

        message[0] = number;
        for (i = 1; i < WORDS; i++)
            message[i] = number * 8 + VICTIM + (i << 28);
        while (prtos_send_queuing_message(port, message, sizeof(message)) != PRTOS_OK)
            prtos_idle_self();
    }
}

static void tease_forever(void)
{
    prtos_u32_t turn;

    for (turn = LEDGER(VICTIM)->lives[1];; turn++) {
        if (turn % 7 == 0)
            prtos_suspend_vcpu(0);
        if (turn % 7 == 1)
            prtos_resume_vcpu(0);
        if (turn % 31 == 5)
            prtos_reset_vcpu(1, prtos_image_hdr.page_table, PTR2ADDR(start), turn);
        prtos_idle_self();
    }
}

void partition_main(void)
{
    prtos_u32_t self = PRTOS_VCPU_SELF;

    LEDGER(VICTIM)->lives[self]++;
    if (self)
        tease_forever();
    setup_vcpus();
    send_forever();
}
