/* SPDX-License-Identifier: Apache-2.0 */
/* Switches plans and tells what it sees. A switch happens at the end of the frame, on all
 * processors at the same instant; only the health monitor's happens at once. */
#include <prtos.h>
#include <stdio.h>
#include "board.h"

enum { NORMAL, MAINTENANCE, SAVING };

static prtos_time_t origin;

/* Times in whole ms from the first frame on: switches happen exactly at frame ends. */
static void tell(const char *what)
{
    prtos_plan_status_t plan;

    prtos_get_plan_status(&plan);
    printf("[P0] %s: plan %d since %d ms, next %d, before %d; worker: %d shifts\n", what,
           plan.current, (prtos_s32_t)(plan.switch_time - origin + 500) / 1000, plan.next,
           plan.prev, BOARD->shifts);
}

static void frames(prtos_u32_t n)
{
    while (n--)
        prtos_idle_self();
}

static void ask(prtos_u32_t plan)
{
    prtos_u32_t previous = 99;
    prtos_s32_t code = prtos_switch_sched_plan(plan, &previous);

    if (code)
        printf("[P0] switch to plan %d: refused, %d\n", plan, code);
    else
        printf("[P0] switch to plan %d, from %d\n", plan, previous);
}

void partition_main(void)
{
    prtos_plan_status_t plan;

    prtos_get_plan_status(&plan);
    origin = plan.switch_time;
    printf("[P0] plan \"saving\" is plan %d\n",
           prtos_get_gid_by_name((prtos_u8_t *)"saving\0\0\0\0\0\0\0\0\0\0", PRTOS_PLAN_NAME));
    frames(3);
    tell("start");
    ask(NORMAL);
    ask(3);
    ask(SAVING);
    tell("asked");
    frames(1);
    tell("saving");
    frames(3);
    tell("... three frames on");
    ask(NORMAL);
    frames(3);
    tell("back");
    BOARD->broken = 1;
    frames(1);
    tell("after the fault");
    frames(2);
    tell("... two frames on");
    ask(NORMAL);
    frames(3);
    tell("back");
    prtos_halt_system();
}
