/* SPDX-License-Identifier: Apache-2.0 */
/* Lets six frames pass, then prints both streams as text. */
#include <prtos.h>
#include <prtos_inc/audit.h>
#include <stdio.h>

#define WORKER 1
#define FRAMES 6

struct name {
    prtos_u32_t code;
    const char *text;
};

static const struct name names[] = {
    {TRACE_SCHED_MODULE << 8 | AUDIT_SCHED_PART_IDLE, "gives up its slot"},
    {TRACE_SCHED_MODULE << 8 | AUDIT_SCHED_PART_RESET, "partition is reset:"},
    {TRACE_SCHED_MODULE << 8 | AUDIT_SCHED_VCPU_RESET, "vCPU is reset:"},
    {TRACE_SCHED_MODULE << 8 | AUDIT_SCHED_CONTEXT_SWITCH, "next to run:"},
    {TRACE_HM_MODULE << 8 | AUDIT_HM_EV_RAISED, "health event"},
    {TRACE_HM_MODULE << 8 | AUDIT_HM_PART_ACTION, "action of the partition's table:"},
};

static const char *const criticalities[] = {"notify", "debug", "warning", "unrecoverable"};

static const char *name_of(prtos_u32_t code)
{
    prtos_u32_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].code == code)
            return names[i].text;
    return "?";
}

static void print_status(const char *whose, prtos_s32_t stream)
{
    prtos_trace_status_t status;

    prtos_trace_status(stream, &status);
    printf("[P0] stream of the %s: %d of %d events\n", whose, status.num_of_events,
           status.max_events);
}

static void print_worker(void)
{
    prtos_s32_t stream = prtos_trace_open(WORKER);
    prtos_trace_event_t event;

    print_status("worker", stream);
    while (prtos_trace_read(stream, &event) == 1)
        printf("[P0]   event %d, %s: %d 0x%x\n", event.op_code_lo >> TRACE_OPCODE_CODE_BIT,
               criticalities[(event.op_code_hi & TRACE_OPCODE_CRIT_MASK) >> TRACE_OPCODE_CRIT_BIT],
               event.payload[0], event.payload[1]);
}

/* From the health event on. The partition that had the CPU stands in front; 255 is nobody. */
static void print_hypervisor(void)
{
    prtos_s32_t stream = prtos_trace_open(PRTOS_HYPERVISOR_ID);
    prtos_trace_event_t event;
    prtos_s32_t shown = 0;

    while (prtos_trace_read(stream, &event) == 1 && shown < 5) {
        prtos_u32_t code = event.op_code_lo >> TRACE_OPCODE_CODE_BIT;

        if (!shown && code != (TRACE_HM_MODULE << 8 | AUDIT_HM_EV_RAISED))
            continue;
        shown++;
        printf("[P0]   P%d: %s %d %d\n", event.op_code_lo & TRACE_OPCODE_PARTID_MASK, name_of(code),
               event.payload[0],
               code == (TRACE_HM_MODULE << 8 | AUDIT_HM_EV_RAISED) ? 0 : event.payload[1]);
    }
}

void partition_main(void)
{
    prtos_s32_t i;

    for (i = 0; i < FRAMES; i++)
        prtos_idle_self();
    print_worker();
    printf("[P0] stream of the hypervisor, from the error on:\n");
    print_hypervisor();
    prtos_halt_system();
}
