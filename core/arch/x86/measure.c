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

#define SPAN_FIRST 200000u /* ns; each further try takes SPAN_GROWTH times as long */
#define SPAN_GROWTH 5u
#define TRIES 4u
#define TOLERANCE_PERCENT 2u

/* All clocks, read one after the other. */
struct look {
    u64 count; /* time stamp counter, between the reads of the two that are compared with it */
    u32 width; /* counts that the whole look took: none of the rest is known better */
    u32 hpet;
    u32 timer;
    u32 pit;
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

static struct look look_take(void)
{
    struct look look;
    u64 before = arch_count();

    look.hpet = *hpet(HPET_COUNTER);
    look.timer = apic_timer_left();
    look.count = before + (arch_count() - before) / 2;
    look.pit = pit_read();
    look.width = (u32)(arch_count() - before);
    return look;
}

/* Between two looks. */
struct span {
    u64 count;
    u32 timer;
    u32 ns; /* by the HPET, or by the PIT where there is none */
    u32 pit_ns;
    bool exact; /* the looks were short against the span */
};

static struct span measure(bool precise, u32 ns)
{
    u32 period = *hpet(HPET_PERIOD);
    struct look first, last;
    struct span span;

    pit_start();
    if (precise)
        *hpet(HPET_CONFIG) |= 1u;
    apic_timer_start(0xffffffffu);
    first = look_take();
    do {
        last = look_take();
        span.pit_ns = (u32)div64_32((u64)(first.pit - last.pit) * 1000000000u, PIT_HZ, 0);
        span.ns = precise ? (u32)div64_32((u64)(last.hpet - first.hpet) * period, 1000000, 0)
                          : span.pit_ns;
    } while (span.ns < ns);
    apic_timer_start(0);
    span.count = last.count - first.count;
    span.timer = first.timer - last.timer;
    span.exact = (u64)(first.width + last.width) * 200 < span.count;
    return span;
}

static u32 khz_of(u64 count, u32 ns)
{
    return (u32)div64_32(count * 1000000u, ns, 0);
}

static bool agree(u32 a, u32 b)
{
    return (a > b ? a - b : b - a) <= div64_32((u64)a * TOLERANCE_PERCENT, 100, 0);
}

/* The rate by the better clock, once the other agrees: the PIT with the HPET, or with itself. A
 * look that was held up (an emulator on a busy host, an SMI) asks for a longer span, not for a
 * verdict. */
u32 arch_clock_measure(u64 *base)
{
    bool precise = hpet_present();
    u32 ns = precise ? SPAN_FIRST : SPAN_FIRST * SPAN_GROWTH;
    u32 a = 0, b = 0;

    apic_init();
    apic_cpu_init();
    *base = arch_count();
    for (u32 i = 0; i < TRIES; i++, ns *= SPAN_GROWTH) {
        struct span span = measure(precise, ns);

        a = khz_of(span.count, span.ns);
        b = khz_of(span.count, span.pit_ns);
        if (!precise) {
            struct span second = measure(precise, ns);

            b = khz_of(second.count, second.ns);
        }
        if (span.exact && agree(a, b)) {
            apic_timer_scale(span.timer, span.ns);
            return a;
        }
    }
    system_panic("The clocks of this machine disagree: %u or %u kHz.", a, b);
}
