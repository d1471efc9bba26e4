/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the hypervisor's stream: what the subject did, word for word and in order, and what this
 * partition did to it; first of all, that streams outlive a warm restart of the system. */
#include <stdio.h>
#include <string.h>
#include "audit.h"
#include "propagate.h"

#define SUBJECT 1u
#define KEEP 600u
#define ANY 0x5eed5eedu
#define CODE(module, event) (TRACE_##module##_MODULE << 8 | AUDIT_##module##_##event)

static prtos_trace_event_t event[KEEP];
static prtos_u32_t n_events;

struct line {
    prtos_u32_t code, word[4];
};

/* Between the marks; ANY where an address of the subject stands. */
static struct line expected[] = {
    {CODE(HCALLS, END), {route_irq_nr, (prtos_u32_t)PRTOS_INVALID_PARAM}},
    {CODE(HCALLS, BEGIN), {get_vcpuid_nr, 1, 2, 3}},
    {CODE(HCALLS, END), {get_vcpuid_nr, 0}},
    {CODE(HCALLS, BEGIN), {read_object_nr, 0, 7, 8}},
    {CODE(HCALLS, BEGIN2), {read_object_nr, 9, 10}},
    {CODE(HCALLS, END), {read_object_nr, (prtos_u32_t)PRTOS_OP_NOT_ALLOWED}},
    {CODE(HCALLS, BEGIN), {51, 1, 2, 3}},
    {CODE(HCALLS, END), {51, (prtos_u32_t)PRTOS_UNKNOWN_HYPERCALL}},
    {CODE(HCALLS, BEGIN), {ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_MEM, 1, 0), 1, ANY}},
    {CODE(HCALLS, END), {ctrl_object_nr, COPY_SIZE}},
    {CODE(HCALLS, BEGIN), {multicall_nr, ANY, ANY, 3}},
    {CODE(HCALLS, BEGIN), {get_vcpuid_nr}},
    {CODE(HCALLS, END), {get_vcpuid_nr, 0}},
    {CODE(HCALLS, BEGIN), {get_time_nr, 9, 0}},
    {CODE(HCALLS, END), {get_time_nr, (prtos_u32_t)PRTOS_INVALID_PARAM}},
    {CODE(HCALLS, END), {multicall_nr, 0}},
    TRAP_ROWS,
    VMM_ROWS{CODE(HCALLS, BEGIN), {idle_self_nr, 1, 2, 3}},
    {CODE(SCHED, PART_IDLE), {0}},
    {CODE(HCALLS, END), {idle_self_nr, 0}},
    {CODE(SCHED, CONTEXT_SWITCH), {PRTOS_HYPERVISOR_ID, 0}},
};
#define EXPECTED (sizeof(expected) / sizeof(expected[0]))

static prtos_u32_t code_of(const prtos_trace_event_t *e)
{
    return e->op_code_lo >> TRACE_OPCODE_CODE_BIT;
}

static prtos_u32_t partition_of(const prtos_trace_event_t *e)
{
    return e->op_code_lo & TRACE_OPCODE_PARTID_MASK;
}

static void collect(void)
{
    prtos_s32_t stream = prtos_trace_open(PRTOS_HYPERVISOR_ID);
    prtos_trace_status_t status;

    prtos_trace_status(stream, &status);
    prtos_trace_seek(stream, 0, PRTOS_TRACE_SEEK_SET);
    for (n_events = 0; n_events < KEEP && n_events < (prtos_u32_t)status.num_of_events; n_events++)
        prtos_trace_read(stream, &event[n_events]);
    check("fits", 1, n_events < KEEP);
}

static prtos_s32_t is_mark(const prtos_trace_event_t *e)
{
    return partition_of(e) == SUBJECT && code_of(e) == CODE(HCALLS, BEGIN) &&
           e->payload[0] == route_irq_nr && e->payload[2] == MARK;
}

static void check_subject(void)
{
    prtos_u32_t i, j, at = 0, marks = 0;
    char name[24];

    for (i = 0; i < n_events && marks < 2; i++) {
        const prtos_trace_event_t *e = &event[i];

        if (is_mark(e)) {
            marks++;
            continue;
        }
        if (marks != 1 || partition_of(e) != SUBJECT || code_of(e) == CODE(IRQ, RAISED))
            continue;
        if (at < EXPECTED) {
            sprintf(name, "event%d", at);
            check_word(name, expected[at].code, code_of(e));
            for (j = 0; j < 4; j++)
                check_word(name, expected[at].word[j],
                           expected[at].word[j] == ANY ? ANY : e->payload[j]);
        }
        at++;
    }
    check("marks", 2, (prtos_s32_t)marks);
    check("events", EXPECTED, (prtos_s32_t)at);
}

/* All are the hypervisor's, numbered without a gap, in the order of time. */
static void check_order(void)
{
    prtos_u32_t i, gaps = 0, back = 0, kind = 0, lines = 0;

    for (i = 0; i < n_events; i++) {
        kind += (event[i].op_code_hi & 0xf) != TRACE_OPCODE_SYS_MASK;
        lines += code_of(&event[i]) == CODE(IRQ, RAISED) && event[i].payload[0] == TIMER_IRQ;
        if (i) {
            gaps += event[i].op_code_hi - event[i - 1].op_code_hi != 1u << TRACE_OPCODE_SEQ_BIT;
            back += event[i].timestamp < event[i - 1].timestamp;
        }
    }
    check("order.kind", 0, (prtos_s32_t)kind);
    check("order.gaps", 0, (prtos_s32_t)gaps);
    check("order.time", 0, (prtos_s32_t)back);
    check("order.timer", 1, lines > 0);
}

/* How often an event of this CPU's partition 0 says this. */
static prtos_s32_t count(prtos_u32_t code, prtos_u32_t a, prtos_u32_t b)
{
    prtos_u32_t i, n = 0;

    for (i = 0; i < n_events; i++)
        n += code_of(&event[i]) == code && partition_of(&event[i]) == 0 &&
             event[i].payload[0] == a && event[i].payload[1] == b;
    return (prtos_s32_t)n;
}

static void check_control(void)
{
    prtos_suspend_partition(SUBJECT);
    prtos_suspend_partition(SUBJECT);
    prtos_resume_partition(SUBJECT);
    prtos_shutdown_partition(SUBJECT);
    prtos_reset_partition(SUBJECT, PRTOS_WARM_RESET, 5);
    prtos_idle_self();
    prtos_halt_partition(SUBJECT);
    collect();
    check("suspend", 1, count(CODE(SCHED, PART_SUSPEND), SUBJECT, 0));
    check("suspend.vcpu", 1, count(CODE(SCHED, VCPU_SUSPEND), SUBJECT, 0));
    check("resume", 1, count(CODE(SCHED, PART_RESUME), SUBJECT, 0));
    check("resume.vcpu", 1, count(CODE(SCHED, VCPU_RESUME), SUBJECT, 0));
    check("shutdown", 1, count(CODE(SCHED, PART_SHUTDOWN), SUBJECT, 0));
    check("reset", 1, count(CODE(SCHED, PART_RESET), SUBJECT, PRTOS_WARM_RESET));
    check("reset.vcpu", 1, count(CODE(SCHED, VCPU_RESET), SUBJECT, 0));
    check("halt", 1, count(CODE(SCHED, PART_HALT), SUBJECT, 0));
    check("halt.vcpu", 1, count(CODE(SCHED, VCPU_HALT), SUBJECT, 0));
}

/* Leaves an entry, restarts the system, finds it and the restart itself. */
static void check_restart(void)
{
    static prtos_trace_event_t own = {0};
    prtos_s32_t stream = prtos_trace_open(PRTOS_PARTITION_SELF);
    prtos_sys_status_t status;
    prtos_u32_t i;

    prtos_get_system_status(&status);
    own.payload[0] = 0xcafe;
    if (status.reset_counter == 0) {
        prtos_trace_event(1, &own);
        prtos_reset_system(PRTOS_WARM_RESET);
    }
    check("restart.own", 1, prtos_trace_read(stream, &event[0]));
    check_word("restart.word", 0xcafe, event[0].payload[0]);
    collect();
    for (i = 0; i < n_events && code_of(&event[i]) != CODE(SCHED, HYP_RESET); i++)
        ;
    check("restart.told", 1, i < n_events);
    check_word("restart.mode", PRTOS_WARM_RESET, event[i % KEEP].payload[0]);
    prtos_ctrl_object((prtos_obj_desc_t)prtos_trace_open(PRTOS_HYPERVISOR_ID), PRTOS_TRACE_RESET,
                      0);
}

void partition_main(void)
{
    prtos_u32_t i;

    check_restart();
    for (i = 0; i < 4; i++)
        prtos_idle_self();
    collect();
    check_subject();
    check_order();
    prtos_ctrl_object((prtos_obj_desc_t)prtos_trace_open(PRTOS_HYPERVISOR_ID), PRTOS_TRACE_RESET,
                      0);
    check_control();
    check_end();
    prtos_halt_system();
}
