/* SPDX-License-Identifier: Apache-2.0 */
/* First run: busy or idle for ever, as its name says. After a restart it tells what it knows. */
#include <stdio.h>
#include <string.h>
#include "../guest/check.h"
#include "own.h"

static void look_back(const prtos_sys_status_t *system)
{
    prtos_hm_log_t entry;
    prtos_u32_t events = 0, event = 0, of_system = 0;

    for (; prtos_hm_read(&entry) == 1; events++) {
        event = entry.op_code_lo >> HMLOG_OPCODE_EVENT_BIT;
        of_system = entry.op_code_hi & HMLOG_OPCODE_SYS_MASK;
    }
    check("resets", 1, (prtos_s32_t)system->reset_counter);
    check_word("status",
               (prtos_u32_t)PRTOS_HM_RESET_STATUS_MODULE_RESTART
                       << PRTOS_HM_RESET_STATUS_USER_CODE_BIT |
                   EVENT,
               prtos_get_pct()->reset_status);
    check("log.events", 1, (prtos_s32_t)events);
    check("log.event", EVENT, (prtos_s32_t)event);
    check("log.system", 1, of_system != 0);
    check_end();
    prtos_halt_system();
}

void partition_main(void)
{
    prtos_sys_status_t system;

    prtos_get_system_status(&system);
    if (system.reset_counter)
        look_back(&system);
    printf("[P0] waits\n");
    prtos_idle_self(); /* the line goes out meanwhile */
    printf("[P0] ready\n");
    for (;;)
        if (!strcmp(prtos_get_pct()->name, "idle"))
            prtos_idle_self();
}
