/* SPDX-License-Identifier: Apache-2.0 */
/* The other CPUs: all are started by one broadcast (SDM vol. 3A, 9.4.4), take a number each in the
 * order they come; those that the configuration has no use for stay halted. */
#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/sched.h"
#include "lib/string.h"
#include "x86.h"

#define WAIT_INIT 10000000u /* ns */
#define WAIT_START 200000u
#define WAIT_ONLINE 100000000u
#define STOP_TRIES 1000000u

extern const char trampoline_begin[], trampoline_end[];
extern void stack_enter(struct cpu *cpu) __attribute__((noreturn));

u32 smp_ticket; /* of the CPU that comes next, minus one; trampoline.S */
u32 smp_wanted;
static u32 smp_released;
static u32 smp_asked; /* number of the CPU that is to read its counter; 0: none */
static u64 smp_count; /* what it read */
static u32 smp_stopped;
static u32 smp_ending;

static void wait(u32 ns)
{
    hv_time end = clock_now() + ns;

    while (clock_now() < end)
        arch_pause();
}

struct cpu *arch_cpu_place(void *block)
{
    return (struct cpu *)(void *)((u8 *)block + CPU_STACK_TOP);
}

void arch_cpu_start(struct cpu *cpu)
{
    if (cpu->id == 0)
        idt_init();
    features_enable();
    tables_load(cpu);
    cpu->arch.cr0 = CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE | CR0_MP | CR0_EM;
    cr0_write(cpu->arch.cr0);
    cr3_write(phys_of(hv_root));
    cpu->arch.apic_id = apic_id();
    store_release(&cpu->arch.online, 1);
}

void arch_cpu_enter(struct cpu *cpu)
{
    stack_enter(cpu);
}

void smp_ap_main(u32 id)
{
    struct cpu *cpu = cpus[id];

    apic_cpu_init();
    arch_cpu_start(cpu);
    while (!load_acquire(&smp_released)) {
        if (load_acquire(&smp_asked) == id) {
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

static u32 online(void)
{
    u32 n = 0;

    for (u32 i = 0; i < cpu_count; i++)
        n += load_acquire(&cpus[i]->arch.online);
    return n;
}

/* The page below 1 MB gets its own bytes back when all are up: nothing of boot survives there. */
u32 arch_cpus_boot(u32 wanted)
{
    static u8 saved[512];
    u32 size = (u32)(trampoline_end - trampoline_begin);
    u32 came;
    u8 *low = fix_map(HV_FIX_LOW, TRAMPOLINE);
    hv_time end;

    memcpy(saved, low, size);
    memcpy(low, trampoline_begin, size);
    hv_root[0] = PTE_P | PTE_W | PTE_PS;
    smp_ticket = 0;
    smp_wanted = wanted;
    apic_send(0, APIC_INIT_OTHERS);
    wait(WAIT_INIT);
    for (u32 i = 0; i < 2; i++) {
        apic_send(0, APIC_START_OTHERS | TRAMPOLINE >> 12);
        wait(WAIT_START);
    }
    end = clock_now() + WAIT_ONLINE;
    while (online() < wanted && clock_now() < end)
        arch_pause();
    /* Others, or late ones, may still be on the page: until none has come for a while. */
    do {
        came = load_acquire(&smp_ticket);
        wait(WAIT_INIT);
    } while (came != load_acquire(&smp_ticket));
    hv_root[0] = 0;
    cr3_write(phys_of(hv_root));
    memcpy(low, saved, size);
    return online();
}

void arch_cpus_release(void)
{
    store_release(&smp_released, 1);
}

void smp_stop(void)
{
    __atomic_fetch_add(&smp_stopped, 1, __ATOMIC_SEQ_CST);
    for (;;)
        __asm__ volatile("cli; hlt");
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
    apic_send(0, APIC_STOP_OTHERS | VECTOR_STOP);
    while (self && load_acquire(&smp_stopped) < cpu_count - 1 && --tries)
        arch_pause();
}

struct cpu *cpu_here(void)
{
    u32 id = apic_id();

    for (u32 i = 1; i < cpu_count; i++)
        if (cpus[i] && cpus[i]->arch.apic_id == id)
            return cpus[i];
    return cpus[0];
}
