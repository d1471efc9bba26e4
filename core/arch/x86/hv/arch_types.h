/* SPDX-License-Identifier: Apache-2.0 */
/* x86: registers of a guest, what a vCPU and a CPU need besides, and the instructions that are
 * worth inlining. The order of the first fields is known to entry.S through asm_offsets.c. */
#ifndef HV_ARCH_TYPES_H
#define HV_ARCH_TYPES_H

#include "hv/base.h"

#define ARCH_GUEST_LIMIT 0xFC000000ul /* guests end here, the core begins */
#define ARCH_GUEST_SIZE(size) ((size) < ARCH_GUEST_LIMIT)
#define ARCH_GDT_ENTRIES 44u
#define ARCH_GDT_GUEST 32u /* entries 0..31 are the guest's */
#define ARCH_SW_GATE_FIRST 0x30u
#define ARCH_SW_GATES (256u - ARCH_SW_GATE_FIRST)
#define ARCH_EXT_VECTOR 0x90u /* default routing of external interrupts */
#define ARCH_HW_VECTOR 0x20u
#define ARCH_WINDOWS 4u
#define ARCH_DEVICE_SPACE 0u         /* devices and memory share one address space */
#define ARCH_LEVEL_LINES 0xFFFF0000u /* behind the 16 of the ISA bus: PCI, level */
#define ARCH_CONF CONF_ARCH_X86
#define ARCH_ABI_VERSION 0x010000u
#define ARCH_API_VERSION 0x010000u
#define ARCH_PCT_BASE 0xFBFC0000u /* where a guest sees its control tables */
#define ARCH_ROUTED 1u            /* a fresh vCPU routes everything: vector 0 is one like others */
#define ARCH_DELIVERS(vcpu, bits, kind) (bits) /* of pending interrupts; masks apart */

struct vcpu;

/* A guest's registers as the entry code pushes them. */
struct frame {
    u32 es;
    u32 ds;
    u32 edi;
    u32 esi;
    u32 ebp;
    u32 unused;
    u32 ebx;
    u32 edx;
    u32 ecx;
    u32 eax;
    u32 vector;
    u32 error;
    u32 eip;
    u32 cs;
    u32 eflags;
    u32 esp;
    u32 ss;
};

/* What LGDT and LIDT read. */
struct table_reg {
    u16 limit;
    u32 base;
} __attribute__((packed));

struct arch_vcpu {
    u32 slack[8]; /* an exception on the way out pushes seven words below the frame */
    struct frame frame;
    u32 fs;
    u32 gs;
    u32 root;        /* CR3: one of the next two, or the core's own */
    u32 kernel_root; /* where the guest's kernel runs ... */
    u32 user_root;   /* ... and its processes; 0: it has none */
    u32 next_root;   /* about to become one of the two */
    u32 process;     /* in a process, the user root is active: idt_vectors, and PROCESS */
    u32 cr0;         /* what the hardware gets while it runs */
    u32 idt_base;
    u32 idt_vectors;
    u32 stack_ss[3]; /* of the virtual task state, by level; 0 unused */
    u32 stack_sp[3];
    struct table_reg gdt_reg;
    u32 extras;                   /* EXTRA_*: what a switch has to do besides */
    u8 segment[ARCH_GDT_ENTRIES]; /* SEGMENT_* of each entry of gdt */
    u64 gdt[ARCH_GDT_ENTRIES];
    u32 gates_used[8]; /* bit n: a gate for software interrupt n is recorded */
    u64 gate[ARCH_SW_GATES];
    u8 fpu[512] __attribute__((aligned(16)));
};

/* So that nobody else has to ask, a process has an interrupt table of no vectors. */
#define PROCESS 0x80000000u

#define EXTRA_FPU 1u   /* its partition may use the FPU */
#define EXTRA_PORTS 2u /* its partition owns I/O ports */

/* Task state, Intel SDM vol. 3A, 8.2.1. */
struct tss {
    u32 link;
    u32 esp0, ss0, esp1, ss1, esp2, ss2;
    u32 cr3, eip, eflags;
    u32 eax, ecx, edx, ebx, esp, ebp, esi, edi;
    u32 es, cs, ss, ds, fs, gs, ldt;
    u16 trap;
    u16 io_map;
};
_Static_assert(sizeof(struct tss) == 104, "hardware layout");

struct arch_cpu {
    u64 gdt[ARCH_GDT_ENTRIES];
    struct tss tss;
    struct tss emergency[3]; /* NMI, double fault, machine check: task gates */
    u32 apic_id;
    u32 cr0;       /* what CR0 holds now */
    u32 online;    /* atomic */
    u32 segments;  /* not 0: FS or GS may hold a selector of a guest */
    u32 *windows;  /* page table entries of its mapping windows ... */
    u32 *io_pages; /* ... and of the I/O bitmap behind its task state */
    u8 *window_base;
    u32 flushes; /* of its TLB that others asked for */
    u32 claimed; /* a page that a copy writes to now, by its physical address, | 1; 0: none */
};

/* Exceptions that push an error code, SDM vol. 3A, table 6-1. */
#define ARCH_TRAP_HAS_ERROR(trap) (0x00027D00u >> (trap)&1u)

/* The loader and others have written memory through a window: caches are one with it here. */
static inline void arch_memory_written(const void *at, u32 size)
{
    (void)at;
    (void)size;
}

/* Argument n of the hypercall that a vCPU makes: ebx, ecx, edx, esi, edi. */
#define ARCH_ARG(vcpu, n) ((vcpu)->arch.frame.ARCH_ARG_##n)
#define ARCH_ARG_0 ebx
#define ARCH_ARG_1 ecx
#define ARCH_ARG_2 edx
#define ARCH_ARG_3 esi
#define ARCH_ARG_4 edi

/* (value * mult) >> shift, shift 1 to 31: two instructions for the shift. */
static inline u64 arch_scale(u32 value, u32 mult, u32 shift)
{
    u32 low, high;

    __asm__("mull %3\n\tshrdl %%cl, %%edx, %%eax\n\tshrl %%cl, %%edx"
            : "=a"(low), "=&d"(high)
            : "0"(value), "r"(mult), "c"(shift)
            : "cc");
    return low | (u64)high << 32;
}

/* value >> shift, shift 1 to 31. */
static inline u64 arch_shift(u64 value, u32 shift)
{
    __asm__("shrdl %%cl, %%edx, %%eax\n\tshrl %%cl, %%edx" : "+A"(value) : "c"(shift) : "cc");
    return value;
}

/* Guest memory from C. The NOPs become STAC and CLAC where the CPU has SMAP (features.c); a fault
 * at label 2 goes on at `failed`. */
#define ARCH_STAC                                                                                  \
    ".pushsection .stac_sites, \"a\"\n\t.long 1f\n\t.popsection\n1:\t.byte 0x0f, 0x1f, 0x00\n"
#define ARCH_CLAC                                                                                  \
    "\n\t.pushsection .clac_sites, \"a\"\n\t.long 3f\n\t.popsection\n3:\t.byte 0x0f, 0x1f, 0x00"
#define ARCH_FIXUP "\n\t.pushsection .fixup_sites, \"a\"\n\t.long 2b, %l[failed]\n\t.popsection"

/* One word; false if it faults. */
static inline bool arch_guest_store32(hv_addr to, u32 value)
{
    __asm__ volatile goto(ARCH_STAC "2:\tmovl %1, (%0)" ARCH_FIXUP ARCH_CLAC
                          :
                          : "r"(to), "ri"(value)
                          : "memory"
                          : failed);
    return true;
failed:
    __asm__ volatile(ARCH_CLAC ::: "memory");
    return false;
}

bool arch_guest_copy(void *to, const void *from, u32 size);

/* Guest and core lie in one address space: the same copy both ways. */
static inline bool arch_guest_read(void *to, hv_addr from, u32 size)
{
    return arch_guest_copy(to, (const void *)from, size);
}

static inline bool arch_guest_write(hv_addr to, const void *from, u32 size)
{
    return arch_guest_copy((void *)to, from, size);
}

/* As arch_guest_copy(), in line for whole words: for the data path. Sizes there are known to be
 * small. */
#define ARCH_QUICK_RANGE(addr, size) ((addr)-1 <= ARCH_GUEST_LIMIT - 1 - (size))
#define ARCH_QUICK_WHOLE false /* a write that fails may be half done */
static inline bool guest_copy_inline(void *to, const void *from, u32 size)
{
    u32 words = size / 4;

    if (unlikely(size & 3))
        return arch_guest_copy(to, from, size);
    __asm__ volatile goto(ARCH_STAC "2:\trep movsl" ARCH_FIXUP ARCH_CLAC
                          : "+D"(to), "+S"(from), "+c"(words)
                          :
                          : "memory"
                          : failed);
    return true;
failed:
    __asm__ volatile(ARCH_CLAC ::: "memory");
    return false;
}

static inline bool arch_quick_store32(const struct vcpu *vcpu, hv_addr to, u32 value)
{
    (void)vcpu;
    return arch_guest_store32(to, value);
}

static inline bool arch_quick_read(const struct vcpu *vcpu, void *to, hv_addr from, u32 size)
{
    (void)vcpu;
    return guest_copy_inline(to, (const void *)from, size);
}

static inline bool arch_quick_write(const struct vcpu *vcpu, hv_addr to, const void *from, u32 size)
{
    (void)vcpu;
    return guest_copy_inline((void *)to, from, size);
}

static inline void arch_pause(void)
{
    __asm__ volatile("pause");
}

/* ns by which an idle CPU wakes before a slot, to enter it on time. */
#define ARCH_LEAD 600u

static inline u64 arch_count(void)
{
    u64 count;

    __asm__ volatile("rdtsc" : "=A"(count));
    return count;
}

#endif
