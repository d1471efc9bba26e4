/* SPDX-License-Identifier: Apache-2.0 */
/* AArch64, inside the architecture's own rooms: control bits (Arm ARM DDI 0487, D17.2), the core's
 * address space, and what its files know of each other. Also read by the assembler. */
#ifndef AARCH64_H
#define AARCH64_H

/* Everything that the core maps lies where it is: one address for the processor with its MMU on and
 * off. RAM begins here, and an address of the configuration counts from here (decisions.md 24). */
#define RAM_BASE 0x40000000
#define HV_LOAD 0x40100000
#define UNCACHED 0x4000000000 /* from memory to where it is mapped uncached, but the core's area */

#define CPU_BLOCK 16384
#define CPU_STACK_TOP 8192 /* guard page, stack page, then struct cpu */

/* SCTLR_EL2: RES1 bits of ARMv8.0, caches, MMU, stack alignment; nothing writable is executed. */
#define SCTLR_EL2_RES1 0x30C50830
#define SCTLR_M 0x00000001
#define SCTLR_C 0x00000004
#define SCTLR_SA 0x00000008
#define SCTLR_I 0x00001000
#define SCTLR_WXN 0x00080000
#define SCTLR_ON (SCTLR_EL2_RES1 | SCTLR_M | SCTLR_C | SCTLR_SA | SCTLR_I)

/* MAIR_EL2: 0 Device-nGnRE, 1 Normal write-back, 2 Normal uncached. */
#define MAIR_EL2_VALUE 0x44ff04
#define ATTR_DEVICE 0
#define ATTR_NORMAL 1
#define ATTR_UNCACHED 2

/* TCR_EL2: 39 bits from level 1, 4 KB pages, walks write-back and inner shareable; RES1. The size
 * of physical addresses is added at run time. */
#define TCR_EL2_VALUE 0x80803519

/* Descriptors, D8.3. */
#define PTE_VALID 0x1
#define PTE_TABLE 0x2
#define PTE_PAGE 0x2
#define PTE_ATTR(n) ((n) << 2)
#define PTE_RES1 0x40 /* AP[1], EL2 */
#define PTE_RO 0x80
#define PTE_SH_INNER 0x300
#define PTE_AF 0x400
#define PTE_XN 0x40000000000000ul

/* HCR_EL2. */
#define HCR_VM (1ul << 0)
#define HCR_SWIO (1ul << 1)
#define HCR_PTW (1ul << 2)
#define HCR_FMO (1ul << 3)
#define HCR_IMO (1ul << 4)
#define HCR_AMO (1ul << 5)
#define HCR_DC (1ul << 12)
#define HCR_TWI (1ul << 13)
#define HCR_TID3 (1ul << 18)
#define HCR_TSC (1ul << 19)
#define HCR_TIDCP (1ul << 20)
#define HCR_TACR (1ul << 21)
#define HCR_TSW (1ul << 22)
#define HCR_TVM (1ul << 26)
#define HCR_RW (1ul << 31)
#define HCR_TLOR (1ul << 35)
#define HCR_TERR (1ul << 36)
#define HCR_APK (1ul << 40)
#define HCR_API (1ul << 41)

/* CPTR_EL2: RES1 of ARMv8.0 and with it SVE and SME; trace and activity monitors. */
#define CPTR_BASE (0x33FFul | 1ul << 20 | 1ul << 30)
#define CPTR_TFP (1ul << 10)

/* PAR_EL1, D17.2. */
#define PAR_FAULT 1
#define PAR_ADDRESS 0x3ffffff000 /* below UNCACHED */
#define PAR_ATTRIBUTES 56
#define PAR_CACHED 0xff /* write-back, inner and outer */

#define TCR_NO_WALKS (1ul << 7 | 1ul << 23) /* TCR_EL1.EPD0, EPD1 */

/* What a vCPU's SCTLR_EL1 reads at its start: RES1 bits of ARMv8.0 only. */
#define SCTLR_EL1_START 0x30D00800ul
#define CPACR_EL1_START (3ul << 20)

/* Exception classes, ESR_ELx.EC. */
#define EC_WFX 0x01
#define EC_FP 0x07
#define EC_HVC64 0x16
#define EC_SMC64 0x17
#define EC_SYSREG 0x18
#define EC_FETCH_LOWER 0x20
#define EC_DATA_LOWER 0x24
#define ESR_IL 0x2000000    /* an instruction of 32 bits */
#define ESR_HVC0 0x5a000000 /* hvc #0, 32-bit instruction */

#define PSTATE_EL1H 0x5
#define PSTATE_EL1T 0x4
#define PSTATE_DAIF 0x3c0
#define PSTATE_MODE 0x1f

#ifndef __ASSEMBLER__

#include "hv/arch_types.h"
#include "hv/base.h"

struct cpu;
struct vcpu;

#define sysreg_read(name)                                                                          \
    ({                                                                                             \
        u64 value_;                                                                                \
        __asm__ volatile("mrs %0, " #name : "=r"(value_) : : "memory");                            \
        value_;                                                                                    \
    })
#define sysreg_write(name, value) __asm__ volatile("msr " #name ", %x0" : : "rZ"(value) : "memory")

static inline void isb(void)
{
    __asm__ volatile("isb" : : : "memory");
}

#define dsb(domain) __asm__ volatile("dsb " #domain : : : "memory")

extern char image_text[], image_data[], image_end[], vectors[];
extern u64 hv_root[512]; /* level 1 of the core's tables */

/* mmu.c */
extern u64 uncached_start; /* from here on RAM is mapped at UNCACHED too */
void mmu_cpu_init(void);
u64 mmu_address_bits(void);           /* ID_AA64MMFR0_EL1.PARange, as TCR and VTCR take it */
void mmu_switch(u64 root, u64 sctlr); /* boot.S: off, other tables, on */

/* stage2.c */
void stage2_cpu_init(void);
void stage2_flush(void); /* what this CPU remembers of the partition's translations */

/* features.c */
#define FEATURE_AUTH 1u
#define FEATURE_SME 2u
#define FEATURE_RAS 4u
#define FEATURE_AUX 8u
extern u32 features; /* of this machine: FEATURE_* */
void features_find(void);
void newer_save(struct newer *newer);
void newer_load(const struct newer *newer);
u64 feature_id(u32 crm, u32 op2); /* an ID register as guests see it */

/* gic.c */
void gic_init(void);
void gic_cpu_init(struct cpu *cpu);
void gic_send(u32 sgi, u64 affinity);
void gic_send_others(u32 sgi);
void gic_line_affinity(u32 line, u64 affinity);
#define GIC_KICK 0u
#define GIC_STOP 1u
#define GIC_RESTART 2u
#define GIC_MAINTENANCE 25u
#define GIC_TIMER 26u  /* CNTHP */
#define GIC_VTIMER 27u /* CNTV */
#define GIC_LINE 32u   /* + line */
#define GIC_NONE 1020u /* and above: spurious */

/* guest.c */
void vcpu_unload(struct vcpu *vcpu); /* its registers in the processor are worth nothing any more */
void trap_iret(struct vcpu *vcpu);

void vcpu_stage1_on(struct vcpu *vcpu); /* it has switched its own translation on */

void vcpu_fpu_on(struct vcpu *vcpu); /* it has used the FPU */

/* fpu.S */
void fpu_save(struct fpu *fpu);
void fpu_load(const struct fpu *fpu);

/* sysregs.c */
bool sysreg_access(struct vcpu *vcpu, u32 iss);

/* psci.c */
s64 psci_call(u64 function, u64 a, u64 b, u64 c);
void psci_guest(struct vcpu *vcpu);
bool psci_context_take(struct vcpu *vcpu, u64 *value); /* false: not started by PSCI */
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_CPU_ON 0xC4000003u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u

/* vgic.c */
void vgic_save(struct vgic *vgic);
void vgic_load(struct vgic *vgic);
void vgic_cpu_init(void);
void vgic_look(struct cpu *cpu);  /* something may have come for the vCPU in the processor */
void vgic_timer(struct cpu *cpu); /* its virtual timer has fired */
bool vgic_pending(const struct vcpu *vcpu);
bool vgic_access(struct vcpu *vcpu, u32 iss); /* true: done, or to be tried again */

/* calls.c */
void calls_cpu_init(struct cpu *cpu);
s32 hypercall_unknown(struct vcpu *vcpu);

/* trap.c, entered from vectors.S */
void trap_raise(struct vcpu *vcpu, u32 trap); /* a trap of the guest becomes an event */
void trap_sync(struct vcpu *vcpu, u64 esr);
void trap_interrupt(struct cpu *cpu, u32 intid); /* taken */
void trap_serror(struct vcpu *vcpu);
_Noreturn void trap_core(u64 esr, u64 pc, u64 address);

/* smp.c */
_Noreturn void smp_stop(void);
_Noreturn void smp_secondary_main(struct cpu *cpu);

/* ICC_EOIR1_EL1 */
static __hot_inline void gic_end(u32 intid)
{
    sysreg_write(s3_0_c12_c12_1, (u64)intid);
    isb();
}

static inline struct cpu *cpu_here(void)
{
    return (struct cpu *)sysreg_read(tpidr_el2);
}

#endif
#endif
