/* SPDX-License-Identifier: Apache-2.0 */
/* A vCPU as EL1 and EL0 of the processor: its start, its turn, virtual interrupts through the
 * partition's dispatcher, and the return from them. Its system registers stay in the processor
 * until another vCPU needs it: idle time costs nothing. */
#include <prtos_inc/guest.h>
#include <prtos_inc/hypercalls.h>

#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/health.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/trace.h"
#include "hv/vcpu.h"
#include "hv/virq.h"
#include "lib/string.h"

#define HCR_GUEST                                                                                  \
    (HCR_VM | HCR_SWIO | HCR_PTW | HCR_FMO | HCR_IMO | HCR_AMO | HCR_TWI | HCR_TID3 | HCR_TSC |    \
     HCR_TIDCP | HCR_TACR | HCR_TSW | HCR_RW | HCR_TLOR | HCR_TERR)
/* While its own translation is off its memory is cacheable, as the core sees it. */
#define HCR_STAGE1_OFF (HCR_DC | HCR_TVM)

#define MPIDR_RES1 0x80000000ul

/* PSTATE that a guest may have: flags, BTYPE, SSBS, PAN, UAO, DIT, TCO, DAIF. */
#define PSTATE_GUEST 0xF3C01FC0ul
#define PSTATE_SAVED_OFF 0x00201C00ul /* SS, BTYPE: not for a handler */

/* First some from the processor, then they to memory: the compiler stores and loads pairs. */
static __hot_inline void sysregs_save(struct sysregs *sys)
{
#define FROM(name, start)                                                                          \
    u64 name;                                                                                      \
    __asm__ volatile("mrs %0, " #name : "=r"(name));
#define TO(name, start) sys->name = name;
#define NONE(name, start)
#define SAVED FROM
#define ALSO NONE
#include "sysregs.def"
#define SAVED TO
#define ALSO NONE
#include "sysregs.def"
#define SAVED NONE
#define ALSO FROM
#include "sysregs.def"
#define SAVED NONE
#define ALSO TO
#include "sysregs.def"
#undef FROM
#undef TO
}

static __hot_inline void sysregs_load(const struct sysregs *sys)
{
#define FROM(name, start) u64 name = sys->name;
#define TO(name, start) __asm__ volatile("msr " #name ", %0" : : "r"(name) : "memory");
#define SAVED FROM
#define ALSO NONE
#define LAST NONE
#include "sysregs.def"
#define SAVED TO
#define ALSO NONE
#define LAST NONE
#include "sysregs.def"
#define SAVED NONE
#define ALSO FROM
#define LAST NONE
#include "sysregs.def"
#define SAVED NONE
#define ALSO TO
#define LAST NONE
#include "sysregs.def"
}

void vcpu_unload(struct vcpu *vcpu)
{
    if (vcpu->cpu->arch.loaded == vcpu)
        vcpu->cpu->arch.loaded = NULL;
}

/* Until it starts there is nothing to load. */
void arch_vcpu_away(struct vcpu *vcpu)
{
    vcpu_unload(vcpu);
    vcpu->arch.latest = NULL;
}

void arch_vcpu_init(struct vcpu *vcpu)
{
    struct arch_vcpu *arch = &vcpu->arch;

    vcpu_unload(vcpu);
    memset(arch, 0, offsetof(struct arch_vcpu, context));
}

void arch_vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root)
{
    const struct conf_area *area = partition_area_mapped(vcpu->partition, entry, 1);
    struct arch_vcpu *arch = &vcpu->arch;

    (void)root;
    vcpu_unload(vcpu);
    arch->near = (struct near){0};
    if (area && area->mapped_at &&
        !(area->flags & (CONF_AREA_READONLY | CONF_AREA_ROM | CONF_AREA_UNCACHEABLE)))
        arch->near =
            (struct near){area->mapped_at, area->size, area->start + RAM_BASE - area->mapped_at};
    /* Two vCPUs of a partition on one CPU give the same names to different things. */
    arch->latest = &vcpu->cpu->arch.latest[vcpu->partition->id];
    *arch->latest = NULL;
    arch->frame.pc = entry;
    arch->frame.spsr = PSTATE_DAIF | PSTATE_EL1H;
    arch->frame.x[0] = ARCH_PCT_BASE;
    arch->hcr = HCR_GUEST | HCR_STAGE1_OFF | (features & FEATURE_AUTH ? HCR_API | HCR_APK : 0);
    arch->cptr = CPTR_BASE | CPTR_TFP;
    if (vcpu->partition->conf->flags & CONF_PARTITION_FP) {
        arch->cptr = CPTR_BASE;
        arch->extras |= EXTRA_FPU;
    }
    arch->vmpidr = MPIDR_RES1 | vcpu->cpu->id;
    arch->vttbr = (vcpu->partition->root + RAM_BASE) | (u64)(vcpu->partition->id + 1) << 48;
#define SAVED(name, start) arch->sys.name = (start);
#include "sysregs.def"
    if (features)
        arch->extras |= EXTRA_NEWER;
    psci_context_take(vcpu, &arch->frame.x[0]);
    vcpu->pct->iflags = VIRQ_FLAG;
}

/* The contract has the FPU on for everybody (guest-abi.md, 3): who has never touched it pays
 * nothing for it at a switch. */
void vcpu_fpu_on(struct vcpu *vcpu)
{
    vcpu->arch.extras |= EXTRA_FPU;
    vcpu->arch.cptr &= ~CPTR_TFP;
    sysreg_write(cptr_el2, vcpu->arch.cptr);
    isb();
    fpu_load(&vcpu->arch.fpu);
}

void vcpu_stage1_on(struct vcpu *vcpu)
{
    vcpu->arch.near.size = 0;
    vcpu->arch.hcr &= ~HCR_STAGE1_OFF;
    sysreg_write(hcr_el2, vcpu->arch.hcr);
    isb();
    /* What was translated with HCR_EL2.DC set is of another kind. */
    __asm__ volatile("tlbi vmalle1" : : : "memory");
    dsb(nsh);
    isb();
}

static __cold void extras_leave(struct vcpu *vcpu)
{
    if (vcpu->arch.extras & EXTRA_FPU)
        fpu_save(&vcpu->arch.fpu);
    if (vcpu->arch.extras & EXTRA_VGIC)
        vgic_save(&vcpu->arch.vgic);
    if (vcpu->arch.extras & EXTRA_NEWER)
        newer_save(&vcpu->arch.newer);
}

static __cold void extras_enter(struct vcpu *vcpu)
{
    if (vcpu->arch.extras & EXTRA_FPU) {
        isb();
        fpu_load(&vcpu->arch.fpu);
    }
    if (vcpu->arch.extras & EXTRA_VGIC)
        vgic_load(&vcpu->arch.vgic);
    if (vcpu->arch.extras & EXTRA_NEWER)
        newer_load(&vcpu->arch.newer);
}

static __hot_inline void vcpu_load(struct cpu *cpu, struct vcpu *to)
{
    struct arch_vcpu *arch = &to->arch;

    /* No walk by tables of two vCPUs mixed (Cortex-A57 erratum 1319537, Cortex-A72 1319367). */
    sysreg_write(tcr_el1, TCR_NO_WALKS);
    isb();
    sysregs_load(&arch->sys);
    sysreg_write(hcr_el2, arch->hcr);
    sysreg_write(cptr_el2, arch->cptr);
    sysreg_write(vmpidr_el2, arch->vmpidr);
    sysreg_write(vttbr_el2, arch->vttbr);
    if (unlikely(*arch->latest != to)) {
        *arch->latest = to;
        stage2_flush();
    }
    isb();
    sysreg_write(tcr_el1, arch->sys.tcr_el1);
    if (unlikely(arch->extras))
        extras_enter(to);
    cpu->arch.loaded = to;
    /* Before the core looks at its memory; the ERET would do for the guest itself. */
    isb();
}

void arch_vcpu_switch(struct cpu *cpu, struct vcpu *from, struct vcpu *to)
{
    (void)from;
    if (to && cpu->arch.loaded != to && likely(to->arch.latest != NULL)) {
        struct vcpu *loaded = cpu->arch.loaded;

        if (loaded) {
            sysregs_save(&loaded->arch.sys);
            if (unlikely(loaded->arch.extras))
                extras_leave(loaded);
        }
        vcpu_load(cpu, to);
    }
    if (TRACE_WANTS(SCHED))
        sched_switch_told(cpu, to);
}

void arch_vcpu_result(struct vcpu *vcpu, s32 result)
{
    vcpu->arch.frame.x[0] = (u64)(s64)result;
}

s32 arch_vcpu_answer(const struct vcpu *vcpu)
{
    return (s32)vcpu->arch.frame.x[0];
}

void arch_context(const struct vcpu *vcpu, struct health_context *context)
{
    context->pc = vcpu->arch.frame.pc;
    context->psr = vcpu->arch.fault;
    context->valid = true;
}

/* What a guest runs in EL0 is its own affair. */
bool arch_kernel_enter(struct vcpu *vcpu)
{
    (void)vcpu;
    return false;
}

/* As an exception to EL1 would be taken (Arm ARM D1.3.4), but at the guest's own dispatcher and on
 * the stack that is in use, unless that is EL0's. */
bool arch_virq_inject(struct vcpu *vcpu, u32 vector)
{
    struct frame *frame = &vcpu->arch.frame;
    struct pct_arch *pct = &vcpu->pct->arch;
    u64 entry = read_once(pct->trap_entry);
    u64 mode = frame->spsr & PSTATE_MODE;

    if (unlikely(!vector || !entry || entry & 3 || vcpu->arch.handling))
        return false;
    pct->irq_saved_pc = frame->pc;
    pct->irq_saved_spsr = frame->spsr;
    pct->irq_saved_x0 = frame->x[0];
    pct->irq_vector = vector;
    vcpu->arch.handling = true;
    vcpu->arch.flag = read_once(vcpu->pct->iflags) & VIRQ_FLAG;
    vcpu->pct->iflags = read_once(vcpu->pct->iflags) & ~VIRQ_FLAG;
    frame->pc = entry;
    frame->spsr = (frame->spsr & PSTATE_GUEST & ~PSTATE_SAVED_OFF) | PSTATE_DAIF |
                  (mode == PSTATE_EL1T ? PSTATE_EL1T : PSTATE_EL1H);
    return true;
}

bool arch_trap_inject(struct vcpu *vcpu, u32 trap, u32 error)
{
    (void)error;
    return arch_virq_inject(vcpu, vcpu->trap_vector[trap]);
}

/* The guest may have changed what it goes back to: of PSTATE it gets what EL1 can have. */
void trap_iret(struct vcpu *vcpu)
{
    struct frame *frame = &vcpu->arch.frame;
    struct pct_arch *pct = &vcpu->pct->arch;
    u64 spsr = read_once(pct->irq_saved_spsr);
    u64 mode = spsr & PSTATE_MODE;

    TRACE_EVENT(vcpu->cpu, HCALLS, ASM, (u32)frame->pc);
    if (unlikely(!vcpu->arch.handling)) {
        arch_vcpu_result(vcpu, PRTOS_OP_NOT_ALLOWED);
        return;
    }
    if (unlikely(mode && mode != PSTATE_EL1T && mode != PSTATE_EL1H)) {
        arch_vcpu_result(vcpu, PRTOS_INVALID_PARAM);
        return;
    }
    frame->pc = read_once(pct->irq_saved_pc);
    frame->spsr = (spsr & PSTATE_GUEST) | mode;
    frame->x[0] = read_once(pct->irq_saved_x0);
    pct->irq_vector = 0;
    vcpu->arch.handling = false;
    vcpu->pct->iflags = (read_once(vcpu->pct->iflags) & ~VIRQ_FLAG) | vcpu->arch.flag;
}
