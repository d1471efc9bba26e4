/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: what each loads for itself, and the others, which the firmware starts one by one (PSCI) and
 * takes back at the end. */
#include "aarch64.h"
#include "conf/layout.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/sched.h"
#include "hv/system.h"

#define WAIT_ONLINE 2000000000u /* ns: firmware may take its time, a busy emulator too */
#define STOP_TRIES 1000000u

#define PSCI_ALREADY_ON (-4)
#define PSCI_ON_PENDING (-5)

/* MDCR_EL2: debug, OS lock, ROM address, performance monitor and trace trap; no counter of
 * EL2's. */
#define MDCR_TRAPS                                                                                 \
    (1ul << 5 | 1ul << 6 | 1ul << 9 | 1ul << 10 | 1ul << 11 | 1ul << 14 | 1ul << 17 | 1ul << 19)
#define CNTHCTL_GUEST 1ul /* EL1PCTEN: guests may read the counter, its timer traps */

extern void stack_enter(struct cpu *cpu) __attribute__((noreturn));
extern void secondary_start(void);

static u32 smp_released;
static u32 smp_asked; /* number of the CPU that is to read its counter; 0: none */
static u64 smp_count; /* what it read */
static u32 smp_stopped;
static u32 smp_ending;

struct cpu *arch_cpu_place(void *block)
{
    return (struct cpu *)(void *)((u8 *)block + CPU_STACK_TOP);
}

/* What EL1 may do without the core is the same for every guest (Arm ARM D17.2, by name). */
static void controls_init(void)
{
    u64 counters = sysreg_read(pmcr_el0) >> 11 & 31;

    sysreg_write(hcr_el2, HCR_RW | HCR_FMO | HCR_IMO | HCR_AMO);
    sysreg_write(cptr_el2, CPTR_BASE | CPTR_TFP);
    sysreg_write(hstr_el2, 0ul);
    sysreg_write(mdcr_el2, MDCR_TRAPS | counters);
    sysreg_write(vpidr_el2, sysreg_read(midr_el1));
    sysreg_write(cnthctl_el2, CNTHCTL_GUEST);
    sysreg_write(cntvoff_el2, 0ul);
    sysreg_write(cntv_ctl_el0, 0ul);
    sysreg_write(cnthp_ctl_el2, 0ul);
    sysreg_write(cnthp_cval_el2, ~0ul);
    sysreg_write(cnthp_ctl_el2, 1ul);
    isb();
}

void arch_cpu_start(struct cpu *cpu)
{
    sysreg_write(tpidr_el2, (u64)cpu);
    sysreg_write(vbar_el2, (u64)vectors);
    calls_cpu_init(cpu);
    controls_init();
    stage2_cpu_init();
    if (cpu->id == 0) {
        features_find();
        gic_init();
    }
    gic_cpu_init(cpu);
    vgic_cpu_init();
    store_release(&cpu->arch.online, 1);
}

void arch_cpu_enter(struct cpu *cpu)
{
    stack_enter(cpu);
}

void smp_secondary_main(struct cpu *cpu)
{
    arch_cpu_start(cpu);
    while (!load_acquire(&smp_released)) {
        if (load_acquire(&smp_asked) == cpu->id) {
            smp_count = arch_count();
            store_release(&smp_asked, 0);
        }
        arch_pause();
    }
    arch_cpu_enter(cpu);
}

u64 arch_cpu_count(const struct cpu *cpu)
{
    store_release(&smp_asked, cpu->id);
    while (load_acquire(&smp_asked))
        arch_pause();
    return smp_count;
}

/* CPUs of the board have the affinities 0, 1, 2, 3. One that was stopped a moment ago, at a
 * restart, may not be off yet. */
static void cpu_boot(u32 id, hv_time end)
{
    s64 result;

    do
        result = psci_call(PSCI_CPU_ON, id, (u64)secondary_start, (u64)cpus[id]);
    while ((result == PSCI_ALREADY_ON || result == PSCI_ON_PENDING) && clock_now() < end);
    while (!result && !load_acquire(&cpus[id]->arch.online) && clock_now() < end)
        arch_pause();
}

u32 arch_cpus_boot(u32 wanted)
{
    u32 n = 1;

    dsb(ish);
    for (u32 id = 1; id < wanted; id++) {
        cpu_boot(id, clock_now() + WAIT_ONLINE);
        n += load_acquire(&cpus[id]->arch.online);
    }
    return n;
}

void arch_cpus_release(void)
{
    store_release(&smp_released, 1);
}

/* Its caches are cleaned by the firmware. CPU 0 does not leave: others may need it (a restart). */
void smp_stop(void)
{
    __atomic_fetch_add(&smp_stopped, 1, __ATOMIC_SEQ_CST);
    if (cpu_here()->id)
        psci_call(PSCI_CPU_OFF, 0, 0, 0);
    for (;;)
        __asm__ volatile("msr daifset, #15\n\twfi");
}

/* Whoever is in the core finishes its piece first; one that does not answer is given up. */
void arch_stop_others(struct cpu *self)
{
    u32 tries = STOP_TRIES;

    if (cpu_count < 2 || !load_acquire(&smp_released))
        return;
    /* Two that end the system at once would wait for each other. */
    if (self && __atomic_exchange_n(&smp_ending, 1, __ATOMIC_SEQ_CST))
        smp_stop();
    gic_send_others(GIC_STOP);
    while (self && load_acquire(&smp_stopped) < cpu_count - 1 && --tries)
        arch_pause();
}
