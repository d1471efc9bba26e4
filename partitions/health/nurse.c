/* SPDX-License-Identifier: Apache-2.0 */
/* Orders one fault after another, and tells what became of the patient and what the log says. */
#include <prtos.h>
#include <stdio.h>
#include "chart.h"

#define PATIENT 1

static const char *const faults[FAULTS] = FAULT_NAMES;

static void tell_log(void)
{
    prtos_hm_log_t entry;
    prtos_u32_t n = 0;

    while (prtos_hm_read(&entry) == 1) {
        n++;
        printf("[P0]   logged: event %d of partition %d\n",
               entry.op_code_lo >> HMLOG_OPCODE_EVENT_BIT,
               entry.op_code_lo & HMLOG_OPCODE_PARTID_MASK);
    }
    if (!n)
        printf("[P0]   not logged\n");
}

static void tell_state(void)
{
    static const char *const states[] = {"idle", "ready", "suspended", "halted"};
    prtos_part_status_t status;

    prtos_get_partition_status(PATIENT, &status);
    printf("[P0]   the patient is %s, starts %d, resets %d, status 0x%x%s\n", states[status.state],
           CHART->starts, status.reset_counter, status.reset_status,
           CHART->handled == CHART->order ? ", and went on by itself" : "");
}

void partition_main(void)
{
    prtos_u32_t kind;

    prtos_idle_self(); /* the patient has begun */
    for (kind = NOTHING + 1; kind < FAULTS; kind++) {
        CHART->order = kind;
        printf("[P0] %s\n", faults[kind]);
        prtos_idle_self();
        prtos_idle_self(); /* a cold reset loads the image in the patient's slots */
        tell_state();
        tell_log();
        if (kind == SUSPENDED_BY) {
            printf("[P0]   resume: %d\n", prtos_resume_partition(PATIENT));
            prtos_idle_self();
            tell_state();
        }
    }
    prtos_halt_system();
}
