/* SPDX-License-Identifier: Apache-2.0 */
/* How fast the time stamp counter and the local APIC's timer run, by a clock of known rate: the
 * HPET where there is one (HPET specification 1.0a), checked against the PIT; else the PIT. */
#include "hv/arch.h"
#include "hv/io.h"
#include "hv/system.h"
#include "lib/div64.h"
#include "x86.h"

#define HPET 0xFED00000u
#define HPET_PERIOD 0x004u /* femtoseconds of a tick */
#define HPET_CONFIG 0x010u
#define HPET_COUNTER 0x0F0u
#define HPET_PERIOD_MAX 100000000u

#define PIT_HZ 1193182u
#define PIT_CONTROL 0x43
#define PIT_CHANNEL2 0x42
#define PIT_GATE 0x61

#define SPAN_HPET_NS 200000u  /* long enough for 50 ppm with a 10 ns tick */
#define SPAN_PIT_TICKS 11932u /* 10 ms */
#define TOLERANCE_PERCENT 2u

struct span {
    u64 first, count; /* of the time stamp counter */
    u32 timer;        /* ticks of the APIC's timer */
    u32 pit;          /* ticks of the PIT */
    u32 ns;           /* by the HPET; 0: there is none */
};

static volatile u32 *hpet(u32 reg)
{
    return (volatile u32 *)(HPET + reg);
}

static u32 pit_read(void)
{
    u32 low;

    io_out8(PIT_CONTROL, 0x80); /* latch channel 2 */
    low = io_in8(PIT_CHANNEL2);
    return low | (u32)io_in8(PIT_CHANNEL2) << 8;
}

/* Channel 2, mode 0, from 65535 down; its gate open, the speaker off. */
static void pit_start(void)
{
    io_out8(PIT_GATE, (u8)((io_in8(PIT_GATE) & ~2u) | 1u));
    io_out8(PIT_CONTROL, 0xB0);
    io_out8(PIT_CHANNEL2, 0xff);
    io_out8(PIT_CHANNEL2, 0xff);
}

static bool hpet_present(void)
{
    u32 period = *hpet(HPET_PERIOD);

    return period && period <= HPET_PERIOD_MAX;
}

/* One look at all clocks, close together; then again when enough time has passed. */
static void measure(struct span *span)
{
    bool precise = hpet_present();
    u32 period = *hpet(HPET_PERIOD);
    u32 hpet_first = 0, hpet_last = 0, wanted = 0;
    u32 pit_first, pit_last;

    pit_start();
    if (precise) {
        *hpet(HPET_CONFIG) |= 1u;
        wanted = (u32)div64_32(SPAN_HPET_NS * 1000000ull, period, 0);
    }
    pit_first = pit_read();
    apic_timer_start(0xffffffffu);
    hpet_first = precise ? *hpet(HPET_COUNTER) : 0;
    span->first = arch_count();
    do {
        pit_last = pit_read();
        hpet_last = precise ? *hpet(HPET_COUNTER) : 0;
    } while (precise ? hpet_last - hpet_first < wanted : pit_first - pit_last < SPAN_PIT_TICKS);
    span->count = arch_count() - span->first;
    span->timer = 0xffffffffu - apic_timer_left();
    apic_timer_start(0);
    span->pit = pit_first - pit_last;
    span->ns = (u32)div64_32((u64)(hpet_last - hpet_first) * period, 1000000, 0);
}

static void agree(u32 a, u32 b)
{
    u32 difference = a > b ? a - b : b - a;

    if (difference > div64_32((u64)a * TOLERANCE_PERCENT, 100, 0))
        system_panic("The clocks of this machine disagree: the processor runs at %u kHz by one and "
                     "at %u kHz by the other.",
                     a, b);
}

static u32 khz_of(u64 count, u32 ns)
{
    return (u32)div64_32(count * 1000000u, ns, 0);
}

u32 arch_clock_measure(u64 *base)
{
    struct span span, second;
    u32 pit_ns;

    apic_init();
    apic_cpu_init();
    measure(&span);
    *base = span.first;
    pit_ns = (u32)div64_32((u64)span.pit * 1000000000u, PIT_HZ, 0);
    if (span.ns) {
        agree(khz_of(span.count, span.ns), khz_of(span.count, pit_ns));
    } else {
        measure(&second);
        span.ns = pit_ns;
        agree(khz_of(span.count, pit_ns),
              khz_of(second.count, (u32)div64_32((u64)second.pit * 1000000000u, PIT_HZ, 0)));
    }
    apic_timer_scale(span.timer, span.ns);
    return khz_of(span.count, span.ns);
}
