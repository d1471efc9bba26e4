/* SPDX-License-Identifier: Apache-2.0 */
/* System partition: watches the attacker's resets through the status object, compares what ended
 * each attempt with what should have, takes the attacker back when it will not stop by itself,
 * hears the victim and prints the verdict. */
#include <prtos.h>
#include <stdio.h>
#include <stdlib.h>
#include "attacks.h"

#define PATIENCE 3 /* frames without a reset until the attacker is restarted */

static prtos_u32_t n_stopped, n_wrong;

static const char *ending_name(prtos_u32_t status)
{
    switch (status) {
    case TAKEN_BACK:
        return "reset by the monitor";
    case REFUSED_WITH(PRTOS_PERM_ERROR):
        return "refused: PERM_ERROR";
    case REFUSED_WITH(PRTOS_INVALID_PARAM):
        return "refused: INVALID_PARAM";
    case REFUSED_WITH(PRTOS_OP_NOT_ALLOWED):
        return "refused: OP_NOT_ALLOWED";
    case SURVIVED:
        return "NOT STOPPED";
    case REFUSED:
        return "a refusal";
    default:
        return event_name(status) ? event_name(status) : "something else";
    }
}

/* Prints `text` and blanks up to `width`. */
static void print_column(const char *text, prtos_s32_t width)
{
    prtos_s32_t i;

    printf("%s", text);
    for (i = 0; text[i]; i++)
        width--;
    while (width-- > 0)
        putchar(' ');
}

static void judge_attempt(prtos_u32_t id, prtos_u32_t status)
{
    prtos_u32_t expected = attack[id].stopped_by;

    printf("[P2] %02d ", id + 1);
    print_column(attack[id].what, 50);
    if (status == expected || (expected == REFUSED && (status & ~0xfffu) == REFUSED)) {
        n_stopped++;
        printf("%s\n", ending_name(status));
        return;
    }
    n_wrong++;
    printf("%s (0x%x) INSTEAD OF %s\n", ending_name(status), status, ending_name(expected));
}

/* Follows the attacker until it has no attempt left. */
static void watch_attacker(void)
{
    prtos_part_status_t status;
    prtos_u32_t attempt = 0, waited = 0;

    while (attempt < ATTACKS) {
        prtos_idle_self();
        if (prtos_get_partition_status(ATTACKER, &status) != PRTOS_OK)
            continue;
        if (status.reset_counter == attempt) {
            if (++waited > PATIENCE)
                prtos_reset_partition(ATTACKER, PRTOS_WARM_RESET, TAKEN_BACK);
            continue;
        }
        waited = 0;
        judge_attempt(attempt, status.reset_status & PRTOS_HM_RESET_STATUS_EVENT_MASK);
        attempt = status.reset_counter;
    }
}

static void print_verdict(const struct testimony *testimony)
{
    prtos_part_status_t status;
    prtos_s32_t bad;

    prtos_get_partition_status(VICTIM, &status);
    bad = n_wrong != 0 || n_stopped != ATTACKS || testimony->words_changed != 0 ||
          testimony->slots_missed != 0 || status.reset_counter != 0 || testimony->frames < ATTACKS;
    printf("[P2] attacker: %d attempts, %d stopped as they should be, %d not\n", ATTACKS, n_stopped,
           (prtos_s32_t)ATTACKS - n_stopped);
    printf("[P2] victim:   %d slots, %d missed, %d words changed, %d resets\n", testimony->frames,
           testimony->slots_missed, testimony->words_changed, status.reset_counter);
    printf("[P2] victim:   slot starts lie within %d us\n", testimony->slot_spread);
    printf("[P2] verdict:  %s\n", bad ? "FAIL" : "PASS");
}

void partition_main(void)
{
    struct testimony testimony = {0, 0, 0, 0};
    prtos_s32_t port;

    port = prtos_create_sampling_port("testimony", sizeof(testimony), PRTOS_DESTINATION_PORT,
                                      PRTOS_INFINITE_TIME);
    printf("[P2] nr attempt                                           ended by\n");
    watch_attacker();
    prtos_idle_self();
    if (prtos_read_sampling_message(port, &testimony, sizeof(testimony), NULL) < 0)
        printf("[P2] FAILED: no testimony\n");
    print_verdict(&testimony);
    prtos_halt_system();
}
