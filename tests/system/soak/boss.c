/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeps in wait_irq; in each slot it compares when that began with when it had to, by sums of
 * whole frames since the first one, takes what the worker sent and what the health monitor
 * logged, and keeps books. Every seventh slot it changes the plan, every fiftieth it restarts the
 * worker. */
#include <bail.h>
#include <irqs.h>
#include "soak.h"

#define PLAN_SLOTS 7u
#define RESET_SLOTS 50u
#define TICK 20000 /* us from the slot's start to its timer */
#define LATE 2000u /* ns */

/* ns: each plan's frame, and where this partition's slot is in it */
static const prtos_u64_t frame[2] = {100000000u, 150000000u}, offset[2] = {20000000u, 10000000u};

static prtos_s32_t queue, sample;
static volatile prtos_u32_t begun, ticks;
static prtos_u64_t due, tick_due;
static struct {
    prtos_u32_t slots, early, late, tick_early, tick_late, plans, plan_wrong, resets, reset_wrong;
    prtos_u32_t received, lost, stale, events, event_lost, event_wrong, exec_back;
} seen;

static void judge(prtos_u64_t now, prtos_u64_t at, prtos_u32_t *early, prtos_u32_t *late)
{
    if (now < at)
        ++*early;
    else if (now - at > *late)
        *late = now - at > ~0u ? ~0u : (prtos_u32_t)(now - at);
}

static void on_slot(trap_ctxt_t *ctxt)
{
    prtos_u64_t now = clock_ns();

    (void)ctxt;
    if (!seen.slots)
        due = dispatch_ns();
    judge(now, due, &seen.early, &seen.late);
    seen.slots++;
    begun++;
}

static void on_tick(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    judge(clock_ns(), tick_due, &seen.tick_early, &seen.tick_late);
    ticks++;
}

static void take_messages(void)
{
    static prtos_u32_t last;
    prtos_u32_t number, flags;

    while (prtos_receive_queuing_message(queue, &number, sizeof(number)) == sizeof(number)) {
        seen.received++;
        seen.lost += number - last - 1;
        last = number;
    }
    if (prtos_read_sampling_message(sample, &number, sizeof(number), &flags) == sizeof(number))
        seen.stale += number != last;
}

static void take_events(void)
{
    static prtos_u32_t sequence;
    prtos_hm_log_t entry;

    while (prtos_hm_read(&entry) == 1) {
        prtos_u32_t number = entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT;

        if (seen.events++)
            seen.event_lost += number - sequence - 1;
        sequence = number;
        seen.event_wrong += entry.op_code_lo >> HMLOG_OPCODE_EVENT_BIT != CALL_EVENT ||
                            (entry.op_code_lo & 0xff) != WORKER;
    }
}

/* The plan that was asked for is the one in force, and nothing else is asked for. */
static prtos_u32_t take_plan(prtos_u32_t expected)
{
    prtos_u32_t next = expected, previous;
    prtos_plan_status_t plan;

    prtos_get_plan_status(&plan);
    seen.plan_wrong += plan.current != (prtos_s32_t)expected || plan.next != (prtos_s32_t)expected;
    if (seen.slots % PLAN_SLOTS == 0) {
        next = 1 - expected;
        seen.plan_wrong += prtos_switch_sched_plan(next, &previous) != PRTOS_OK;
        seen.plan_wrong += previous != expected;
        seen.plans++;
    }
    return next;
}

/* Cold resets count from 0 again, those by the health monitor on. */
static void look_after_worker(void)
{
    static prtos_u32_t faults_before;
    prtos_part_status_t status;

    prtos_get_partition_status(WORKER, &status);
    seen.reset_wrong += status.reset_counter > BOARD->faults - faults_before;
    seen.reset_wrong += status.reset_counter + 1 < BOARD->faults - faults_before;
    if (seen.slots % RESET_SLOTS)
        return;
    seen.resets++;
    seen.reset_wrong += prtos_reset_partition(WORKER, PRTOS_COLD_RESET, 0) != PRTOS_OK;
    faults_before = BOARD->faults;
}

static void slot(void)
{
    static prtos_u32_t plan;
    static prtos_time_t exec, before;
    prtos_u32_t next;

    prtos_set_timer(PRTOS_HW_CLOCK, (prtos_time_t)(due / 1000) + TICK, 0);
    tick_due = (due / 1000 + TICK) * 1000;
    take_messages();
    take_events();
    look_after_worker();
    next = take_plan(plan);
    prtos_get_time(PRTOS_EXEC_CLOCK, &exec);
    seen.exec_back += exec < before;
    before = exec;
    due += frame[plan] - offset[plan] + offset[next];
    plan = next;
}

static void tell(prtos_u64_t passed)
{
    static prtos_sys_status_t system;

    prtos_get_system_status(&system);
    check_range("seconds", SECONDS, SECONDS + 1, (prtos_u32_t)(passed / 1000000000u));
    check("slots.early", 0, (prtos_s32_t)seen.early);
    check_range("slots.late", 0, LATE, seen.late);
    check("ticks", (prtos_s32_t)seen.slots - 1, (prtos_s32_t)ticks);
    check("ticks.early", 0, (prtos_s32_t)seen.tick_early);
    check_range("ticks.late", 0, LATE, seen.tick_late);
    check_range("plans", SECONDS / 2, SECONDS * 2, seen.plans);
    check("plans.wrong", 0, (prtos_s32_t)seen.plan_wrong);
    check_range("resets", SECONDS / 10, SECONDS, seen.resets);
    check("resets.wrong", 0, (prtos_s32_t)seen.reset_wrong);
    check_range("lives", BOARD->faults + seen.resets, BOARD->faults + seen.resets + 1,
                BOARD->lives);
    check("refused", 0, (prtos_s32_t)BOARD->refused);
    check("received", (prtos_s32_t)BOARD->sent, (prtos_s32_t)seen.received);
    check("lost", 0, (prtos_s32_t)seen.lost);
    check("stale", 0, (prtos_s32_t)seen.stale);
    check("events", (prtos_s32_t)BOARD->faults, (prtos_s32_t)seen.events);
    check("events.lost", 0, (prtos_s32_t)seen.event_lost);
    check("events.wrong", 0, (prtos_s32_t)seen.event_wrong);
    check("exec.back", 0, (prtos_s32_t)seen.exec_back);
    check("system.events", (prtos_s32_t)seen.events, (prtos_s32_t)system.num_of_hm_events);
    check("system.sent", (prtos_s32_t)BOARD->sent,
          (prtos_s32_t)system.num_of_queuing_port_msgs_sent);
    check("system.received", (prtos_s32_t)seen.received,
          (prtos_s32_t)system.num_of_queuing_port_msgs_received);
    check("system.written", (prtos_s32_t)BOARD->written,
          (prtos_s32_t)system.num_of_sampling_port_msgs_written);
    check_range("system.frames", 0, PLAN_SLOTS, (prtos_u32_t)system.current_maf); /* of this plan */
    check_end();
}

void partition_main(void)
{
    prtos_u64_t first;
    prtos_u32_t done = 0;

    queue = prtos_create_queuing_port("queue", 4, 4, PRTOS_DESTINATION_PORT);
    sample = prtos_create_sampling_port("sample", 4, PRTOS_DESTINATION_PORT, 0);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_CYCLIC_SLOT_START), on_slot);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_tick);
    prtos_clear_irqpend(0, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START | 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    while (!begun)
        prtos_wait_irq();
    first = due;
    while (due - first < SECONDS * 1000000000ull) {
        while (begun == done)
            prtos_wait_irq();
        done++;
        slot();
    }
    while (begun == done)
        prtos_wait_irq();
    take_messages();
    take_events();
    tell(clock_ns() - first);
    prtos_halt_system();
}
