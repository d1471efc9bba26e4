/* SPDX-License-Identifier: Apache-2.0 */
/* Four runs of the system, counted in memory that no restart clears. */
#include <stdio.h>
#include "../../system/guest/check.h"

#define RUN (*(volatile prtos_u32_t *)0x6500000)

/* After boot, after a warm restart, after another one, after a cold one. */
static const prtos_s32_t counters[4] = {0, 1, 2, 0};

static void note(const char *name, prtos_u32_t expected, prtos_u32_t got)
{
    char both[40];

    sprintf(both, "run%d.%s", RUN, name);
    check_word(both, expected, got);
}

/* One entry for each run so far; the log's numbers go on or begin again, but rise in a run. */
static void check_log(void)
{
    prtos_hm_status_t status;
    prtos_hm_log_t entry;
    prtos_u32_t n = 0, others = 0;

    prtos_hm_status(&status);
    note("log", RUN + 1, (prtos_u32_t)status.num_of_events);
    for (; prtos_hm_read(&entry) == 1; n++)
        others += entry.op_code_lo != CALL_EVENT << HMLOG_OPCODE_EVENT_BIT;
    note("log.read", RUN + 1, n);
    note("log.others", 0, others);
}

static void check_run(void)
{
    prtos_u32_t message[4] = {0, 0, 0, 0}, flags = 0;
    prtos_part_status_t worker;
    prtos_sys_status_t system;
    prtos_s32_t say, send;
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    check_range("clock", 2000, 30000, (prtos_u32_t)now);
    say = prtos_create_sampling_port("say", 16, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    send = prtos_create_queuing_port("send", 4, 16, PRTOS_DESTINATION_PORT);
    prtos_idle_self();
    prtos_idle_self();
    prtos_idle_self();
    prtos_get_system_status(&system);
    prtos_get_partition_status(0, &worker);
    note("system.resets", (prtos_u32_t)counters[RUN], system.reset_counter);
    note("system.events", 1, (prtos_u32_t)system.num_of_hm_events);
    note("system.written", 1, (prtos_u32_t)system.num_of_sampling_port_msgs_written);
    note("own.resets", 0, prtos_get_pct()->reset_counter);
    note("own.status", 0, prtos_get_pct()->reset_status);
    note("worker.resets", 1, worker.reset_counter);
    note("say", 16, (prtos_u32_t)prtos_read_sampling_message(say, message, 16, &flags));
    note("worker.data", 0x600d, message[0]);
    note("worker.first-resets", 0, message[1]);
    note("worker.first-status", 0, message[2]);
    note("send", 16, (prtos_u32_t)prtos_receive_queuing_message(send, message, 16));
    note("send.again", (prtos_u32_t)PRTOS_OP_NOT_ALLOWED,
         (prtos_u32_t)prtos_receive_queuing_message(send, message, 16));
}

void partition_main(void)
{
    prtos_u32_t run = RUN;

    check_run();
    check_log();
    check_end();
    RUN = run + 1;
    if (run == 3)
        prtos_halt_system();
    prtos_reset_system(run == 2 ? PRTOS_COLD_RESET : PRTOS_WARM_RESET);
    printf("[P1] the system was not restarted\n");
}
