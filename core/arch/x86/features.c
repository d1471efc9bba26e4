/* SPDX-License-Identifier: Apache-2.0 */
/* What the CPU can do beyond the least that the core needs. A bit is set in CR4 only after CPUID
 * says that it exists (SDM vol. 2A, CPUID leaves 1 and 7). */
#include "hv/arch.h"
#include "x86.h"

#define LEAF1_EDX_FXSR (1u << 24)
#define LEAF1_EDX_SSE (1u << 25)
#define LEAF1_EDX_PGE (1u << 13)
#define LEAF1_EDX_MCE (1u << 7)
#define LEAF7_EBX_SMEP (1u << 7)
#define LEAF7_EBX_SMAP (1u << 20)
#define LEAF7_ECX_UMIP (1u << 2)

extern u32 clac_sites[], stac_sites[], smap_sites_end[];

u32 feature_bits;

static u32 features_found(void)
{
    struct cpuid leaf = cpuid(1);
    u32 bits = CR4_PSE;

    if (leaf.d & LEAF1_EDX_PGE)
        bits |= CR4_PGE;
    if (leaf.d & LEAF1_EDX_MCE)
        bits |= CR4_MCE;
    if (leaf.d & LEAF1_EDX_FXSR)
        bits |= CR4_OSFXSR;
    if (leaf.d & LEAF1_EDX_SSE)
        bits |= CR4_OSXMMEXCPT;
    if (cpuid(0).a >= 7) {
        leaf = cpuid(7);
        if (leaf.b & LEAF7_EBX_SMEP)
            bits |= CR4_SMEP;
        if (leaf.b & LEAF7_EBX_SMAP)
            bits |= CR4_SMAP;
        if (leaf.c & LEAF7_ECX_UMIP)
            bits |= CR4_UMIP;
    }
    return bits;
}

/* The entry code's three-byte NOPs become CLAC and STAC: 0F 01 CA, 0F 01 CB. The code is still
 * writable (boot mapping); a serialising instruction follows before it is used. */
static void smap_patch(void)
{
    for (u32 *site = clac_sites; site < smap_sites_end; site++) {
        u8 *code = (u8 *)*site;

        code[1] = 0x01;
        code[2] = site < stac_sites ? 0xca : 0xcb;
    }
    cpuid(0);
}

/* Boot CPU, before the final page tables: finds the features; every CPU: switches them on. */
void arch_boot(void)
{
    feature_bits = features_found();
    if (feature_bits & CR4_SMAP)
        smap_patch();
}

void features_enable(void)
{
    cr4_write(feature_bits);
}
