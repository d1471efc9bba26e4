/* SPDX-License-Identifier: Apache-2.0 */
/* Batches by hypercalls.md, section 5, and decisions.md 20: what an entry may be, what is answered,
 * what a slot's end and a long call do to it. */
#include "conform.h"
#include <irqs.h>
#include <string.h>

#define COPIES 700u
#define BIG 32000
#define ANSWER(entry) ((prtos_s32_t)(prtos_s16_t)(words[(entry) + 1] >> 16))

static prtos_u32_t words[4096], used;
static prtos_u8_t big[2 * BIG];
static union mem_cmd copy_arg;
static volatile prtos_time_t rang_at;
static prtos_time_t time_stored;

/* Appends an entry; where it begins. The answer's half is full of ones before. */
static prtos_u32_t entry(prtos_u32_t nr, prtos_u32_t n, prtos_u32_t a, prtos_u32_t b, prtos_u32_t c,
                         prtos_u32_t d, prtos_u32_t e)
{
    const prtos_u32_t arg[5] = {a, b, c, d, e};
    prtos_u32_t at = used;

    words[used++] = nr;
    words[used++] = n | 0xffff0000u;
    memcpy(&words[used], arg, n * 4);
    used += n;
    return at;
}

static prtos_s32_t run(void)
{
    prtos_u32_t end = PTR2ADDR(&words[used]);

    used = 0;
    return call(multicall_nr, PTR2ADDR(words), end, 0, 0, 0);
}

static void check_buffers(void)
{
    prtos_u32_t at = PTR2ADDR(words);

    check("batch.empty", OK, call(multicall_nr, at, at, 0, 0, 0));
    check("batch.backwards", PARAM, call(multicall_nr, at + 8, at, 0, 0, 0));
    check("batch.null", PARAM, call(multicall_nr, 0, 8, 0, 0, 0));
    check("batch.frozen", PARAM, call(multicall_nr, 0x6a00000, 0x6a00008, 0, 0, 0));
    check("batch.core", PARAM,
          call(multicall_nr, HYPERVISOR_BASE - 4, HYPERVISOR_BASE + 4, 0, 0, 0));
    check("batch.unmapped", PARAM, call(multicall_nr, 0x10000, 0x10008, 0, 0, 0));
    check("batch.over-end", PARAM, call(multicall_nr, 0x680fff8, 0x6810008, 0, 0, 0));
}

static void check_answers(void)
{
    prtos_u32_t vcpu = entry(get_vcpuid_nr, 0, 0, 0, 0, 0, 0);
    prtos_u32_t bad = entry(route_irq_nr, 3, 0, 32, 5, 0, 0);
    prtos_u32_t time = entry(get_time_nr, 2, PRTOS_HW_CLOCK, PTR2ADDR(&time_stored), 0, 0, 0);
    prtos_u32_t timer = entry(set_timer_nr, OWN_TIMER_WORDS, 9, 0, 0, 0, 0);
    prtos_u32_t set = entry(OWN_FLAG_SET_NR, 0, 0, 0, 0, 0, 0);
    prtos_u32_t clear = entry(OWN_FLAG_CLEAR_NR, 0, 0, 0, 0, 0, 0);
    prtos_u32_t text =
        entry(write_object_nr, 4, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, PRTOS_PARTITION_SELF, 0),
              PTR2ADDR("\n"), 1, 0, 0);
    prtos_u32_t foreign = entry(shutdown_partition_nr, 1, 99, 0, 0, 0, 0);

    time_stored = 0;
    check("batch.ok", OK, run());
    check("batch.vcpu", 0, ANSWER(vcpu));
    check("batch.bad", PARAM, ANSWER(bad));
    check("batch.time", OK, ANSWER(time));
    check("batch.time.stored", 1, time_stored > 0);
    check("batch.timer", PARAM, ANSWER(timer));
    check("batch.set", 0, ANSWER(set));
    check("batch.clear", 0, ANSWER(clear));
    check("batch.text", 1, ANSWER(text));
    check("batch.foreign", PRTOS_PARTITION_SELF == BOSS ? PARAM : PERM, ANSWER(foreign));
    check_word("batch.count", OWN_TIMER_WORDS, words[timer + 1] & 0xffff);
    check_word("batch.flag", 0, prtos_get_pct()->iflags);
}

/* Whatever stands in the answer's half is gone when the call is made: it copies the word itself. */
static void check_cleared(void)
{
    static prtos_u32_t seen;
    prtos_u32_t self = PRTOS_PARTITION_SELF, at;

    at = entry(ctrl_object_nr, 3, OBJDESC_BUILD(OBJ_CLASS_MEM, self, 0), PRTOS_OBJ_MEM_CPY_AREA,
               PTR2ADDR(&copy_arg), 0, 0);
    copy_arg.cpy_area.dst_id = copy_arg.cpy_area.src_id = self;
    copy_arg.cpy_area.dst_addr = PTR2ADDR(&seen);
    copy_arg.cpy_area.src_addr = PTR2ADDR(&words[at + 1]);
    copy_arg.cpy_area.size = 4;
    check("batch.copy", OK, run());
    check("batch.copy.answer", 4, ANSWER(at));
    check_word("batch.cleared", 3, seen);
}

/* An entry that cannot stand there ends the batch: those before are done, those behind are not. */
static void check_refused(const char *name, prtos_u32_t nr, prtos_u32_t n, prtos_s32_t cut)
{
    prtos_u32_t before = entry(get_vcpuid_nr, 0, 0, 0, 0, 0, 0), at, behind;

    at = entry(nr, n, 0, 0, 0, 0, 0);
    behind = entry(get_vcpuid_nr, 0, 0, 0, 0, 0, 0);
    used -= (prtos_u32_t)cut;
    check(name, PRTOS_MULTICALL_ERROR, run());
    check(name, 0, ANSWER(before));
    check(name, PARAM, ANSWER(at));
    check(name, -1, ANSWER(behind));
}

static void check_refusals(void)
{
    check_refused("batch.unknown", 51, 0, 0);
    check_refused("batch.unknown-minus", ~0u, 0, 0);
    check_refused("batch.absent", 45, 1, 0);
    check_refused("batch.words", set_timer_nr, 4, 0);
    check_refused("batch.words-few", get_time_nr, 1, 0);
    check_refused("batch.words-many", get_vcpuid_nr, 1, 0);
    check_refused("batch.batch", multicall_nr, 2, 0);
    check_refused("batch.halt", halt_partition_nr, 1, 0);
    check_refused("batch.reset", reset_partition_nr, 3, 0);
    check_refused("batch.halt_system", halt_system_nr, 0, 0);
    check_refused("batch.reset_system", reset_system_nr, 1, 0);
    check_refused("batch.wait_irq", wait_irq_nr, 0, 0);
    check_refused("batch.cut", get_time_nr, 2, 3);
    entry(get_vcpuid_nr, 0, 0, 0, 0, 0, 0);
    used--;
    check("batch.half", PRTOS_MULTICALL_ERROR, run());
}

static void on_timer(trap_ctxt_t *ctxt)
{
    prtos_time_t now;

    (void)ctxt;
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    rang_at = now;
}

/* Long calls in a batch that is longer than the slot; an interrupt meanwhile comes behind it. */
static void check_long(void)
{
    prtos_u32_t self = PRTOS_PARTITION_SELF, i, good = 0, first, last;
    prtos_time_t begin;

    for (i = 0; i < BIG; i++)
        big[i] = (prtos_u8_t)(i * 7);
    copy_arg.cpy_area.dst_id = copy_arg.cpy_area.src_id = self;
    copy_arg.cpy_area.dst_addr = PTR2ADDR(big + BIG);
    copy_arg.cpy_area.src_addr = PTR2ADDR(big);
    copy_arg.cpy_area.size = BIG;
    rang_at = 0;
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER);
    prtos_idle_self();
    hw_sti();
    prtos_get_time(PRTOS_HW_CLOCK, &begin);
    first = entry(set_timer_nr, OWN_TIMER_WORDS, 0, (prtos_u32_t)begin + 1000, 0, 0, 0);
    for (i = 0; i < COPIES; i++)
        entry(ctrl_object_nr, 3, OBJDESC_BUILD(OBJ_CLASS_MEM, self, 0), PRTOS_OBJ_MEM_CPY_AREA,
              PTR2ADDR(&copy_arg), 0, 0);
    last = entry(get_time_nr, 2, PRTOS_HW_CLOCK, PTR2ADDR(&time_stored), 0, 0, 0);
    check("batch.long", OK, run());
    hw_cli();
    prtos_set_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER);
    check("batch.long.timer", OK, ANSWER(first));
    check("batch.long.last", OK, ANSWER(last));
    for (i = 0; i < COPIES; i++)
        good += ANSWER(first + 2 + OWN_TIMER_WORDS + i * 5) == BIG;
    check("batch.long.copies", COPIES, (prtos_s32_t)good);
    check("batch.long.bytes", 0, memcmp(big, big + BIG, BIG) != 0);
    check("batch.long.slots", 1, time_stored - begin > 6000);
    check("batch.long.interrupt", 1, rang_at >= time_stored);
}

/* A call that waits: what is behind it comes in the next slot. */
static void check_waiting(void)
{
    prtos_time_t begin;
    prtos_u32_t idle, last;

    prtos_idle_self();
    prtos_get_time(PRTOS_HW_CLOCK, &begin);
    idle = entry(idle_self_nr, 0, 0, 0, 0, 0, 0);
    last = entry(get_time_nr, 2, PRTOS_HW_CLOCK, PTR2ADDR(&time_stored), 0, 0, 0);
    check("batch.idle", OK, run());
    check("batch.idle.answer", OK, ANSWER(idle));
    check("batch.idle.last", OK, ANSWER(last));
    check_range("batch.idle.time", 19000, 20100, (prtos_u32_t)(time_stored - begin));
}

static void check_lazy(void)
{
    partition_control_table_t *pct = prtos_get_pct();

    prtos_clear_irqpend(0, ~0u);
    prtos_lazy_hypercall(set_irqpend_nr, 2, 0, 1u << PRTOS_VT_EXT_IPVI0);
    check_word("lazy.waits", 0, pct->ext_irqs_pend & 1u << PRTOS_VT_EXT_IPVI0);
    check("lazy.flush", OK, prtos_flush_hyp_batch());
    check_word("lazy.done", 1u << PRTOS_VT_EXT_IPVI0,
               pct->ext_irqs_pend & 1u << PRTOS_VT_EXT_IPVI0);
    check("lazy.flush-again", OK, prtos_flush_hyp_batch());
    prtos_lazy_hypercall(clear_irqpend_nr, 2, 0, ~0u);
    check("lazy.first", PARAM, prtos_route_irq(9, 9, 9));
    check_word("lazy.flushed", 0, pct->ext_irqs_pend & 1u << PRTOS_VT_EXT_IPVI0);
    prtos_lazy_hypercall(route_irq_nr, 1, 0);
    check("lazy.refused", PRTOS_MULTICALL_ERROR, prtos_route_irq(0, 0, 0));
    check("lazy.gone", OK, prtos_route_irq(0, 0, 0));
}

void check_batch(void)
{
    check_buffers();
    check_answers();
    check_cleared();
    check_refusals();
    check_long();
    check_waiting();
    check_lazy();
}
