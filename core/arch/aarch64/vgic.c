/* SPDX-License-Identifier: Apache-2.0 */
/* The interrupt controller that a guest sees (virtual CPU interface, Arm IHI 0069 chapter 6): its
 * ICC_*_EL1 registers, software interrupts between the vCPUs of the partition, and the virtual
 * timer as interrupt 27. Guests that use none of it have no state here: the first access traps.
 * There is no distributor: everything is group 1, enabled, of one priority. */
#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/sched.h"
#include "hv/system.h"
#include "hv/vcpu.h"

#define HCR_EN 1ul
#define HCR_UIE 2ul        /* maintenance interrupt when list registers become free */
#define HCR_TRAPS 0x5c00ul /* TC, TALL0, TALL1, TDIR: a guest without */
#define LR_PENDING (1ul << 62)
#define LR_STATE (3ul << 62)
#define LR_GROUP1 (1ul << 60)
#define LR_PRIORITY (0xA0ul << 48)
#define CNTV_MASKED 2ul
#define SGI_OTHERS (1ul << 40)

/* Names as ESR_EL2.ISS has them. */
#define ISS_NAME 0x3ffc1eu
#define ISS_READ 1u
#define ISS_SGI1R 0x3a3016u
#define ISS_SGI0R 0x3e3016u
#define ISS_ASGI1R 0x3c3016u
#define ISS_CLASS 0x31fc00u /* op0, op1, CRn */
#define ISS_ICC (3u << 20 | 12u << 10)
#define ISS_PMR (3u << 20 | 4u << 10 | 6u << 1)

/* The processor's list registers, of which four are used. */
#define LIST(ROW)                                                                                  \
    ROW(0, s3_4_c12_c12_0) ROW(1, s3_4_c12_c12_1) ROW(2, s3_4_c12_c12_2) ROW(3, s3_4_c12_c12_3)
void vgic_cpu_init(void)
{
    u64 last = sysreg_read(s3_4_c12_c11_1) & 31; /* ICH_VTR_EL2 */

    if (last + 1 < VGIC_LISTS)
        system_panic("The GIC has only %u list registers.", (u32)last + 1);
#define ROW(n, reg) sysreg_write(reg, 0ul);
    LIST(ROW)
#undef ROW
    /* Those behind the four, as many as there are, from the last one on. */
    __asm__ volatile("adr x9, 1f\n\tadd x9, x9, %0, lsl #2\n\tbr x9\n1:\n\t"
                     "msr s3_4_c12_c13_7, xzr\n\tmsr s3_4_c12_c13_6, xzr\n\t"
                     "msr s3_4_c12_c13_5, xzr\n\tmsr s3_4_c12_c13_4, xzr\n\t"
                     "msr s3_4_c12_c13_3, xzr\n\tmsr s3_4_c12_c13_2, xzr\n\t"
                     "msr s3_4_c12_c13_1, xzr\n\tmsr s3_4_c12_c13_0, xzr\n\t"
                     "msr s3_4_c12_c12_7, xzr\n\tmsr s3_4_c12_c12_6, xzr\n\t"
                     "msr s3_4_c12_c12_5, xzr\n\tmsr s3_4_c12_c12_4, xzr"
                     :
                     : "r"(15 - last)
                     : "x9", "memory");
    sysreg_write(s3_4_c12_c11_0, HCR_TRAPS);
    isb();
}

static void lists_read(u64 lr[VGIC_LISTS])
{
#define ROW(n, reg) lr[n] = sysreg_read(reg);
    LIST(ROW)
#undef ROW
}

static void lists_write(const u64 lr[VGIC_LISTS])
{
#define ROW(n, reg) sysreg_write(reg, lr[n]);
    LIST(ROW)
#undef ROW
}

void vgic_save(struct vgic *vgic)
{
    vgic->vmcr = sysreg_read(s3_4_c12_c11_7);
    vgic->ap0r = sysreg_read(s3_4_c12_c8_0);
    vgic->ap1r = sysreg_read(s3_4_c12_c9_0);
    lists_read(vgic->lr);
    sysreg_write(s3_4_c12_c11_0, HCR_TRAPS);
}

/* Puts one interrupt into a list register: the one that has it already, or a free one. */
static bool list_put(u64 lr[VGIC_LISTS], u32 intid)
{
    u32 place = VGIC_LISTS;

    for (u32 i = VGIC_LISTS; i--;)
        if (!(lr[i] & LR_STATE))
            place = i;
    for (u32 i = 0; i < VGIC_LISTS; i++)
        if ((lr[i] & LR_STATE) && (u32)lr[i] == intid)
            place = i;
    if (place == VGIC_LISTS)
        return false;
    lr[place] = (lr[place] & LR_STATE) | LR_PENDING | LR_GROUP1 | LR_PRIORITY | intid;
    return true;
}

/* What was pended for the vCPU that is in the processor goes to its list registers; what finds no
 * place waits until one becomes free. */
static void lists_fill(struct vgic *vgic)
{
    u32 pend = atomic_take(&vgic->pend);
    u32 left = 0;
    u64 lr[VGIC_LISTS];

    lists_read(lr);
    for (; pend; pend &= pend - 1)
        if (!list_put(lr, (u32)__builtin_ctz(pend)))
            left |= pend & -pend;
    lists_write(lr);
    if (left)
        atomic_or(&vgic->pend, left);
    sysreg_write(s3_4_c12_c11_0, HCR_EN | (left ? HCR_UIE : 0));
    isb();
}

void vgic_load(struct vgic *vgic)
{
    sysreg_write(s3_4_c12_c11_7, vgic->vmcr);
    sysreg_write(s3_4_c12_c8_0, vgic->ap0r);
    sysreg_write(s3_4_c12_c9_0, vgic->ap1r);
    lists_write(vgic->lr);
    lists_fill(vgic);
}

/* On the vCPU's own CPU: an interrupt has come for it. */
static void wake(struct vcpu *vcpu)
{
    if (vcpu->wait == VCPU_WAITS_IRQ) {
        vcpu->wait = VCPU_RUNS;
        sched_request(vcpu->cpu);
    }
}

void vgic_look(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->arch.loaded;

    if (!vcpu || !(vcpu->arch.extras & EXTRA_VGIC))
        return;
    if (read_once(vcpu->arch.vgic.pend)) {
        lists_fill(&vcpu->arch.vgic);
        wake(vcpu);
    }
}

/* A timer that nobody listens to, or whose owner is being made, is shut up. */
void vgic_timer(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->arch.loaded;

    sysreg_write(cntv_ctl_el0, vcpu ? sysreg_read(cntv_ctl_el0) | CNTV_MASKED : 0ul);
    isb();
    if (vcpu && (vcpu->arch.extras & EXTRA_VGIC)) {
        atomic_or(&vcpu->arch.vgic.pend, 1u << GIC_VTIMER);
        vgic_look(cpu);
    }
}

bool vgic_pending(const struct vcpu *vcpu)
{
    u64 lr[VGIC_LISTS];

    if (!(vcpu->arch.extras & EXTRA_VGIC))
        return false;
    lists_read(lr);
    for (u32 i = 0; i < VGIC_LISTS; i++)
        if (lr[i] & LR_PENDING)
            return true;
    return read_once(vcpu->arch.vgic.pend) != 0;
}

/* A software interrupt to one vCPU of the partition. */
static void sgi_send(struct vcpu *vcpu, struct vcpu *target, u32 intid)
{
    atomic_or(&target->arch.vgic.pend, 1u << intid);
    if (target->cpu == vcpu->cpu)
        vgic_look(vcpu->cpu);
    else if (read_ordered(target->cpu->arch.loaded) == target)
        arch_kick(target->cpu);
}

/* ICC_SGI1R_EL1: the others, or those of a list of affinities, as VMPIDR_EL2 shows them. */
static void sgi_write(struct vcpu *vcpu, u64 value)
{
    const struct partition *partition = vcpu->partition;

    for (u32 i = 0; i < partition->n_vcpus; i++) {
        struct vcpu *target = &partition->vcpus[i];

        if (value & SGI_OTHERS ? target != vcpu : value >> (target->cpu->id & 15u) & 1)
            sgi_send(vcpu, target, (u32)(value >> 24) & 15u);
    }
}

bool vgic_access(struct vcpu *vcpu, u32 iss)
{
    u32 name = iss & ISS_NAME, reg = iss >> 5 & 31u;

    if (name == ISS_SGI1R && !(iss & ISS_READ)) {
        sgi_write(vcpu, reg == 31 ? 0 : vcpu->arch.frame.x[reg]);
        vcpu->arch.frame.pc += 4;
        return true;
    }
    if (name == ISS_SGI0R || name == ISS_ASGI1R || (vcpu->arch.extras & EXTRA_VGIC) ||
        (name != ISS_PMR && ((name & ISS_CLASS) != ISS_ICC || (name >> 1 & 15u) < 8)))
        return false;
    /* From now on it has one: the instruction is tried again. */
    vcpu->arch.extras |= EXTRA_VGIC;
    vgic_load(&vcpu->arch.vgic);
    return true;
}
