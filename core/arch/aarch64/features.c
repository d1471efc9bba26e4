/* SPDX-License-Identifier: Apache-2.0 */
/* What the processor can do, and what of it guests are told: what the core denies them is not
 * there (ID registers, Arm ARM D17.2; HCR_EL2.TID3 brings their reads here). */
#include "aarch64.h"
#include "hv/arch.h"

#define FIELD(value, bit) ((value) >> (bit)&0xful)
#define MASK(bit) (0xful << (bit))

u32 features;

/* Whether the registers whose contents each processor defines for itself hold anything. */
static bool aux_find(void)
{
    u64 found;

    sysreg_write(amair_el1, ~0ul);
    sysreg_write(afsr0_el1, ~0ul);
    sysreg_write(afsr1_el1, ~0ul);
    isb();
    found = sysreg_read(amair_el1) | sysreg_read(afsr0_el1) | sysreg_read(afsr1_el1);
    sysreg_write(amair_el1, 0ul);
    sysreg_write(afsr0_el1, 0ul);
    sysreg_write(afsr1_el1, 0ul);
    return found;
}

void features_find(void)
{
    u64 pfr0 = sysreg_read(id_aa64pfr0_el1);
    u64 pfr1 = sysreg_read(id_aa64pfr1_el1);
    u64 isar1 = sysreg_read(id_aa64isar1_el1);
    u64 isar2 = sysreg_read(s3_0_c0_c6_2);

    features = aux_find() ? FEATURE_AUX : 0;
    /* APA, API, GPA, GPI; GPA3, APA3 */
    if (isar1 & (MASK(4) | MASK(8) | MASK(24) | MASK(28)) || isar2 & (MASK(8) | MASK(12)))
        features |= FEATURE_AUTH;
    if (FIELD(pfr1, 24))
        features |= FEATURE_SME;
    if (FIELD(pfr0, 28))
        features |= FEATURE_RAS;
}

void newer_save(struct newer *newer)
{
    if (features & FEATURE_AUX) {
#define AUX(name, encoding) newer->name = sysreg_read(encoding);
#include "sysregs.def"
    }
    if (features & FEATURE_AUTH) {
#define AUTH(name, encoding) newer->name = sysreg_read(encoding);
#include "sysregs.def"
    }
    if (features & FEATURE_SME) {
#define SME(name, encoding) newer->name = sysreg_read(encoding);
#include "sysregs.def"
    }
    if (features & FEATURE_RAS) {
#define RAS(name, encoding) newer->name = sysreg_read(encoding);
#include "sysregs.def"
    }
}

void newer_load(const struct newer *newer)
{
    if (features & FEATURE_AUX) {
#define AUX(name, encoding) sysreg_write(encoding, newer->name);
#include "sysregs.def"
    }
    if (features & FEATURE_AUTH) {
#define AUTH(name, encoding) sysreg_write(encoding, newer->name);
#include "sysregs.def"
    }
    if (features & FEATURE_SME) {
#define SME(name, encoding) sysreg_write(encoding, newer->name);
#include "sysregs.def"
    }
    if (features & FEATURE_RAS) {
#define RAS(name, encoding) sysreg_write(encoding, newer->name);
#include "sysregs.def"
    }
}

u64 feature_id(u32 crm, u32 op2)
{
    switch (crm << 4 | op2) {
    case 0x40: /* ID_AA64PFR0_EL1: EL0 and EL1 of 64 bits, FP, AdvSIMD, GIC, DIT, CSV2, CSV3 */
        return 0x11 | (sysreg_read(id_aa64pfr0_el1) &
                       (MASK(16) | MASK(20) | MASK(24) | MASK(48) | MASK(56) | MASK(60)));
    case 0x41: /* ID_AA64PFR1_EL1: BT, SSBS */
        return sysreg_read(id_aa64pfr1_el1) & (MASK(0) | MASK(4));
    case 0x50: /* ID_AA64DFR0_EL1: ARMv8.0, of which all is locked */
        return 6;
    case 0x60:
        return sysreg_read(id_aa64isar0_el1);
    case 0x61:
        return sysreg_read(id_aa64isar1_el1);
    case 0x62: /* ID_AA64ISAR2_EL1 */
        return sysreg_read(s3_0_c0_c6_2);
    case 0x70: /* ID_AA64MMFR0_EL1: addresses of 36 bits; no counter of its own (ECV), no FGT */
        return (sysreg_read(id_aa64mmfr0_el1) & 0x00ffffffffffff0ul) | 1;
    case 0x71: /* ID_AA64MMFR1_EL1: HAFDBS, HPDS, PAN, ETS, AFP */
        return sysreg_read(id_aa64mmfr1_el1) &
               (MASK(0) | MASK(12) | MASK(20) | MASK(36) | MASK(44));
    case 0x72: /* ID_AA64MMFR2_EL1: no nesting, no EVT */
        return sysreg_read(s3_0_c0_c7_2) & ~(MASK(24) | MASK(56));
    default:
        return 0;
    }
}
