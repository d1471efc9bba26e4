/* SPDX-License-Identifier: Apache-2.0 */
/* The hot paths of a system, once in each of its slots: a call that does nothing, a message
 * written and read, a signal to itself, a timer. The plugin counts between the marked places,
 * nothing is noted here. */
#include "../common/bench.h"
#include <irqs.h>

#define ROUNDS 24
#define SMALL 64
#define SOON 30 /* us */

struct bench_series bench_table[1];

static char buffer[SMALL];
static volatile prtos_u32_t signals, expiries;
static prtos_s32_t out, in;

static __attribute__((noinline, noclone)) void on_signal(trap_ctxt_t *ctxt)
{
    BENCH_POINT(signal_end);
    (void)ctxt;
    signals++;
}

static __attribute__((noinline, noclone)) void on_timer(trap_ctxt_t *ctxt)
{
    BENCH_POINT(timer_end);
    (void)ctxt;
    expiries++;
}

static __attribute__((noinline, noclone)) void nothing(void)
{
    BENCH_POINT(null_begin);
    prtos_get_vcpuid();
    BENCH_POINT(null_end);
}

static __attribute__((noinline, noclone)) prtos_s32_t message_write(void)
{
    prtos_s32_t result;

    BENCH_POINT(write_begin);
    result = prtos_write_sampling_message(out, buffer, SMALL);
    BENCH_POINT(write_end);
    return result;
}

static __attribute__((noinline, noclone)) prtos_s32_t message_read(void)
{
    prtos_u32_t flags = 0;
    prtos_s32_t result;

    BENCH_POINT(read_begin);
    result = prtos_read_sampling_message(in, buffer, SMALL, &flags);
    BENCH_POINT(read_end);
    return result;
}

static __attribute__((noinline, noclone)) void signal_raise(void)
{
    BENCH_POINT(signal_begin);
    prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0);
}

static void timer_expire(void)
{
    static prtos_time_t now;
    prtos_u32_t before = expiries;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + SOON, 0);
    while (expiries == before)
        ;
}

static void expect(prtos_s32_t good)
{
    if (!good)
        bench_add(0, 1);
}

void partition_main(void)
{
    prtos_u32_t i;

    bench_name(0, "failed");
    out = prtos_create_sampling_port("out", SMALL, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    in = prtos_create_sampling_port("in", SMALL, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    expect(out >= 0 && in >= 0);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_signal);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI0 | 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    for (i = 0; i < ROUNDS; i++) {
        nothing();
        expect(message_write() == PRTOS_OK);
        expect(message_read() == SMALL);
        signal_raise();
        timer_expire();
        prtos_idle_self();
    }
    expect(signals == ROUNDS && expiries == ROUNDS);
    prtos_halt_system();
}
