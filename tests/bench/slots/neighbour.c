/* SPDX-License-Identifier: Apache-2.0 */
/* The neighbour of the kind that the observer chose: does one thing over and over, never twice at
 * the same distance. What it does may stop or restart it. */
#include <bail.h>
#include "../common/bench.h"
#include <irqs.h>
#include <prtos_inc/prtosef.h>
#include "kinds.h"
#include "own.h"

#define LARGE 65536
#define FAR 1000000000000LL /* us */
#define BATCH_CALLS 250

extern struct prtos_image_hdr prtos_image_hdr;

static char message[LARGE];
static char copied[2 * LARGE];
static prtos_u32_t batch[BATCH_CALLS * 4];
static prtos_u32_t page[1024] __attribute__((aligned(4096)));
static prtos_s32_t sampling_out, sampling_in, queuing_out, queuing_in;
static volatile prtos_u32_t work;

static prtos_u32_t random(void)
{
    return (CHOICE->random = CHOICE->random * 1103515245u + 12345u) >> 8;
}

static void compute(prtos_u32_t turns)
{
    while (turns--)
        work = work * 1103515245u + 12345u;
}

static void on_timer(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    CHOICE->done++;
}

static void short_calls(void)
{
    static prtos_part_status_t status;
    static prtos_plan_status_t plan;
    static prtos_time_t time;

    prtos_get_vcpuid();
    prtos_get_gid_by_name((prtos_u8_t *)"nobody has this", PRTOS_PARTITION_NAME);
    prtos_get_time(9, &time);
    prtos_set_timer(PRTOS_HW_CLOCK, FAR, 0);
    prtos_set_timer(PRTOS_EXEC_CLOCK, FAR, FAR);
    prtos_set_timer(PRTOS_EXEC_CLOCK, 0, 0);
    prtos_set_irqpend(0, 0x1f);
    prtos_clear_irqpend(0, 0x1f);
    prtos_route_irq(PRTOS_EXTIRQ_TYPE, 9, 233);
    prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0);
    prtos_raise_partition_ipvi(0, PRTOS_VT_EXT_IPVI0);
    prtos_get_partition_status(PRTOS_PARTITION_SELF, &status);
    prtos_get_plan_status(&plan);
    prtos_resume_partition(0);
    prtos_resume_vcpu(0);
    prtos_suspend_vcpu(1);
    prtos_halt_vcpu(CONFIG_MAX_NO_VCPUS);
    prtos_memory_copy(PRTOS_PARTITION_SELF, PTR2ADDR(message), PRTOS_PARTITION_SELF,
                      PTR2ADDR(message) + LARGE / 2, LARGE / 2);
    prtos_write_sampling_message(sampling_out, message, 1 + random() % 2048);
    prtos_read_sampling_message(sampling_in, message, 2048, 0);
    own_calls(message);
    CHOICE->done++;
}

static void timers(prtos_s32_t both)
{
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now, 1);
    if (both)
        prtos_set_timer(PRTOS_EXEC_CLOCK, 1, 1);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER | 1u << PRTOS_VT_EXT_EXEC_TIMER);
    hw_sti();
}

/* Calls of one argument list each: number and count, arguments. */
static void make_batch(void)
{
    prtos_u32_t i;

    for (i = 0; i < BATCH_CALLS; i++) {
        batch[4 * i] = set_irqpend_nr;
        batch[4 * i + 1] = 2;
        batch[4 * i + 2] = 0;
        batch[4 * i + 3] = 0x80;
    }
    CHOICE->done += prtos_multicall(batch, batch + 4 * BATCH_CALLS) == PRTOS_OK;
}

/* Up to 64 KB, at any distance, up and down. */
static void copies(void)
{
    prtos_u32_t size = LARGE - random() % LARGE / 2, room = 2 * LARGE - size;
    prtos_u32_t to = PTR2ADDR(copied) + random() % room, from = PTR2ADDR(copied) + random() % room;

    if (random() % 4 == 0)
        from = to + random() % 4 <= PTR2ADDR(copied) + room ? to + random() % 4 : to;
    CHOICE->done += prtos_memory_copy(PRTOS_PARTITION_SELF, to, PRTOS_PARTITION_SELF, from, size) ==
                    (prtos_s32_t)size;
}

static void trace(void)
{
    static prtos_trace_event_t events[50];
    prtos_u32_t all = TRACE_BM_ALWAYS;

    CHOICE->done += prtos_write_object(OBJDESC_BUILD(OBJ_CLASS_TRACE, 1, 0), events, sizeof(events),
                                       &all) == (prtos_s32_t)sizeof(events);
    prtos_trace_seek(prtos_trace_open(1), -1, PRTOS_TRACE_SEEK_END);
    prtos_trace_read(prtos_trace_open(1), events);
}

static prtos_word_t any_argument(void)
{
    static const prtos_word_t nasty[] = {0,           1,           2,           0xffffffffu,
                                         0x80000000u, 0xfc000000u, 0xfbfc0000u, 0xfbbfffffu,
                                         0x6bff000,   0x6000000,   0xfffffffcu, 0x01000000,
                                         0x7fffffff,  0x65ffffe,   OWN_NASTY};

    switch (random() % 4) {
    case 0:
        return PTR2ADDR(message) + random() % LARGE;
    case 1:
        return random() % 64;
    case 2:
        return (random() % 8) << 24 | (random() % 4) << 10 | random() % 8;
    default:
        return nasty[random() % (sizeof(nasty) / sizeof(nasty[0]))];
    }
}

static void any_call(void)
{
    prtos_word_t a = any_argument(), b = any_argument(), c = any_argument(), d = any_argument();
    prtos_word_t e = any_argument();
    prtos_u32_t number = random() % 56;
    prtos_s32_t result;

    /* Seldom those that only sleep. */
    if ((number == idle_self_nr || number == wait_irq_nr) && random() % 64)
        return;
    CHOICE->done++;
    _PRTOS_HCALL5(a, b, c, d, e, number, result);
    (void)result;
}

static void ports(prtos_s32_t out, prtos_s32_t in, prtos_s32_t queuing)
{
    prtos_u32_t size = LARGE - random() % 1000;

    if (queuing) {
        prtos_send_queuing_message(out, message, size);
        CHOICE->done += prtos_receive_queuing_message(in, message, LARGE) == (prtos_s32_t)size;
    } else {
        prtos_write_sampling_message(out, message, size);
        CHOICE->done += prtos_read_sampling_message(in, message, LARGE, 0) == (prtos_s32_t)size;
    }
}

/* Those of which nothing comes back, or only after a restart. */
static void act_fatally(prtos_u32_t kind)
{
    if (kind == KIND_IGNORED || kind == KIND_SUSPENDED)
        CHOICE->done++;
    else
        CHOICE->ending = 1;
    switch (kind) {
    case KIND_IGNORED:
        fault_ignored();
        break;
    case KIND_SUSPENDED:
        fault_suspends();
        break;
    case KIND_WARM:
        fault_warm(random() % 4096);
        break;
    case KIND_COLD:
        fault_cold();
        break;
    case KIND_SELF_WARM:
        prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_WARM_RESET, 0);
        break;
    case KIND_SELF_COLD:
        prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_COLD_RESET, 0);
        break;
    default:
        prtos_reset_vcpu(0, prtos_image_hdr.page_table, PTR2ADDR(start), 0);
    }
    CHOICE->ending = 0; /* it went on */
}

static void act(prtos_u32_t kind)
{
    switch (kind) {
    case KIND_IDLE:
        CHOICE->done++;
        prtos_idle_self();
        break;
    case KIND_TIMERS: /* the handlers count */
    case KIND_COMPUTING:
        CHOICE->done++;
        compute(50);
        break;
    case KIND_CALLS:
        short_calls();
        break;
    case KIND_SAMPLING:
        ports(sampling_out, sampling_in, 0);
        break;
    case KIND_QUEUING:
        ports(queuing_out, queuing_in, 1);
        break;
    case KIND_WAITING:
        prtos_wait_irq();
        break;
    case KIND_PROPAGATED:
        fault_propagated();
        CHOICE->done++;
        break;
    case KIND_CONSOLE:
        CHOICE->done += prtos_write_console(message, 128) > 0;
        break;
    case KIND_BATCHES:
        make_batch();
        break;
    case KIND_TRACE:
        trace();
        break;
    case KIND_COPIES:
        copies();
        break;
    case KIND_PAGES:
        CHOICE->done += own_pages(page, random());
        break;
    case KIND_ARGUMENTS:
        any_call();
        break;
    default:
        act_fatally(kind);
    }
}

void partition_main(void)
{
    prtos_u32_t i, kind = CHOICE->kind;

    CHOICE->done += CHOICE->ending;
    CHOICE->ending = 0;
    for (i = 0; i < 128; i++)
        message[i] = (char)(i % 64 == 63 ? '\n' : '#');
    sampling_out = prtos_create_sampling_port("so", LARGE, PRTOS_SOURCE_PORT, 0);
    sampling_in = prtos_create_sampling_port("si", LARGE, PRTOS_DESTINATION_PORT, 0);
    queuing_out = prtos_create_queuing_port("qo", 2, LARGE, PRTOS_SOURCE_PORT);
    queuing_in = prtos_create_queuing_port("qi", 2, LARGE, PRTOS_DESTINATION_PORT);
    own_prepare();
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_timer);
    if (kind == KIND_TIMERS || kind == KIND_WAITING)
        timers(kind == KIND_TIMERS);
    while (CHOICE->kind == kind) {
        act(kind);
        compute(random() % 16);
    }
    for (;;)
        prtos_idle_self(); /* the observer restarts it for the next kind */
}
