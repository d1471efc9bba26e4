/* SPDX-License-Identifier: Apache-2.0 */
/* Accesses to system registers that trap (ESR_EL2.EC 0x18): answered by the rows OWN of
 * sysregs.def, by what features.c tells of the processor, or, for the registers that trap while the
 * guest's translation is off, done for it. Everything else is denied. */
#include "aarch64.h"
#include "hv/arch.h"
#include "hv/vcpu.h"

#define NAME(op0, op1, crn, crm, op2)                                                              \
    ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define ISS_NAME 0x3ffc1eu
#define ISS_READ 1u
#define ISS_REGISTER(iss) ((iss) >> 5 & 31u)

/* Registers of the guest's translation (HCR_EL2.TVM): written through. */
#define VM_REGISTERS(ROW)                                                                          \
    ROW(ttbr0_el1, 3, 0, 2, 0, 0)                                                                  \
    ROW(ttbr1_el1, 3, 0, 2, 0, 1)                                                                  \
    ROW(tcr_el1, 3, 0, 2, 0, 2)                                                                    \
    ROW(afsr0_el1, 3, 0, 5, 1, 0)                                                                  \
    ROW(afsr1_el1, 3, 0, 5, 1, 1)                                                                  \
    ROW(esr_el1, 3, 0, 5, 2, 0)                                                                    \
    ROW(far_el1, 3, 0, 6, 0, 0)                                                                    \
    ROW(mair_el1, 3, 0, 10, 2, 0)                                                                  \
    ROW(amair_el1, 3, 0, 10, 3, 0)                                                                 \
    ROW(contextidr_el1, 3, 0, 13, 0, 1)

static bool vm_write(struct vcpu *vcpu, u32 name, u64 value)
{
    switch (name) {
    case NAME(3, 0, 1, 0, 0):
        sysreg_write(sctlr_el1, value);
        if (value & SCTLR_M)
            vcpu_stage1_on(vcpu);
        return true;
#define ROW(reg, op0, op1, crn, crm, op2)                                                          \
    case NAME(op0, op1, crn, crm, op2):                                                            \
        sysreg_write(reg, value);                                                                  \
        return true;
        VM_REGISTERS(ROW)
#undef ROW
    default:
        return false;
    }
}

static bool own_value(u32 name, u64 *value)
{
    static const u32 own[] = {
#define OWN(reg, op0, op1, crn, crm, op2, value) NAME(op0, op1, crn, crm, op2) | (value) << 24,
#include "sysregs.def"
    };

    for (u32 i = 0; i < ARRAY_SIZE(own); i++)
        if ((own[i] & ISS_NAME) == name) {
            *value = own[i] >> 24;
            return true;
        }
    return false;
}

bool sysreg_access(struct vcpu *vcpu, u32 iss)
{
    u64 *x = vcpu->arch.frame.x;
    u32 name = iss & ISS_NAME;
    u32 reg = ISS_REGISTER(iss);
    u64 value;

    if (!own_value(name, &value)) {
        if (!(iss & ISS_READ))
            return vm_write(vcpu, name, reg == 31 ? 0 : x[reg]);
        /* op0 3, op1 0, CRn 0: what the processor is. */
        if ((name & NAME(3, 7, 15, 0, 0)) != NAME(3, 0, 0, 0, 0))
            return false;
        value = feature_id(name >> 1 & 15, name >> 17 & 7);
    }
    if ((iss & ISS_READ) && reg != 31)
        x[reg] = value;
    return true;
}
