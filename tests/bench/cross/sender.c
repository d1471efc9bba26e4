/* SPDX-License-Identifier: Apache-2.0 */
/* Signals to the listener and sends it messages, two of each in turn, and sleeps in between. */
#include "../common/bench.h"
#include <irqs.h>

#define ROUNDS 240
#define SMALL 64
#define PAUSE 110 /* us: the listener has done by then what it does, and no timer of its comes */

struct bench_series bench_table[1];

static char buffer[SMALL];

static void expect(prtos_s32_t good)
{
    if (!good)
        bench_add(0, 1);
}

static __attribute__((noinline, noclone)) void signal_raise(void)
{
    prtos_s32_t result;

    BENCH_POINT(raise_begin);
    result = prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0);
    BENCH_POINT(raise_end);
    expect(result == PRTOS_OK);
}

static __attribute__((noinline, noclone)) void message_send(prtos_s32_t port)
{
    prtos_s32_t result;

    BENCH_POINT(send_begin);
    result = prtos_send_queuing_message(port, buffer, SMALL);
    BENCH_POINT(send_end);
    expect(result == PRTOS_OK);
}

static void on_timer(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

static void pause(prtos_u32_t us)
{
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + us, 0);
    prtos_wait_irq();
}

void partition_main(void)
{
    prtos_s32_t port = prtos_create_queuing_port("out", 4, SMALL, PRTOS_SOURCE_PORT);
    prtos_u32_t round;

    bench_name(0, "failed");
    expect(port >= 0);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    pause(100 * PAUSE); /* the listener makes itself ready */
    for (round = 0; round < ROUNDS; round++) {
        if (round / 2 % 2)
            signal_raise();
        else
            message_send(port);
        pause(PAUSE);
    }
    prtos_halt_system();
}
