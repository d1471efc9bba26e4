/* SPDX-License-Identifier: Apache-2.0 */
/* x86, inside the architecture's own rooms: selectors, control bits, layout of the core's part of
 * the address space, and what its files know of each other. Also read by the assembler. */
#ifndef X86_H
#define X86_H

#include "pte.h"

/* Address space of the core: its area is mapped at HV_BASE, page for page; then the devices. */
#define HV_BASE 0xFC000000
#define HV_LOAD 0x01000000
#define HV_AREA_MAX 0x02C00000            /* 44 MB: up to the device window */
#define HV_DEVICES 0xFEC00000             /* one 4 MB page, identity: IOAPIC, HPET, local APIC */
#define HV_FIX 0xFF000000                 /* one page table: VGA memory, mapping windows */
#define HV_FIX_VGA (HV_FIX)               /* 8 pages: 0xB8000..0xBFFFF */
#define HV_FIX_LOW (HV_FIX + 0x8000)      /* 1 page: trampoline of the other CPUs */
#define HV_FIX_WINDOWS (HV_FIX + 0x10000) /* ARCH_WINDOWS pages for each CPU */
#define HV_FIX_TSS (HV_FIX + 0x20000)     /* 4 pages for each CPU: task state, I/O bitmap */
#define HV_PDE (HV_BASE >> 22)

#define CPU_BLOCK 16384
#define CPU_STACK_TOP 8192 /* guard page, stack page, then struct cpu */

#define TRAMPOLINE 0x8000 /* physical, below 1 MB */

#define SEL_CS 0x100
#define SEL_DS 0x108
#define SEL_TSS 0x110
#define SEL_EMERGENCY 0x118 /* three task states: NMI, double fault, machine check */
#define SEL_GUEST_CS 0x13b
#define SEL_GUEST_DS 0x143
#define SEL_GUEST_VCPU 0x14b

#define CR0_PE 0x00000001
#define CR0_MP 0x00000002
#define CR0_EM 0x00000004
#define CR0_TS 0x00000008
#define CR0_ET 0x00000010
#define CR0_NE 0x00000020
#define CR0_WP 0x00010000
#define CR0_AM 0x00040000
#define CR0_PG 0x80000000
#define CR4_PSE 0x00000010
#define CR4_MCE 0x00000040
#define CR4_PGE 0x00000080
#define CR4_OSFXSR 0x00000200
#define CR4_OSXMMEXCPT 0x00000400
#define CR4_UMIP 0x00000800
#define CR4_SMEP 0x00100000
#define CR4_SMAP 0x00200000

#define LAPIC_EOI_AT 0xFEE000B0

#define VECTOR_HYPERCALL 0x82
#define VECTOR_IRET 0x83
#define VECTOR_UNUSED 0x80
#define VECTOR_KEPT 0x90  /* + line, of the 16 that are edges: not before the line is open */
#define VECTOR_LINE 0xA0  /* + line */
#define VECTOR_PIC 0xE0   /* 16 vectors: the retired PICs' spurious ones */
#define EXCEPTION_BYTES 6 /* of a stub in stubs.S ... */
#define EXCEPTION_HALF 16 /* ... of which so many stand before the long jump */
#define LINE_BYTES 4
#define LINE_HALF 24
#define STUB_JUMP 8
#define VECTOR_TIMER 0xF0
#define VECTOR_KICK 0xF1
#define VECTOR_STOP 0xF2
#define VECTOR_RESTART 0xF3
#define VECTOR_SPURIOUS 0xFF

#define EFLAGS_TF 0x00000100
#define EFLAGS_IF 0x00000200
#define EFLAGS_RF 0x00010000
#define EFLAGS_FIXED 0x00000002
/* What a guest may have in its flags: arithmetic, TF, DF, NT, RF, AC, ID. No IOPL, VM, VIF, VIP. */
#define EFLAGS_GUEST 0x00254DD5
#define EFLAGS_NT 0x00004000

#ifndef __ASSEMBLER__

#include "hv/base.h"
#include "hv/vcpu.h"

/* A page directory in the core's own memory: boot and idle. */
extern u32 hv_root[1024];
extern u64 idt[256];
extern u8 boot_stack_top[];
extern char image_text[], image_data[], image_end[];

static inline u32 phys_of(const void *core)
{
    return (u32)core - HV_BASE + HV_LOAD;
}

static inline void *virt_of(u32 phys)
{
    return (void *)(phys - HV_LOAD + HV_BASE);
}

struct cpuid {
    u32 a, b, c, d;
};

static inline struct cpuid cpuid(u32 leaf)
{
    struct cpuid r;

    __asm__ volatile("cpuid" : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d) : "a"(leaf), "c"(0));
    return r;
}

static inline void cr0_write(u32 value)
{
    __asm__ volatile("mov %0, %%cr0" : : "r"(value) : "memory");
}

static inline u32 cr0_read(void)
{
    u32 value;

    __asm__ volatile("mov %%cr0, %0" : "=r"(value));
    return value;
}

static inline u32 cr2_read(void)
{
    u32 value;

    __asm__ volatile("mov %%cr2, %0" : "=r"(value));
    return value;
}

static inline u32 cr3_read(void)
{
    u32 value;

    __asm__ volatile("mov %%cr3, %0" : "=r"(value));
    return value;
}

static inline void cr3_write(u32 value)
{
    __asm__ volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

static inline u32 cr4_read(void)
{
    u32 value;

    __asm__ volatile("mov %%cr4, %0" : "=r"(value));
    return value;
}

static inline void cr4_write(u32 value)
{
    __asm__ volatile("mov %0, %%cr4" : : "r"(value) : "memory");
}

static inline void invlpg(const void *page)
{
    __asm__ volatile("invlpg (%0)" : : "r"(page) : "memory");
}

static inline void gdt_load(const u64 *gdt)
{
    struct {
        u16 limit;
        u32 base;
    } __attribute__((packed)) reg = {ARCH_GDT_ENTRIES * 8 - 1, (u32)gdt};

    __asm__ volatile("lgdt %0" : : "m"(reg));
}

/* The CPU from anywhere on its own stack. */
static inline struct cpu *cpu_of_stack(void)
{
    u32 esp;

    __asm__ volatile("mov %%esp, %0" : "=r"(esp));
    return (struct cpu *)((esp & ~0xfffu) + 0x1000u);
}

/* tables.c */
void idt_init(void);
void tables_load(struct cpu *cpu);
void gdt_init_guest(struct vcpu *vcpu);
/* What a descriptor is good for in a guest's table (SEGMENT_*); -1: a guest may not have it. */
s32 descriptor_use(u32 low, u32 high);

/* An entry of a vCPU's table, with what it is good for; an illegal one becomes null. */
void gdt_set(struct vcpu *vcpu, u32 index, u32 low, u32 high);

#define SEGMENT_CODE 1u    /* present code of ring 3 */
#define SEGMENT_STACK 2u   /* present data of ring 3 that can be written */
#define SEGMENT_BASED 4u   /* its base is not 0 */
#define SEGMENT_PROCESS 8u /* code of the guest's own processes: its AVL bit is set */

/* What a guest may do with a selector: it must be of ring 3 and of this table. 0: nothing. */
static inline u32 selector_use(const struct vcpu *vcpu, u32 selector)
{
    u32 index = selector >> 3;

    if (unlikely((selector & 7u) != 3u || index >= ARCH_GDT_ENTRIES))
        return 0;
    return vcpu->arch.segment[index];
}

static inline bool selector_code(const struct vcpu *vcpu, u32 selector)
{
    return likely(selector == SEL_GUEST_CS) || (selector_use(vcpu, selector) & SEGMENT_CODE);
}

/* Base of a segment that selector_use() said something for. */
u32 selector_base(const struct vcpu *vcpu, u32 selector);

/* apic.c */
void apic_init(void);
void apic_cpu_init(void);
u32 apic_id(void);
void apic_eoi(void);
bool apic_line_kept(u32 line); /* it was kept and has come: whether anybody still wants it */
void apic_send(u32 destination, u32 command);
void apic_timer_scale(u32 ticks, u32 ns);
u32 apic_timer_left(void);
void apic_timer_start(u32 ticks);
#define APIC_DIRECT 0u             /* fixed delivery: low 8 bits are the vector */
#define APIC_INIT_OTHERS 0xC4500u  /* INIT, assert, all excluding self */
#define APIC_START_OTHERS 0xC4600u /* start-up, all excluding self */
#define APIC_STOP_OTHERS 0xC4000u

/* The task state where the processor sees it: in front of the pages of the I/O bitmap. */
#define TSS_PAGES 4u
#define TSS_AT(cpu)                                                                                \
    (HV_FIX_TSS + (cpu)->id * TSS_PAGES * 4096u + ((u32) & (cpu)->arch.tss & 0xfffu))
#define TSS_IO_MAP (4096u - offsetof(struct cpu, arch.tss))
#define TSS_LIMIT (TSS_IO_MAP + 65536 / 8) /* the bitmap and a byte of ones */

/* ports.c */
void ports_open(struct cpu *cpu, const struct vcpu *vcpu);
void ports_close_all(struct cpu *cpu);

/* paging.c */
void paging_boot_again(void);
void *fix_map(u32 at, u32 phys);

/* features.c */
void features_enable(void);
extern u32 feature_bits; /* CR4 bits that this machine's CPUs have and the core uses */

/* guest.c */
u32 vcpu_cr0(const struct vcpu *vcpu); /* what its CR0 is at least */
bool guest_software_interrupt(struct vcpu *vcpu, u32 vector);

/* calls_pages.c */
/* Whether a vCPU may have a page as a root; from now on until it is done with arch.next_root the
 * page stays one. */
bool root_claim(struct vcpu *vcpu, u32 page);

/* trap.c, entered from entry.S */
void trap_exception(struct vcpu *vcpu);
void trap_refused(struct vcpu *vcpu); /* `int n` of two bytes: as the processor would */
void trap_interrupt(struct cpu *cpu, u32 vector);
void trap_iret(struct vcpu *vcpu);
void trap_iret_told(struct vcpu *vcpu);
_Noreturn void trap_core(u32 vector, u32 error, u32 eip);
_Noreturn void trap_emergency(struct cpu *cpu, u32 which);
_Noreturn void smp_ap_main(u32 id);

/* smp.c */
_Noreturn void smp_stop(void);
struct cpu *cpu_here(void); /* by the APIC's number: where nothing else is sure */

#endif
#endif
