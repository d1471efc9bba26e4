/* SPDX-License-Identifier: Apache-2.0 */
/* From the armed time to the first line of the handler: while the partition computes, sleeps in
 * wait_irq, makes calls; armed singly with varied phase, and periodic. */
#include "../common/bench.h"
#include <irqs.h>

enum { COMPUTING, PERIODIC, SLEEPING, CALLING, EARLY, SERIES };

#define EXPIRIES 1200
#define PERIOD 40 /* us */

struct bench_series bench_table[SERIES];

static volatile prtos_u32_t fired;
static prtos_u32_t series;
static prtos_time_t armed;
static volatile prtos_u32_t work;

static void on_timer(trap_ctxt_t *ctxt)
{
    prtos_u64_t now = bench_ns(bench_count64());
    prtos_u64_t due = (prtos_u64_t)armed * 1000;

    (void)ctxt;
    if (now < due)
        bench_add(EARLY, due - now);
    else
        bench_add(series, now - due);
    fired++;
    if (series == PERIODIC)
        armed += PERIOD;
}

/* Instructions of several kinds and lengths, so that the expiry hits each of them. */
static void compute(prtos_u32_t turns)
{
    prtos_u32_t i;

    for (i = 0; i < turns; i++)
        work = work * 1103515245u + 12345u + (work >> 7) % 11u;
}

static prtos_time_t now_us(void)
{
    static prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    return now;
}

static void wait(void)
{
    if (series == SLEEPING)
        prtos_wait_irq();
    else if (series == CALLING)
        prtos_get_gid_by_name((prtos_u8_t *)"a name nobody has", PRTOS_PARTITION_NAME);
    else
        compute(1 + work % 3);
}

static void measure_single(prtos_u32_t kind)
{
    prtos_u32_t i, before;

    series = kind;
    for (i = 0; i < EXPIRIES; i++) {
        compute(i * 37 % 101);
        before = fired;
        armed = now_us() + 5 + i % 23;
        prtos_set_timer(PRTOS_HW_CLOCK, armed, 0);
        while (fired == before)
            wait();
    }
}

static void measure_periodic(void)
{
    prtos_u32_t before = fired;

    series = PERIODIC;
    armed = now_us() + PERIOD;
    prtos_set_timer(PRTOS_HW_CLOCK, armed, PERIOD);
    while (fired - before < EXPIRIES)
        compute(1 + work % 3);
    prtos_set_timer(PRTOS_HW_CLOCK, 0, 0);
}

void partition_main(void)
{
    bench_name(COMPUTING, "computing");
    bench_name(PERIODIC, "periodic");
    bench_name(SLEEPING, "sleeping");
    bench_name(CALLING, "calling");
    bench_name(EARLY, "early");
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), on_timer);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_HW_TIMER);
    hw_sti();
    measure_single(COMPUTING);
    measure_periodic();
    measure_single(SLEEPING);
    measure_single(CALLING);
    prtos_halt_system();
}
