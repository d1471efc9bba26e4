/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptor tables: the processor's own (IDT, task states) and what a guest may have in its part
 * of the GDT. Each vCPU has a whole GDT, so that a switch is one LGDT. */
#include "hv/cpu.h"
#include "hv/system.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "lib/string.h"
#include "x86.h"

u64 idt[256] __attribute__((aligned(16)));

extern const char entry_exceptions[], entry_lines[], entry_unused[], entry_spurious[];
extern const char entry_kick[], entry_stop[], entry_restart[];
extern const char entry_hypercall[], entry_iret[], entry_timer[];
extern const char entry_hypercall_told[], entry_iret_told[], entry_timer_told[];
extern const char task_nmi[], task_double_fault[], task_machine_check[];

#define EXCEPTIONS 32u
#define GATE_INTERRUPT 0x8E00u /* present, DPL 0; DPL 3 adds 0x6000 */
#define GATE_TASK 0x8500u
#define GATE_DPL3 0x6000u

#define FLAT 0x00C00000u /* 32 bit, limit in pages */
#define CODE_RING0 (FLAT | 0x9A00u)
#define DATA_RING0 (FLAT | 0x9200u)
#define CODE_RING3 (FLAT | 0xFA00u)
#define DATA_RING3 (FLAT | 0xF200u)
#define NUMBER_RING3 0x0040F000u /* read only, limit in bytes */
#define TSS_FREE 0x8900u
#define TSS_BUSY 0x8B00u
#define GUEST_PAGES ((ARCH_GUEST_LIMIT >> 12) - 1)

/* A gate's two words. */
static __attribute__((noinline)) void gate_set(u32 vector, const char *handler, u32 type)
{
    u32 *gate = (u32 *)(void *)&idt[vector];
    u32 at = (u32)handler;

    gate[0] = (at & 0xffffu) | SEL_CS << 16;
    gate[1] = (at & 0xffff0000u) | type;
}

static void task_gate_set(u32 vector, u32 which)
{
    u32 *gate = (u32 *)(void *)&idt[vector];

    gate[0] = (SEL_EMERGENCY + which * 8) << 16;
    gate[1] = GATE_TASK;
}

static const char *exception_stub(u32 vector)
{
    return entry_exceptions + vector * EXCEPTION_BYTES + (vector < EXCEPTION_HALF ? 0 : STUB_JUMP);
}

/* What the audit tells of costs nothing where it is off: it has gates of its own. */
void idt_init(void)
{
    bool calls = system_conf->trace_mask & 1u << TRACE_HCALLS_MODULE;
    bool interrupts = system_conf->trace_mask & 1u << TRACE_IRQ_MODULE;

    for (u32 i = 0; i < EXCEPTIONS; i++)
        gate_set(i, exception_stub(i), GATE_INTERRUPT);
    for (u32 i = EXCEPTIONS; i < 256; i++)
        gate_set(i, entry_unused, GATE_INTERRUPT);
    for (u32 i = 0; i < 2 * LINE_HALF; i++)
        gate_set(VECTOR_KEPT + i, entry_lines + i * LINE_BYTES + (i < LINE_HALF ? 0 : STUB_JUMP),
                 GATE_INTERRUPT);
    for (u32 i = 0; i < 16; i++)
        gate_set(VECTOR_PIC + i, entry_spurious, GATE_INTERRUPT);
    gate_set(VECTOR_SPURIOUS, entry_spurious, GATE_INTERRUPT);
    gate_set(VECTOR_KICK, entry_kick, GATE_INTERRUPT);
    gate_set(VECTOR_STOP, entry_stop, GATE_INTERRUPT);
    gate_set(VECTOR_RESTART, entry_restart, GATE_INTERRUPT);
    /* int3 and into are a guest's to use; everything else it gets by #GP. */
    gate_set(3, exception_stub(3), GATE_INTERRUPT | GATE_DPL3);
    gate_set(4, exception_stub(4), GATE_INTERRUPT | GATE_DPL3);
    gate_set(VECTOR_TIMER, interrupts ? entry_timer_told : entry_timer, GATE_INTERRUPT);
    gate_set(VECTOR_HYPERCALL, calls ? entry_hypercall_told : entry_hypercall,
             GATE_INTERRUPT | GATE_DPL3);
    gate_set(VECTOR_IRET, calls ? entry_iret_told : entry_iret, GATE_INTERRUPT | GATE_DPL3);
    task_gate_set(2, 0);
    task_gate_set(8, 1);
    task_gate_set(18, 2);
}

/* The core's entries of a GDT that is used on `cpu`. The task state is marked busy except in the
 * table that LTR is done with. */
static __attribute__((noinline)) void entry_set(u64 *gdt, u32 selector, u32 base, u32 limit,
                                                u32 access)
{
    u32 *entry = (u32 *)(void *)&gdt[selector >> 3];

    entry[0] = (limit & 0xffffu) | base << 16;
    entry[1] = (base >> 16 & 0xffu) | (limit & 0xf0000u) | (base & 0xff000000u) | access;
}

static void gdt_fill(u64 *gdt, struct cpu *cpu, u32 tss_type)
{
    entry_set(gdt, SEL_CS, 0, 0xfffff, CODE_RING0);
    entry_set(gdt, SEL_DS, 0, 0xfffff, DATA_RING0);
    entry_set(gdt, SEL_TSS, TSS_AT(cpu), TSS_LIMIT, tss_type);
    for (u32 i = 0; i < 3; i++)
        entry_set(gdt, SEL_EMERGENCY + i * 8, (u32)&cpu->arch.emergency[i], sizeof(struct tss) - 1,
                  TSS_FREE);
    entry_set(gdt, SEL_GUEST_CS, 0, GUEST_PAGES, CODE_RING3);
    entry_set(gdt, SEL_GUEST_DS, 0, GUEST_PAGES, DATA_RING3);
}

void gdt_init_guest(struct vcpu *vcpu)
{
    struct arch_vcpu *arch = &vcpu->arch;

    memset(arch->segment, 0, sizeof(arch->segment));
    memset(arch->gdt, 0, ARCH_GDT_GUEST * sizeof(u64));
    gdt_fill(arch->gdt, vcpu->cpu, TSS_BUSY);
    entry_set(arch->gdt, SEL_GUEST_VCPU, 0, vcpu->number, NUMBER_RING3);
    arch->segment[SEL_GUEST_CS >> 3] = SEGMENT_CODE;
    arch->segment[SEL_GUEST_DS >> 3] = SEGMENT_STACK;
}

static void emergency_init(struct cpu *cpu, u32 which, const char *entry)
{
    struct tss *tss = &cpu->arch.emergency[which];
    u32 block = (u32)cpu - CPU_STACK_TOP;

    tss->eip = (u32)entry;
    tss->esp = block + CPU_BLOCK - which * 2048u;
    tss->eax = (u32)cpu;
    tss->cr3 = phys_of(hv_root);
    tss->eflags = EFLAGS_FIXED;
    tss->cs = SEL_CS;
    tss->ss = tss->ds = tss->es = SEL_DS;
    tss->io_map = sizeof(struct tss);
}

void tables_load(struct cpu *cpu)
{
    struct {
        u16 limit;
        u32 base;
    } __attribute__((packed)) reg = {sizeof(idt) - 1, (u32)idt};

    emergency_init(cpu, 0, task_nmi);
    emergency_init(cpu, 1, task_double_fault);
    emergency_init(cpu, 2, task_machine_check);
    cpu->arch.tss.ss0 = SEL_DS;
    cpu->arch.tss.esp0 = (u32)cpu;
    ports_close_all(cpu);
    gdt_fill(cpu->arch.gdt, cpu, TSS_FREE);
    gdt_load(cpu->arch.gdt);
    __asm__ volatile("lidt %0" : : "m"(reg));
    __asm__ volatile("ltr %w0" : : "r"(SEL_TSS));
}
