/* SPDX-License-Identifier: Apache-2.0 */
/* A system partition that controls another one, and looks each time what became of it. */
#include <prtos.h>
#include <stdio.h>
#include "diary.h"

#define SUBJECT 1
#define STATUS 0x1234 /* given to resets, for the one that is reset */

static prtos_u32_t slots[VCPUS], memory;

/* Three frames pass; what the subject is then, and what it did in them. */
static void look(const char *what, prtos_s32_t code)
{
    static const char *const states[] = {"idle", "ready", "suspended", "halted"};
    prtos_part_status_t status;
    prtos_u32_t i;

    for (i = 0; i < VCPUS; i++)
        slots[i] = DIARY->slots[i];
    memory = DIARY->memory;
    for (i = 0; i < 3; i++)
        prtos_idle_self();
    prtos_get_partition_status(SUBJECT, &status);
    printf("[P0] %s: %d, %s, resets %d, status 0x%x, slots +%d +%d, memory %s\n", what, code,
           states[status.state], status.reset_counter, status.reset_status,
           DIARY->slots[0] - slots[0], DIARY->slots[1] - slots[1],
           DIARY->memory == memory + DIARY->slots[0] - slots[0] ? "kept" : "new");
}

void partition_main(void)
{
    look("start", 0);
    look("suspend", prtos_suspend_partition(SUBJECT));
    look("again", prtos_suspend_partition(SUBJECT));
    look("resume", prtos_resume_partition(SUBJECT));
    look("again", prtos_resume_partition(SUBJECT));
    look("warm reset", prtos_reset_partition(SUBJECT, PRTOS_WARM_RESET, STATUS));
    look("warm reset", prtos_reset_partition(SUBJECT, PRTOS_WARM_RESET, STATUS + 1));
    look("cold reset", prtos_reset_partition(SUBJECT, PRTOS_COLD_RESET, STATUS + 2));
    look("shutdown", prtos_shutdown_partition(SUBJECT));
    printf("[P0] it ended by itself: %d\n", DIARY->farewells);
    look("halt", prtos_halt_partition(SUBJECT));
    look("resume", prtos_resume_partition(SUBJECT));
    look("cold reset", prtos_reset_partition(SUBJECT, PRTOS_COLD_RESET, 0));
    look("halt", prtos_halt_partition(SUBJECT));
    look("of nobody", prtos_halt_partition(7));
    look("mode 5", prtos_reset_partition(SUBJECT, 5, 0));
    prtos_halt_system();
}
