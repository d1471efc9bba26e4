/* SPDX-License-Identifier: Apache-2.0 */
/* Other end of the callers' ports and interrupts; tells what became of their calls and ends the
 * run. */
#include <stdio.h>
#include "oracle.h"

#define LIMIT 200000u /* frames */

static prtos_s32_t ports[2][4];

static void open_ports(void)
{
    static char *const names[2][4] = {{"p_say", "p_hear", "p_send", "p_take"},
                                      {"b_say", "b_hear", "b_send", "b_take"}};
    prtos_u32_t i;

    for (i = 0; i < 2; i++) {
        ports[i][0] = prtos_create_sampling_port(names[i][0], SAMPLE, PRTOS_DESTINATION_PORT,
                                                 PRTOS_INFINITE_TIME);
        ports[i][1] =
            prtos_create_sampling_port(names[i][1], SAMPLE, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
        ports[i][2] = prtos_create_queuing_port(names[i][2], DEPTH, SHORT, PRTOS_DESTINATION_PORT);
        ports[i][3] = prtos_create_queuing_port(names[i][3], DEPTH, SHORT, PRTOS_SOURCE_PORT);
    }
}

static void supply(prtos_u32_t id)
{
    static char message[SAMPLE];

    if (!BOARD(id)->supply)
        return;
    while (prtos_receive_queuing_message(ports[id][2], message, SHORT) >= 0)
        ;
    prtos_write_sampling_message(ports[id][1], message, HEARD);
    while (prtos_send_queuing_message(ports[id][3], message, SHORT) == PRTOS_OK)
        ;
    prtos_clear_irqpend(0, 1u << (PRTOS_VT_EXT_IPVI0 + id));
    BOARD(id)->supply = 0;
}

static prtos_u32_t is_halted(prtos_u32_t id)
{
    prtos_part_status_t status;

    return prtos_get_partition_status(id, &status) == PRTOS_OK &&
           status.state == PRTOS_STATUS_HALTED;
}

static void tell(prtos_u32_t id)
{
    volatile struct board *board = BOARD(id);
    prtos_u32_t i;
    char name[96];

    check("calls", CALLS, (prtos_s32_t)board->calls);
    check("wrong", 0, (prtos_s32_t)board->wrong);
    check_word("damage", 0, board->damage);
    for (i = 0; i < 9; i++)
        printf("[P5] caller %u code -%u: %u\n", id, i, board->codes[i]);
    for (i = 0; i < board->wrong && i < WRONG_KEPT; i++) {
        sprintf(name, "caller%u.call%u(%x,%x,%x,%x,%x)", id, board->kept[i].nr,
                board->kept[i].arg[0], board->kept[i].arg[1], board->kept[i].arg[2],
                board->kept[i].arg[3], board->kept[i].arg[4]);
        check(name, board->kept[i].low, board->kept[i].got);
    }
}

void partition_main(void)
{
    prtos_u32_t frames;

    open_ports();
    for (frames = 0; frames < LIMIT; frames++) {
        supply(PLAIN);
        supply(BOSS);
        if (is_halted(PLAIN) && is_halted(BOSS) && REPORTED(WORKER) && REPORTED(ECHO))
            break;
        prtos_idle_self();
    }
    printf("[P5] frames %u\n", frames);
    tell(PLAIN);
    tell(BOSS);
    check_end();
    prtos_halt_system();
}
