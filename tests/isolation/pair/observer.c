/* SPDX-License-Identifier: Apache-2.0 */
/* Writes down what a partition can see of the machine in each of its slots. Which calls it makes
 * depends on the number of the slot alone. */
#include "observer.h"

#include <irqs.h>
#include "watch.h"

#define WORDS 1024u
#define BYTES 512u
#define COPIED 4096u
#define SLOTS 2u /* of an observer in a frame */
#define TURNS 4000u
#define TIMERS (1u << PRTOS_VT_EXT_HW_TIMER | 1u << PRTOS_VT_EXT_EXEC_TIMER)

static prtos_u32_t self;
static struct trace *trace;
static prtos_u64_t origin, origin_ns;
static prtos_u32_t memory[WORDS], message[BYTES / 4];
static prtos_u8_t copied[2 * COPIED];
static prtos_s32_t news, post, echo;
static volatile prtos_u32_t rung;

static void note_at(prtos_u32_t what, prtos_u32_t value, prtos_u64_t time)
{
    struct entry *entry = &trace->entry[trace->entries];

    if (PTR2ADDR(entry + 1) > PTR2ADDR(trace) + TRACE_BYTES) {
        trace->lost++;
        return;
    }
    *entry = (struct entry){what, value, (prtos_u32_t)time};
    trace->entries++;
}

static void note(prtos_u32_t what, prtos_u32_t value)
{
    note_at(what, value, machine_count() - origin);
}

/* The hardware clock, from the observer's start, when the counter was so far behind it. */
static prtos_u64_t clock_of(prtos_u64_t count)
{
    const volatile struct prtos_clock *clock =
        (const volatile struct prtos_clock *)(PTR2ADDR(prtos_get_pct()) +
                                              prtos_get_pct()->clock_offset);
    prtos_s64_t passed = (prtos_s64_t)(origin + count - clock->base_count);

    return clock->base_ns - origin_ns + (prtos_u64_t)((passed * clock->mult) >> clock->shift);
}

static prtos_u32_t sum(const volatile prtos_u32_t *words, prtos_u32_t count)
{
    prtos_u32_t i, value = 2166136261u;

    for (i = 0; i < count; i++)
        value = (value ^ words[i]) * 16777619u;
    return value;
}

static void on_timer(trap_ctxt_t *ctxt)
{
    rung++;
    note(SEEN_TIMER, (prtos_u32_t)ctxt->irq_nr);
}

static void on_ipvi(trap_ctxt_t *ctxt)
{
    note(SEEN_IPVI, (prtos_u32_t)ctxt->irq_nr);
}

/* Until the next slot begins: asleep, or running into its own end with every register in use. */
static void sleep(prtos_u32_t slot)
{
    prtos_u32_t registers = 0;
    prtos_u64_t start;
    prtos_s32_t result = 0;

    hw_cli();
    prtos_clear_irqpend(0, 1u << PRTOS_VT_EXT_CYCLIC_SLOT_START);
    if (slot % 3)
        registers = hold();
    else
        _PRTOS_HCALL0(idle_self_nr, result);
    start = machine_count() - origin;
    (void)result;
    note_at(SEEN_START, slot, start);
    note_at(SEEN_CLOCK, 0, clock_of(start));
    note(SEEN_REGISTERS, registers);
}

static void look(prtos_u32_t slot)
{
    const volatile partition_control_table_t *pct = prtos_get_pct();

    note(SEEN_SLOT, pct->cyclic_sched_info.num_of_slots << 16 | pct->cyclic_sched_info.id);
    note_at(SEEN_DISPATCH, 0, dispatch_ns() - origin_ns);
    note(SEEN_FPU, fpu_look(slot * 4 + self));
    note(SEEN_TABLE, sum((const volatile prtos_u32_t *)pct,
                         __builtin_offsetof(partition_control_table_t, iflags) / 4));
    note(SEEN_PENDING, pct->ext_irqs_pend);
    note(SEEN_MEMORY, sum(memory, WORDS));
    memory[slot % WORDS] += slot;
}

static void ask(prtos_u32_t slot)
{
    static prtos_part_status_t status;
    static prtos_plan_status_t plan;
    static prtos_time_t time;
    prtos_address_t to = PTR2ADDR(copied) + COPIED;

    note(SEEN_CALL, (prtos_u32_t)prtos_get_time(PRTOS_HW_CLOCK, &time));
    note_at(SEEN_TIME, 0, (prtos_u64_t)time * 1000 - origin_ns);
    note(SEEN_CALL, (prtos_u32_t)prtos_get_time(PRTOS_EXEC_CLOCK, &time));
    note_at(SEEN_EXEC, 0, (prtos_u64_t)time);
    note(SEEN_CALL, (prtos_u32_t)prtos_get_partition_status(PRTOS_PARTITION_SELF, &status));
    note(SEEN_CALL, status.state << 16 | status.reset_counter);
    note(SEEN_CALL, (prtos_u32_t)prtos_get_plan_status(&plan));
    note(SEEN_CALL, (prtos_u32_t)plan.current);
    note(SEEN_CALL, (prtos_u32_t)prtos_get_gid_by_name((prtos_u8_t *)"attacker", 0));
    note(SEEN_CALL, (prtos_u32_t)prtos_get_time(7 + slot % 5, &time));
    note(SEEN_CALL, (prtos_u32_t)prtos_resume_vcpu(1));
    note(SEEN_CALL,
         (prtos_u32_t)prtos_memory_copy(PRTOS_PARTITION_SELF, (prtos_u32_t)to, PRTOS_PARTITION_SELF,
                                        (prtos_u32_t)PTR2ADDR(copied), COPIED - slot % 64));
    if (self == SECOND)
        note(SEEN_CALL, (prtos_u32_t)prtos_halt_partition(FIRST));
}

/* The two go in step, also where nobody can say who is how fast: the first waits for the second's
 * echo of the slot before, the second for the first one's post of this slot. */
static void meet(prtos_u32_t slot)
{
    static prtos_u32_t number[1];

    if (self == FIRST)
        while (slot && (prtos_read_sampling_message(echo, number, sizeof(number), 0) <= 0 ||
                        number[0] != slot - 1))
            prtos_idle_self();
    else
        while (prtos_receive_queuing_message(post, message, BYTES) <= 0)
            prtos_idle_self();
}

/* The first one's news go to the second and to the attacker. */
static void talk(prtos_u32_t slot)
{
    prtos_u32_t i, flags = 0;

    if (self == FIRST) {
        for (i = 0; i < BYTES / 4; i++)
            message[i] = slot * 31 + i;
        note(SEEN_CALL,
             (prtos_u32_t)prtos_write_sampling_message(news, message, BYTES - slot % 99));
        note(SEEN_CALL, (prtos_u32_t)prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0));
        note(SEEN_CALL, (prtos_u32_t)prtos_send_queuing_message(post, message, 64 + slot % 99));
    } else {
        note(SEEN_MESSAGE, sum(message, BYTES / 4)); /* the post */
        note(SEEN_CALL, (prtos_u32_t)prtos_read_sampling_message(news, message, BYTES, &flags));
        note(SEEN_CALL, flags);
        note(SEEN_MESSAGE, sum(message, BYTES / 4));
    }
}

/* A timer of each clock, waited for in two ways. */
static void wait(prtos_u32_t slot)
{
    prtos_u32_t clock = slot % 2 ? PRTOS_HW_CLOCK : PRTOS_EXEC_CLOCK, turns = 0;
    static prtos_time_t now;

    prtos_clear_irqmask(0, TIMERS | 1u << PRTOS_VT_EXT_IPVI0);
    hw_sti(); /* the other one's interrupt first */
    hw_cli();
    prtos_get_time(clock, &now);
    rung = 0;
    note(SEEN_CALL, (prtos_u32_t)prtos_set_timer(clock, now + 4 + slot % 3, 0));
    hw_sti();
    while (!rung && turns++ < TURNS)
        if (slot % 4 == 1)
            prtos_wait_irq();
    hw_cli();
    note(SEEN_CALL, rung);
}

static void open_ports(void)
{
    prtos_u32_t here = self == FIRST ? PRTOS_SOURCE_PORT : PRTOS_DESTINATION_PORT;
    prtos_u32_t back = self == FIRST ? PRTOS_DESTINATION_PORT : PRTOS_SOURCE_PORT;

    news = prtos_create_sampling_port("news", BYTES, here, PRTOS_INFINITE_TIME);
    post = prtos_create_queuing_port("post", 4, BYTES, here);
    echo = prtos_create_sampling_port("echo", BYTES, back, PRTOS_INFINITE_TIME);
    trace->ports = news >= 0 && post >= 0 && echo >= 0;
}

void observe(void)
{
    prtos_u32_t slot, frames = ORDERS->frames;

    self = (prtos_u32_t)PRTOS_PARTITION_SELF;
    trace = TRACE_OF(self);
    trace->entries = trace->lost = trace->done = 0;
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_ipvi);
    hold_prepare();
    open_ports();
    prtos_idle_self();
    origin = machine_count();
    origin_ns = dispatch_ns();
    for (slot = 0; slot < SLOTS * frames; slot++) {
        sleep(slot);
        meet(slot);
        look(slot);
        ask(slot);
        talk(slot);
        wait(slot);
        if (self == SECOND)
            note(SEEN_CALL, (prtos_u32_t)prtos_write_sampling_message(echo, &slot, sizeof(slot)));
    }
    trace->done = 1;
    /* The other one is a slot behind. */
    for (slot = 0; self != FIRST || slot < 4 * SLOTS; slot++)
        prtos_idle_self();
    prtos_halt_system();
}
