/* SPDX-License-Identifier: Apache-2.0 */
/* Local APIC: one-shot timer, inter-processor interrupts. IOAPIC: the machine's lines. The old
 * PICs are moved out of the way and masked. Addresses are the architectural defaults (SDM vol. 3A,
 * 11.4.1; 82093AA data sheet). */
#include <prtos_inc/guest.h>

#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/io.h"
#include "hv/lock.h"
#include "lib/div64.h"
#include "lib/string.h"
#include "x86.h"

#define LAPIC 0xFEE00000u
#define LAPIC_ID 0x020u
#define LAPIC_TPR 0x080u
#define LAPIC_EOI 0x0B0u
#define LAPIC_SPURIOUS 0x0F0u
#define LAPIC_IRR_KEPT (0x200u + VECTOR_KEPT / 32u * 0x10u) /* requests of vectors 80h to 9Fh */
#define LAPIC_ICR_LOW 0x300u
#define LAPIC_ICR_HIGH 0x310u
#define LAPIC_LVT_TIMER 0x320u
#define LAPIC_LVT_LINT0 0x350u
#define LAPIC_LVT_LINT1 0x360u
#define LAPIC_LVT_ERROR 0x370u
#define LAPIC_COUNT 0x380u
#define LAPIC_LEFT 0x390u
#define LAPIC_DIVIDE 0x3E0u
#define LVT_MASKED 0x10000u
#define LVT_NMI 0x400u
#define ICR_BUSY 0x1000u

#define IOAPIC 0xFEC00000u
#define IOAPIC_REDIRECTION 0x10u
#define IOAPIC_MASKED 0x10000u
#define IOAPIC_LEVEL_LOW 0xA000u
#define IOAPIC_ISA_LINES 16u

#define TPR_KEEP (VECTOR_KEPT | 0xFu)  /* that class waits ... */
#define TPR_TAKE (VECTOR_KEPT - 0x01u) /* ... or not */

#define TIMER_LAG 17u /* ns from the counter's read to the start of the countdown */

static u32 timer_mult, timer_shift;    /* ticks = ns * mult >> shift */
static u8 line_state[PRTOS_VT_HW_MAX]; /* enum arch_line */
static u32 lines_pins;
static u32 lines_forgotten; /* kept by a local APIC, and not wanted any more */
static struct lock lines_lock;

static volatile u32 *lapic(u32 reg)
{
    return (volatile u32 *)(LAPIC + reg);
}

static u32 ioapic_read(u32 reg)
{
    *(volatile u32 *)IOAPIC = reg;
    return *(volatile u32 *)(IOAPIC + 0x10u);
}

static void ioapic_write(u32 reg, u32 value)
{
    *(volatile u32 *)IOAPIC = reg;
    *(volatile u32 *)(IOAPIC + 0x10u) = value;
}

static void pic_retire(void)
{
    static const u8 base[] = {0x20, 0xA0};

    for (u32 i = 0; i < 2; i++) {
        io_out8(base[i], 0x11);
        io_out8(base[i] + 1, (u8)(VECTOR_PIC + i * 8));
        io_out8(base[i] + 1, i ? 2 : 4);
        io_out8(base[i] + 1, 1);
        io_out8(base[i] + 1, 0xff);
    }
}

void apic_init(void)
{
    pic_retire();
    lines_pins = ((ioapic_read(1) >> 16) & 0xffu) + 1;
    memset(line_state, ARCH_LINE_SHUT, sizeof(line_state));
    for (u32 pin = 0; pin < lines_pins; pin++)
        ioapic_write(IOAPIC_REDIRECTION + pin * 2, IOAPIC_MASKED);
}

void apic_cpu_init(void)
{
    *lapic(LAPIC_SPURIOUS) = 0x100u | VECTOR_SPURIOUS;
    *lapic(LAPIC_TPR) = TPR_KEEP;
    *lapic(LAPIC_LVT_LINT0) = LVT_MASKED;
    *lapic(LAPIC_LVT_LINT1) = LVT_NMI;
    *lapic(LAPIC_LVT_ERROR) = LVT_MASKED;
    *lapic(LAPIC_DIVIDE) = 0x0B; /* by 1 */
    *lapic(LAPIC_LVT_TIMER) = VECTOR_TIMER;
    apic_eoi();
}

u32 apic_id(void)
{
    return *lapic(LAPIC_ID) >> 24;
}

void apic_eoi(void)
{
    *lapic(LAPIC_EOI) = 0;
}

/* Interrupts are off: nobody comes between the two halves. */
void apic_send(u32 destination, u32 command)
{
    while (*lapic(LAPIC_ICR_LOW) & ICR_BUSY)
        arch_pause();
    *lapic(LAPIC_ICR_HIGH) = destination << 24;
    *lapic(LAPIC_ICR_LOW) = command;
}

void arch_kick(struct cpu *cpu)
{
    apic_send(cpu->arch.apic_id, APIC_DIRECT | VECTOR_KICK);
}

void apic_timer_start(u32 ticks)
{
    *lapic(LAPIC_COUNT) = ticks;
}

u32 apic_timer_left(void)
{
    return *lapic(LAPIC_LEFT);
}

/* `ticks` of the timer passed in `ns`: the finest 32-bit factor that fits. */
void apic_timer_scale(u32 ticks, u32 ns)
{
    u64 mult;
    u32 shift = 32;

    do {
        mult = div64_32((u64)ticks << (shift - 1), ns, 0);
        shift--;
    } while (mult >> 32);
    timer_mult = (u32)mult;
    timer_shift = shift;
}

void arch_timer_arm(struct cpu *cpu, u32 wait)
{
    u32 passed = clock_since_look(cpu) + TIMER_LAG;
    u32 ticks = 0;

    if (likely(wait > passed))
        ticks = (u32)arch_scale(wait - passed, timer_mult, timer_shift);
    *lapic(LAPIC_COUNT) = ticks ? ticks : 1;
}

bool arch_timer_room(const struct cpu *cpu, u32 ns)
{
    (void)cpu;
    return apic_timer_left() > (u32)arch_scale(ns, timer_mult, timer_shift);
}

/* A turn of the loop is three instructions. What the last look is behind `count`, 0 to 2, is taken
 * from what is still waited: at every phase of the loop it goes on the same number of instructions
 * behind the count. */
void arch_await(u64 count)
{
    u32 late;

    __asm__ volatile("1:\trdtsc\n\tsubl %1, %%eax\n\tjs 1b\n\t"
                     "cmpl $2, %%eax\n\tja 3f\n\t"
                     "addl $2f, %%eax\n\tjmp *%%eax\n"
                     "2:\tnop\n\tnop\n3:"
                     : "=&a"(late)
                     : "r"((u32)count)
                     : "edx", "cc");
}

/* Line n is pin n, but for the old timer (pin 2 on every PC since the MP specification). */
static u32 line_pin(u32 line)
{
    return line == 0 ? 2 : line;
}

/* An 82093AA forgets an edge at a masked pin, a local APIC keeps one of each vector: an edge line
 * that is not open sends the vector of a class that the task priority holds back (SDM vol. 3A,
 * 11.8.3.1). What was kept is taken when the line opens. */
static u32 lines_kept(void)
{
    return *lapic(LAPIC_IRR_KEPT) >> (VECTOR_KEPT & 31u);
}

static void kept_take(u32 line)
{
    if (lines_kept() >> line & 1)
        *lapic(LAPIC_TPR) = TPR_TAKE;
}

bool apic_line_kept(u32 line)
{
    u32 bit = 1u << line;
    bool wanted = !(read_once(lines_forgotten) & bit);

    if (!lines_kept())
        *lapic(LAPIC_TPR) = TPR_KEEP;
    atomic_and(&lines_forgotten, ~bit);
    return wanted;
}

void arch_line_set(struct cpu *cpu, u32 line, enum arch_line state)
{
    u32 pin = line_pin(line);
    u32 low = VECTOR_LINE + line;

    if (pin >= lines_pins || line_state[line] == state)
        return;
    /* The index register and the window behind it are one for all CPUs. */
    lock_take(&lines_lock);
    if (line_state[line] == ARCH_LINE_SHUT)
        ioapic_write(IOAPIC_REDIRECTION + pin * 2 + 1, cpu->arch.apic_id << 24);
    if (line >= IOAPIC_ISA_LINES)
        low |= IOAPIC_LEVEL_LOW;
    else if (state == ARCH_LINE_KEPT)
        low = VECTOR_KEPT + line;
    if (low >= VECTOR_LINE && state != ARCH_LINE_OPEN)
        low |= IOAPIC_MASKED; /* a level is the device's to keep */
    line_state[line] = (u8)state;
    ioapic_write(IOAPIC_REDIRECTION + pin * 2, low);
    lock_release(&lines_lock);
    if (state == ARCH_LINE_OPEN && line < IOAPIC_ISA_LINES)
        kept_take(line);
}

void arch_line_clear(u32 line)
{
    if (line >= IOAPIC_ISA_LINES || !(lines_kept() >> line & 1))
        return;
    atomic_or(&lines_forgotten, 1u << line);
    kept_take(line);
}
