/* SPDX-License-Identifier: Apache-2.0 */
/* Computes until one signal came, then sleeps until the next. Takes the messages away. */
#include "../common/bench.h"
#include <irqs.h>

#define SMALL 64
#define TICK 20 /* us */

static volatile prtos_u32_t heard;
static char buffer[SMALL];

static __attribute__((noinline, noclone)) void on_signal(trap_ctxt_t *ctxt)
{
    BENCH_POINT(signal_end);
    (void)ctxt;
    heard++;
}

static __attribute__((noinline, noclone)) void on_message(trap_ctxt_t *ctxt)
{
    BENCH_POINT(message_end);
    (void)ctxt;
    heard++;
}

static void on_tick(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

/* Where instructions are counted, QEMU lets a CPU run until the next timer that is set: one that
 * computes sets some, else the other waits long for its turn. */
static void compute(void)
{
    prtos_u32_t before = heard;
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now + TICK, TICK);
    while (heard == before)
        ;
    prtos_set_timer(PRTOS_HW_CLOCK, 0, 0);
}

static void sleep(void)
{
    prtos_u32_t before = heard;

    while (heard == before)
        prtos_wait_irq();
}

void partition_main(void)
{
    prtos_s32_t port = prtos_create_queuing_port("in", 4, SMALL, PRTOS_DESTINATION_PORT);

    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_signal);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_QUEUING_PORT), on_message);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_tick);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI0 | 1u << PRTOS_VT_EXT_QUEUING_PORT |
                               1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    for (;;) {
        compute();
        prtos_receive_queuing_message(port, buffer, SMALL);
        sleep();
        prtos_receive_queuing_message(port, buffer, SMALL);
    }
}
