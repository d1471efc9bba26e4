/* SPDX-License-Identifier: Apache-2.0 */
/* AArch64: registers of a guest, what a vCPU and a CPU need besides, and the instructions that are
 * worth inlining. The order of the first fields is known to vectors.S through asm_offsets.c. */
#ifndef HV_ARCH_TYPES_H
#define HV_ARCH_TYPES_H

#include "conf/layout.h"
#include "hv/base.h"
#include "lib/string.h"

#define ARCH_GUEST_LIMIT (~0ul)    /* guests have all of their address space ... */
#define ARCH_GUEST_SIZE(size) true /* ... and no size of 32 bits is beyond it */
#define ARCH_WINDOWS 4u
#define ARCH_DEVICE_SPACE 1u /* device areas are no memory: their addresses are others */
#define ARCH_LEVEL_LINES 0xFFFFFFFFu
#define ARCH_CONF CONF_ARCH_AARCH64
#define ARCH_ABI_VERSION 0x010000u
#define ARCH_API_VERSION 0x010000u
#define ARCH_PCT_BASE 0xFBFC0000u /* where a guest sees its control tables */
#define ARCH_EXT_VECTOR 0u
#define ARCH_HW_VECTOR 0u
#define ARCH_ROUTED 0u /* a fresh vCPU routes nothing */
/* One at a time, and only what the guest has routed; masks apart. */
#define ARCH_DELIVERS(vcpu, bits, kind) ((vcpu)->arch.handling ? 0 : (bits) & (vcpu)->routed_##kind)

/* A guest's registers as the entry code stores them. */
struct frame {
    u64 x[31];
    u64 pc;
    u64 spsr;
};

/* System registers of EL1 and EL0: the rows SAVED of sysregs.def. */
struct sysregs {
#define SAVED(name, start) u64 name;
#include "sysregs.def"
};

/* Those that only newer processors have: the rows NEWER. */
struct newer {
#define NEWER(name, encoding, feature) u64 name;
#include "sysregs.def"
};

struct fpu {
    u64 v[64];
    u64 fpcr;
    u64 fpsr;
};

#define VGIC_LISTS 4u

/* Virtual interrupt controller: what is in the processor while the vCPU has it, and what is to come
 * there. */
struct vgic {
    u64 lr[VGIC_LISTS];
    u64 vmcr;
    u64 ap0r;
    u64 ap1r;
    u32 pend; /* atomic: bit n: interrupt n; set by anybody */
};

/* Where memory lies that a vCPU reaches without a translation. */
struct near {
    hv_addr start; /* as the guest has it */
    u64 size;      /* 0: none */
    u64 place;     /* of address 0, if that were in it */
};

struct arch_vcpu {
    struct frame frame;
    struct near near; /* the area it started in, while its own translation is off */
    u64 hcr;          /* HCR_EL2 while it has the processor ... */
    u64 cptr;         /* ... CPTR_EL2, ... */
    u64 vmpidr;       /* ... VMPIDR_EL2, ... */
    u64 vttbr;        /* ... VTTBR_EL2 */
    struct vcpu *
        *latest;   /* whose translations of its partition its CPU may hold; null: not started */
    u32 extras;    /* EXTRA_*: what a switch has to do besides */
    bool handling; /* an interrupt was delivered and not yet returned from */
    u32 flag;      /* its virtual interrupt flag before that */
    u64 fault;     /* address of its last stage 2 fault */
    struct sysregs sys;
    struct fpu fpu __attribute__((aligned(16)));
    struct newer newer;
    struct vgic vgic;
    /* What is in front of this is cleared when the vCPU is made anew. */
    u64 context;       /* x0 at a start that PSCI's CPU_ON asks for; by any vCPU ... */
    u32 context_given; /* ... atomic: and not yet taken */
} __attribute__((aligned(16)));

#define EXTRA_FPU 1u   /* its partition has the flag fp, or it has used the FPU */
#define EXTRA_NEWER 2u /* the processor has some of the rows NEWER */
#define EXTRA_VGIC 4u  /* it has used the interrupt controller's registers */

struct arch_cpu {
    s32 (*const *calls)(struct vcpu *vcpu);   /* by number */
    struct vcpu *latest[CONF_MAX_PARTITIONS]; /* whose translations it may hold, by VMID */
    struct vcpu *loaded;                      /* whose system registers are in the processor */
    u32 online;                               /* atomic */
    u32 timer; /* its interrupt, unless it is told to the trace stream: then none */
    u64 redistributor;
    u64 affinity; /* of its MPIDR */
};

/* Argument n of the hypercall that a vCPU makes: x1 to x5. */
#define ARCH_ARG(vcpu, n) ((vcpu)->arch.frame.x[(n) + 1])

/* (value * mult) >> shift, shift 1 to 31. */
static inline u64 arch_scale(u32 value, u32 mult, u32 shift)
{
    return (u64)value * mult >> shift;
}

/* value >> shift, shift 1 to 31. */
static inline u64 arch_shift(u64 value, u32 shift)
{
    return value >> shift;
}

/* ns by which an idle CPU wakes before a slot, to enter it on time. */
#define ARCH_LEAD 1000u

/* The free-running counter. Not read ahead of what stands in front (Arm ARM D11.1.2). */
static inline u64 arch_count(void)
{
    u64 count;

    __asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(count) : : "memory");
    return count;
}

static inline void arch_pause(void)
{
    __asm__ volatile("yield" : : : "memory");
}

/* Memory of the guest that has the processor, by addresses of its own (access.c). */
bool arch_guest_read(void *to, hv_addr from, u32 size);
bool arch_guest_write(hv_addr to, const void *from, u32 size);
bool arch_guest_store32(hv_addr to, u32 value);

/* The data path's ways (copy.S): within a page, or within the area that the vCPU started in. They
 * leave x9 to x29 alone. A write is done wholly or not at all. */
#define ARCH_QUICK_RANGE(addr, size) true /* they look themselves */
#define ARCH_QUICK_WHOLE true
#define GUEST_QUICK(name, core, guest, size, vcpu)                                                 \
    ({                                                                                             \
        register u64 x0_ __asm__("x0") = (u64)(core);                                              \
        register u64 x1_ __asm__("x1") = (guest);                                                  \
        register u64 x2_ __asm__("x2") = (size);                                                   \
        register u64 x3_ __asm__("x3") = (u64)(vcpu);                                              \
        __asm__ volatile("bl " #name                                                               \
                         : "+r"(x0_), "+r"(x1_), "+r"(x2_), "+r"(x3_)                              \
                         :                                                                         \
                         : "x4", "x5", "x6", "x7", "x8", "x30", "cc", "memory");                   \
        x0_ != 0;                                                                                  \
    })
#define arch_quick_read(vcpu, to, from, size) GUEST_QUICK(guest_quick_read, to, from, size, vcpu)
#define arch_quick_write(vcpu, to, from, size) GUEST_QUICK(guest_quick_write, from, to, size, vcpu)
#define arch_quick_store32(vcpu, to, value) GUEST_QUICK(guest_quick_store, value, to, 4, vcpu)

/* Memory was written through a window: to where fetches and uncached accesses see it. */
void arch_memory_written(const void *at, u32 size);

#endif
