/* SPDX-License-Identifier: Apache-2.0 */
/* Brings the fuzzer back whenever it stands still: warm, and cold if that did not help. */
#include <stdio.h>
#include "fuzz.h"

#define LIMIT 200000u /* frames */
#define STILL 8u      /* frames without a call */

static void keep_queues(void)
{
    static char message[4096];
    static prtos_s32_t ports[3];
    static prtos_u32_t open;
    prtos_u32_t flags;

    if (!open++) {
        ports[0] = prtos_create_sampling_port("long", 0x20000, PRTOS_DESTINATION_PORT,
                                              PRTOS_INFINITE_TIME);
        ports[1] = prtos_create_queuing_port("send", 4, 4096, PRTOS_DESTINATION_PORT);
        ports[2] = prtos_create_queuing_port("take", 4, 4096, PRTOS_SOURCE_PORT);
    }
    prtos_read_sampling_message(ports[0], message, sizeof(message), &flags);
    prtos_receive_queuing_message(ports[1], message, sizeof(message));
    prtos_send_queuing_message(ports[2], message, sizeof(message));
}

void partition_main(void)
{
    prtos_u32_t frames, still = 0, resets = 0, last = 0, i;
    prtos_part_status_t status;

    for (frames = 0; frames < LIMIT; frames++) {
        prtos_idle_self();
        keep_queues();
        prtos_get_partition_status(FUZZER, &status);
        if (BOARD->calls >= CALLS && status.state == PRTOS_STATUS_HALTED && REPORTED >= REPORTS)
            break;
        still = BOARD->calls == last ? still + 1 : 0;
        last = BOARD->calls;
        if (status.state == PRTOS_STATUS_SUSPENDED)
            prtos_resume_partition(FUZZER);
        else if (BOARD->calls < CALLS && (status.state == PRTOS_STATUS_HALTED || still >= STILL)) {
            prtos_reset_partition(FUZZER, still ? PRTOS_COLD_RESET : PRTOS_WARM_RESET, 0);
            resets++;
            still = 0;
        }
    }
    printf("[P2] calls %u resets %u frames %u\n", BOARD->calls, resets, frames);
    for (i = 0; i < 9; i++)
        printf("[P2] code -%u: %u\n", i, BOARD->codes[i]);
    check("strange", 0, (prtos_s32_t)BOARD->strange);
    check_word("fuzzer.damage", 0, BOARD->damage);
    check("victim.words", 0, (prtos_s32_t)HEALTH->words);
    check_word("victim.registers", 0, HEALTH->registers);
    check("victim.table", 0, (prtos_s32_t)HEALTH->table);
    check("victim.fpu", 0, (prtos_s32_t)HEALTH->fpu);
    check_range("victim.late", 0, 1500, HEALTH->late);
    check_range("victim.early", 0, 1500, HEALTH->early);
    check_end();
    prtos_halt_system();
}
