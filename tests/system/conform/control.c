/* SPDX-License-Identifier: Apache-2.0 */
/* The system partition's power over another one: codes, and what became of the target. */
#include "conform.h"
#include "board.h"

static prtos_part_status_t status;

static prtos_s32_t do_call(prtos_u32_t nr)
{
    return call(nr, TARGET, 0, 0, 0, 0);
}

static prtos_s32_t reset(prtos_u32_t mode, prtos_u32_t code)
{
    return call(reset_partition_nr, TARGET, mode, code, 0, 0);
}

/* Slots of the target in the next three frames. */
static prtos_s32_t beats(void)
{
    prtos_u32_t before = BOARD->beats;

    prtos_idle_self();
    prtos_idle_self();
    prtos_idle_self();
    return (prtos_s32_t)(BOARD->beats - before);
}

static void check_state(const char *name, prtos_u32_t state)
{
    prtos_get_partition_status(TARGET, &status);
    check(name, (prtos_s32_t)state, (prtos_s32_t)status.state);
}

static void check_suspension(void)
{
    check("target.beats", 3, beats());
    check_state("target.ready", PRTOS_STATUS_READY);
    check_word("target.flags", PRTOS_PART_READY, BOARD->flags);
    check("suspend", OK, do_call(suspend_partition_nr));
    check("suspend.again", NONE, do_call(suspend_partition_nr));
    check_state("suspend.state", PRTOS_STATUS_SUSPENDED);
    check("suspend.beats", 0, beats());
    check("suspend.shutdown", OK, do_call(shutdown_partition_nr));
    check("resume", OK, do_call(resume_partition_nr));
    check("resume.again", NONE, do_call(resume_partition_nr));
    check_state("resume.state", PRTOS_STATUS_READY);
    check("resume.beats", 3, beats());
    check("suspend.latched", 1, (prtos_s32_t)BOARD->shutdowns);
    check("resume.no-restart", 1, (prtos_s32_t)BOARD->starts);
    check("shutdown", OK, do_call(shutdown_partition_nr));
    check("shutdown.twice", OK, do_call(shutdown_partition_nr));
    check("shutdown.beats", 3, beats());
    check("shutdown.merged", 2, (prtos_s32_t)BOARD->shutdowns);
}

static void check_resets(void)
{
    check_word("start.data", 0x600d, BOARD->data);
    check("start.port", 0, BOARD->port);
    check("reset.warm", OK, reset(PRTOS_WARM_RESET, 0x1234));
    check("reset.warm.beats", 3, beats());
    check("reset.warm.starts", 2, (prtos_s32_t)BOARD->starts);
    check("reset.warm.counter", 1, (prtos_s32_t)BOARD->reset_counter);
    check_word("reset.warm.status", 0x1234, BOARD->reset_status);
    check_word("reset.warm.data", 0xbad, BOARD->data);
    check("reset.warm.port", 0, BOARD->port);
    check_word("reset.warm.pending", 0, BOARD->pended);
    check_state("reset.warm.state", PRTOS_STATUS_READY);
    check("reset.warm.opmode", PRTOS_OPMODE_NORMAL, (prtos_s32_t)status.op_mode);
    check("reset.warm.status-counter", 1, (prtos_s32_t)status.reset_counter);
    check_word("reset.warm.status-status", 0x1234, status.reset_status);
    check("reset.warm2", OK, reset(PRTOS_WARM_RESET, 5));
    prtos_get_partition_status(TARGET, &status);
    check("reset.warm2.opmode", PRTOS_OPMODE_WARM_RESET, (prtos_s32_t)status.op_mode);
    check("reset.warm2.beats", 3, beats());
    check("reset.warm2.counter", 2, (prtos_s32_t)BOARD->reset_counter);
    check("reset.cold", OK, reset(PRTOS_COLD_RESET, 77));
    prtos_get_partition_status(TARGET, &status);
    check("reset.cold.opmode", PRTOS_OPMODE_COLD_RESET, (prtos_s32_t)status.op_mode);
    while (BOARD->starts < 4)
        prtos_idle_self();
    check("reset.cold.beats", 3, beats());
    check("reset.cold.starts", 4, (prtos_s32_t)BOARD->starts);
    check("reset.cold.counter", 0, (prtos_s32_t)BOARD->reset_counter);
    check("reset.cold.status", 77, (prtos_s32_t)BOARD->reset_status);
    check_word("reset.cold.data", 0x600d, BOARD->data);
    check("reset.cold.port", 0, BOARD->port);
}

static void check_halt(void)
{
    check("suspend.for-halt", OK, do_call(suspend_partition_nr));
    check("halt", OK, do_call(halt_partition_nr));
    check("halt.again", NONE, do_call(halt_partition_nr));
    check("halt.suspend", NONE, do_call(suspend_partition_nr));
    check("halt.resume", NONE, do_call(resume_partition_nr));
    check("halt.shutdown", OK, do_call(shutdown_partition_nr));
    check_state("halt.state", PRTOS_STATUS_HALTED);
    check("halt.opmode", PRTOS_OPMODE_IDLE, (prtos_s32_t)status.op_mode);
    check("halt.beats", 0, beats());
    check("halt.reset", OK, reset(PRTOS_WARM_RESET, 9));
    check("halt.reset.beats", 3, beats());
    check("halt.reset.counter", 1, (prtos_s32_t)BOARD->reset_counter);
    check_word("halt.reset.pending", 0, BOARD->pended);
    check("suspend.for-reset", OK, do_call(suspend_partition_nr));
    check("suspended.reset", OK, reset(PRTOS_WARM_RESET, 9));
    check("suspended.reset.beats", 3, beats());
    check_state("suspended.reset.state", PRTOS_STATUS_READY);
}

/* IPVIs at a partition that never takes them. */
static void check_ipvi(void)
{
    check("pipvi.again", NONE, call(raise_partition_ipvi_nr, SINK, 25, 0, 0, 0));
    check("ipvi.again", OK, call(raise_ipvi_nr, 25, 0, 0, 0, 0));
}

void check_control(void)
{
    check_suspension();
    check_resets();
    check_halt();
    check_ipvi();
}
