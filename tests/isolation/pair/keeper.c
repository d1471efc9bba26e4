/* SPDX-License-Identifier: Apache-2.0 */
/* Brings the attacker back whenever it does not run or stands still, and empties its queue. */
#include <bail.h>
#include <irqs.h>
#include "pair.h"

#define STILL 6u /* frames without a new attack */
#define BEAT 5   /* us */

static void restart(void)
{
    prtos_u32_t warm = BOARD->restarted++ % 2;

    prtos_reset_partition(ATTACKER, warm ? PRTOS_WARM_RESET : PRTOS_COLD_RESET, 0);
}

static prtos_u32_t attacks(void)
{
    prtos_u32_t i, sum = 0;

    for (i = 0; i < KINDS; i++)
        sum += BOARD->done[i];
    return sum;
}

static volatile prtos_u32_t slots;

static void on_slot(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    slots++;
}

static void on_beat(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

/* Where it has a CPU of its own, the machine's other CPUs take turns at its beat: between two
 * deadlines of timers the machine runs one CPU only. */
static void beat_begin(void)
{
    static prtos_time_t now;

    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_CYCLIC_SLOT_START), on_slot);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_beat);
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + BEAT, BEAT);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START | 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
}

static void slot_wait(void)
{
    prtos_u32_t before = slots;

    while (slots == before)
        prtos_wait_irq();
}

void partition_main(void)
{
    static prtos_u32_t message[16];
    static prtos_part_status_t status;
    prtos_s32_t port = prtos_create_queuing_port("keep", 4, 64, PRTOS_DESTINATION_PORT);
    prtos_u32_t last = 0, still = 0;

    beat_begin();
    for (;;) {
        slot_wait();
        prtos_receive_queuing_message(port, message, sizeof(message));
        if (!ORDERS->seed || prtos_get_partition_status(ATTACKER, &status) != PRTOS_OK)
            continue;
        still = attacks() == last ? still + 1 : 0;
        last = attacks();
        if (status.state == PRTOS_STATUS_HALTED || still > STILL) {
            restart();
            still = 0;
        } else if (status.state == PRTOS_STATUS_SUSPENDED) {
            BOARD->resumed++;
            prtos_resume_partition(ATTACKER);
        }
    }
}
