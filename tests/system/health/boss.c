/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the facts, one on a line, long after the fault: `! <name> <value>`. */
#include <stdio.h>
#include <string.h>
#include "facts.h"

#define LATER 12 /* frames */
#define LOG_HM OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)

static void tell(const char *name, prtos_u32_t value)
{
    printf("[P1] ! %s 0x%x\n", name, value);
}

/* Sum of all its halves, the checksum's own among them, in one's complement: 0xffff if right. */
static prtos_u32_t sum(const prtos_hm_log_t *entry)
{
    const prtos_u8_t *byte = (const prtos_u8_t *)entry;
    prtos_u32_t i, total = 0;

    for (i = 0; i < sizeof(*entry); i += 2)
        total += byte[i] | (prtos_u32_t)byte[i + 1] << 8;
    while (total >> 16)
        total = (total & 0xffff) + (total >> 16);
    return total;
}

static void tell_entry(const prtos_hm_log_t *entry)
{
    tell("log.event", entry->op_code_lo >> HMLOG_OPCODE_EVENT_BIT);
    tell("log.partition", entry->op_code_lo & 0xff);
    tell("log.vcpu", entry->op_code_lo >> 8 & 0xff);
    tell("log.sequence", entry->op_code_hi >> HMLOG_OPCODE_SEQ_BIT);
    tell("log.system", entry->op_code_hi & 1);
    tell("log.valid", entry->op_code_hi >> 1 & 1);
    tell("log.signature", entry->signature);
    tell("log.sum", sum(entry));
    tell("log.pc", (prtos_u32_t)entry->cpu_ctxt.pc - FACTS->pc);
    tell("log.psr", (prtos_u32_t)entry->cpu_ctxt.psr & 0x37302);
    tell("log.frame", (prtos_u32_t)entry->timestamp / 5000);
}

static void tell_log(void)
{
    prtos_hm_status_t status;
    prtos_hm_log_t entry;

    prtos_hm_status(&status);
    tell("log.events", (prtos_u32_t)status.num_of_events);
    while (prtos_hm_read(&entry) == 1)
        tell_entry(&entry);
}

/* A log that has seen more than it holds. */
static void check_ring(void)
{
    prtos_hm_status_t status;
    prtos_hm_log_t entry;
    prtos_u32_t first = 0, last = 0, n = 0;

    prtos_hm_status(&status);
    check("ring.full", status.max_events, status.num_of_events);
    check_range("ring.max", 70, 4096 / sizeof(entry), (prtos_u32_t)status.max_events);
    while (prtos_hm_read(&entry) == 1) {
        last = entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT;
        if (n++ == 0)
            first = last;
        else if (last != first + n - 1)
            check("ring.order", (prtos_s32_t)(first + n - 1), (prtos_s32_t)last);
    }
    check("ring.last", MANY - 1, (prtos_s32_t)last);
    check("ring.read", status.max_events, (prtos_s32_t)n);
    check("ring.first", MANY - status.max_events, (prtos_s32_t)first);
    check("ring.nothing-more", 0, prtos_hm_read(&entry));
    check("seek.set", 0, prtos_hm_seek(5, PRTOS_OBJ_SEEK_SET));
    prtos_hm_read(&entry);
    check("seek.set.entry", (prtos_s32_t)first + 5,
          (prtos_s32_t)(entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT));
    check("seek.cur", 0, prtos_hm_seek(-3, PRTOS_OBJ_SEEK_CUR));
    prtos_hm_status(&status);
    check("seek.cur.cursor", 3, status.current_event);
    check("seek.end", 0, prtos_hm_seek(-1, PRTOS_OBJ_SEEK_END));
    prtos_hm_read(&entry);
    check("seek.end.entry", MANY - 1, (prtos_s32_t)(entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT));
    check("seek.before", PRTOS_INVALID_PARAM, prtos_hm_seek(-1, PRTOS_OBJ_SEEK_SET));
    check("seek.beyond", PRTOS_INVALID_PARAM, prtos_hm_seek(1, PRTOS_OBJ_SEEK_END));
    check("seek.whence", PRTOS_INVALID_PARAM, prtos_hm_seek(0, 3));
}

/* One fault of the faulty partition's after another warm reset each. */
static void fault_again(void)
{
    FACTS->faults = 0;
    prtos_reset_partition(0, PRTOS_WARM_RESET, 0);
    while (!FACTS->faults)
        prtos_idle_self();
    prtos_idle_self();
}

static void check_lock(void)
{
    prtos_hm_status_t status;
    prtos_hm_log_t entry;

    check("lock", 0, prtos_ctrl_object(LOG_HM, PRTOS_HM_LOCK_EVENTS, &status));
    fault_again();
    prtos_hm_seek(-1, PRTOS_OBJ_SEEK_END);
    prtos_hm_read(&entry);
    check("lock.last", MANY - 1, (prtos_s32_t)(entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT));
    check("unlock", 0, prtos_ctrl_object(LOG_HM, PRTOS_HM_UNLOCK_EVENTS, &status));
    check("reset", 0, prtos_ctrl_object(LOG_HM, PRTOS_HM_RESET_EVENTS, &status));
    prtos_hm_status(&status);
    check("reset.events", 0, status.num_of_events);
    check("reset.cursor", 0, status.current_event);
    check("reset.read", 0, prtos_hm_read(&entry));
    fault_again();
    prtos_hm_status(&status);
    check("unlock.full", status.max_events, status.num_of_events);
}

static void tell_facts(void)
{
    prtos_part_status_t status;
    prtos_sys_status_t system;
    prtos_plan_status_t plan;
    prtos_u32_t beats = FACTS->beats, bystander = FACTS->bystander, i;

    for (i = 0; i < 3; i++)
        prtos_idle_self();
    prtos_get_partition_status(0, &status);
    prtos_get_system_status(&system);
    prtos_get_plan_status(&plan);
    tell("boots", FACTS->boots);
    tell("system.resets", system.reset_counter);
    tell("system.events", (prtos_u32_t)system.num_of_hm_events);
    tell("own.status", prtos_get_pct()->reset_status);
    tell("state", status.state);
    tell("starts", FACTS->starts);
    tell("resets", status.reset_counter);
    tell("status", status.reset_status);
    tell("table.resets", FACTS->reset_counter);
    tell("table.status", FACTS->reset_status);
    tell("data", FACTS->data);
    tell("faults", FACTS->faults);
    tell("went_on", FACTS->went_on);
    tell("trapped", FACTS->trapped);
    tell("trap.ip", FACTS->trapped ? FACTS->trap_ip - FACTS->pc : 0);
    tell("trap.error", FACTS->trap_error);
    tell("shutdowns", FACTS->shutdowns);
    tell("plan", (prtos_u32_t)plan.current);
    tell("plan.prev", (prtos_u32_t)plan.prev);
    tell("beats", FACTS->beats - beats);
    tell("bystander", FACTS->bystander - bystander);
}

void partition_main(void)
{
    prtos_part_status_t status;
    prtos_u32_t i;

    FACTS->boots++;
    printf("[P1] boot %d\n", FACTS->boots);
    for (i = 0; i < LATER; i++)
        prtos_idle_self();
    prtos_get_partition_status(0, &status);
    tell_facts();
    if (status.state == PRTOS_STATUS_SUSPENDED) {
        prtos_resume_partition(0);
        prtos_idle_self();
        tell("resumed.went_on", FACTS->went_on);
    }
    if (FACTS->faults && FACTS->trapped == 0 && FACTS->pc == 0 && FACTS->went_on) {
        check_ring();
        check_lock();
        check_end();
    } else {
        tell_log();
    }
    prtos_halt_system();
}
