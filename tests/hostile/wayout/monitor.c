/* SPDX-License-Identifier: Apache-2.0 */
/* Lets the attacker try for some frames, then says what the victim and the log have seen. */
#include <string.h>
#include "wayout.h"

#define FRAMES 40u
#define MOST_LATE 1500u /* ns; an instruction is one */

/* Its own name in the XML says what becomes of the attacker: `halted`, with one entry in the log,
 * the event that the processor itself would give, or `ignored`. */
static void check_attacker(void)
{
    prtos_u32_t halted = !strcmp(prtos_get_pct()->name, "halted");
    prtos_u32_t events = 0, last = 0;
    prtos_part_status_t status;
    prtos_hm_log_t entry;

    check("status.code", PRTOS_OK, prtos_get_partition_status(ATTACKER, &status));
    check_word("status", halted ? PRTOS_STATUS_HALTED : PRTOS_STATUS_READY, status.state);
    for (; prtos_hm_read(&entry) == 1; events++)
        last = entry.op_code_lo >> HMLOG_OPCODE_EVENT_BIT << 8 |
               (entry.op_code_lo & HMLOG_OPCODE_PARTID_MASK);
    check_word("log.events", halted, events);
    check_word("log.last", halted ? BOARD->event << 8 | ATTACKER : 0, last);
}

void partition_main(void)
{
    prtos_u32_t i, before = HEALTH->frames;

    for (i = 0; i < FRAMES; i++)
        prtos_idle_self();
    check_word("begun", 1, BOARD->begun);
    check_word("back", 0, BOARD->back);
    check_word("frames", FRAMES, HEALTH->frames - before);
    check_word("words", 0, HEALTH->words);
    check_word("registers", 0, HEALTH->registers);
    check_range("early", 0, MOST_LATE, HEALTH->early);
    check_range("late", 0, MOST_LATE, HEALTH->late);
    check_word("fpu", 0, HEALTH->fpu);
    check_word("table", 0, HEALTH->table);
    check_attacker();
    check_end();
    prtos_halt_system();
}
