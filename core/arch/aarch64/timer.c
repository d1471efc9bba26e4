/* SPDX-License-Identifier: Apache-2.0 */
/* The clock and the timer of EL2 (generic timer, Arm ARM D11): one counter for all CPUs, whose rate
 * the firmware tells; a compare value of 64 bits, so that nothing wraps and a moment that is over
 * rings at once. */
#include "aarch64.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/system.h"

#define KHZ_MIN 1000u

u32 arch_clock_measure(u64 *base)
{
    u32 khz = (u32)sysreg_read(cntfrq_el0) / 1000;

    if (khz < KHZ_MIN)
        system_panic("The counter runs at %u kHz only.", khz);
    *base = arch_count();
    return khz;
}

/* A count more than that: rung too soon there would be nothing to do yet. */
void arch_timer_arm(struct cpu *cpu, u32 wait)
{
    sysreg_write(cnthp_cval_el2, cpu->looked_count + clock_count(wait) + 1);
    isb();
}

bool arch_timer_room(const struct cpu *cpu, u32 ns)
{
    (void)cpu;
    return arch_count() + clock_count(ns) < sysreg_read(cnthp_cval_el2);
}

/* Asleep: how long was worked before leaves no trace in when it goes on. */
void arch_await(u64 count)
{
    sysreg_write(cnthp_cval_el2, count);
    isb();
    while (arch_count() < count)
        __asm__ volatile("wfi" ::: "memory");
}
