/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupt controller, GICv3 (Arm IHI 0069): distributor, a redistributor for each CPU, the CPU
 * interface by its system registers. Everything is group 1; no LPIs. */
#include "aarch64.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/system.h"

#define GICD 0x08000000ul
#define GICR 0x080A0000ul
#define GICR_STRIDE 0x20000ul
#define GICR_SGI 0x10000ul /* second frame: SGIs and PPIs */

#define GICD_CTLR 0x000u
#define GICD_TYPER 0x004u
#define GICD_IGROUPR 0x080u
#define GICD_ISENABLER 0x100u
#define GICD_ICENABLER 0x180u
#define GICD_ICPENDR 0x280u
#define GICD_ICACTIVER 0x380u
#define GICD_IPRIORITYR 0x400u
#define GICD_ICFGR 0xC00u
#define GICD_IROUTER 0x6000u
#define CTLR_ENABLE 0x2u /* group 1 */
#define CTLR_ARE 0x10u
#define CTLR_BUSY 0x80000000u

#define GICR_CTLR 0x000u
#define GICR_TYPER 0x008u
#define GICR_WAKER 0x014u
#define TYPER_LAST 0x10u
#define WAKER_SLEEP 0x2u
#define WAKER_CHILDREN_ASLEEP 0x4u

#define PRIORITY 0xA0A0A0A0u
#define PATIENCE 1000000u /* looks at a bit that the hardware owes */

#define SRE_ON                                                                                     \
    0x7ul /* system registers; no bypass of FIQ and IRQ; EL1 does not choose: bit 3 is 0 */
#define SGI_OTHERS (1ul << 40)

static volatile u32 *gicd(u32 reg)
{
    return (volatile u32 *)(GICD + reg);
}

static volatile u32 *gicr(const struct cpu *cpu, u64 reg)
{
    return (volatile u32 *)(cpu->arch.redistributor + reg);
}

static void settle(volatile u32 *reg, u32 mask)
{
    u32 tries = PATIENCE;

    while (*reg & mask)
        if (!--tries)
            system_panic("The GIC does not answer (0x%llx).", (u64)reg);
}

void gic_init(void)
{
    u32 words = (*gicd(GICD_TYPER) & 0x1fu) + 1;

    *gicd(GICD_CTLR) = 0;
    settle(gicd(GICD_CTLR), CTLR_BUSY);
    for (u32 i = 1; i < words; i++) {
        *gicd(GICD_ICENABLER + i * 4) = ~0u;
        *gicd(GICD_ICPENDR + i * 4) = ~0u;
        *gicd(GICD_ICACTIVER + i * 4) = ~0u;
        *gicd(GICD_IGROUPR + i * 4) = ~0u;
        *gicd(GICD_ICFGR + i * 8) = 0; /* levels */
        *gicd(GICD_ICFGR + i * 8 + 4) = 0;
        for (u32 j = 0; j < 8; j++)
            *gicd(GICD_IPRIORITYR + i * 32 + j * 4) = PRIORITY;
    }
    *gicd(GICD_CTLR) = CTLR_ARE;
    settle(gicd(GICD_CTLR), CTLR_BUSY);
    *gicd(GICD_CTLR) = CTLR_ARE | CTLR_ENABLE;
    settle(gicd(GICD_CTLR), CTLR_BUSY);
}

/* The redistributor of this CPU: by the affinity that its frame shows. */
static u64 redistributor_find(u64 affinity)
{
    u64 at = GICR;

    for (u32 i = 0; i < 128; i++, at += GICR_STRIDE) {
        u32 high = *(volatile u32 *)(at + GICR_TYPER + 4);

        if (high == (u32)((affinity >> 8 & 0xff000000u) | (affinity & 0xffffffu)))
            return at;
        if (*(volatile u32 *)(at + GICR_TYPER) & TYPER_LAST)
            break;
    }
    system_panic("No redistributor for CPU 0x%llx.", affinity);
}

static void interface_init(void)
{
    sysreg_write(s3_4_c12_c9_5, SRE_ON); /* ICC_SRE_EL2 */
    isb();
    if (!(sysreg_read(s3_4_c12_c9_5) & 1))
        system_panic("No GICv3: its system registers are absent.");
    sysreg_write(s3_0_c12_c12_5, SRE_ON); /* ICC_SRE_EL1: of guests, who cannot reach it */
    sysreg_write(s3_0_c4_c6_0, 0xf8ul);   /* ICC_PMR_EL1 */
    sysreg_write(s3_0_c12_c12_3, 0ul);    /* ICC_BPR1_EL1 */
    sysreg_write(s3_0_c12_c12_4, 0ul);    /* ICC_CTLR_EL1: the end of one ends it whole */
    sysreg_write(s3_0_c12_c12_7, 1ul);    /* ICC_IGRPEN1_EL1 */
    isb();
}

void gic_cpu_init(struct cpu *cpu)
{
    cpu->arch.affinity = sysreg_read(mpidr_el1) & 0xff00ffffffull;
    cpu->arch.redistributor = redistributor_find(cpu->arch.affinity);
    *gicr(cpu, GICR_WAKER) &= ~WAKER_SLEEP;
    settle(gicr(cpu, GICR_WAKER), WAKER_CHILDREN_ASLEEP);
    *gicr(cpu, GICR_SGI + GICD_ICENABLER) = ~0u;
    *gicr(cpu, GICR_SGI + GICD_ICPENDR) = ~0u;
    *gicr(cpu, GICR_SGI + GICD_ICACTIVER) = ~0u;
    *gicr(cpu, GICR_SGI + GICD_IGROUPR) = ~0u;
    for (u32 j = 0; j < 8; j++)
        *gicr(cpu, GICR_SGI + GICD_IPRIORITYR + j * 4) = PRIORITY;
    settle(gicr(cpu, GICR_CTLR), 8); /* register writes pending */
    interface_init();
    *gicr(cpu, GICR_SGI + GICD_ISENABLER) = 1u << GIC_KICK | 1u << GIC_STOP | 1u << GIC_RESTART |
                                            1u << GIC_TIMER | 1u << GIC_VTIMER |
                                            1u << GIC_MAINTENANCE;
}

/* ICC_SGI1R_EL1. What was stored before is seen by who takes it. */
static void send(u64 value)
{
    dsb(ishst);
    sysreg_write(s3_0_c12_c11_5, value);
    isb();
}

void gic_send(u32 sgi, u64 affinity)
{
    send((affinity >> 32 & 0xff) << 48 | (affinity >> 16 & 0xff) << 32 |
         (affinity >> 8 & 0xff) << 16 | (affinity >> 4 & 0xf) << 44 | (u64)sgi << 24 |
         1ul << (affinity & 0xf));
}

void gic_send_others(u32 sgi)
{
    send(SGI_OTHERS | (u64)sgi << 24);
}

void arch_kick(struct cpu *cpu)
{
    gic_send(GIC_KICK, cpu->arch.affinity);
}

/* Line n is SPI n. Setting and clearing are registers of their own: no lock. The route is written
 * by the line's owner only, while it is closed. What comes then stays pending at the distributor:
 * shut and kept are the same here. */
void arch_line_set(struct cpu *cpu, u32 line, enum arch_line state)
{
    bool open = state == ARCH_LINE_OPEN;
    u32 bit = 1u << line;

    if (!!(*gicd(GICD_ISENABLER + 4) & bit) == open)
        return;
    if (!open) {
        *gicd(GICD_ICENABLER + 4) = bit;
        settle(gicd(GICD_CTLR), CTLR_BUSY);
        return;
    }
    *(volatile u64 *)(GICD + GICD_IROUTER + (GIC_LINE + line) * 8ul) = cpu->arch.affinity;
    *gicd(GICD_ISENABLER + 4) = bit;
}

void arch_line_clear(u32 line)
{
    *gicd(GICD_ICPENDR + 4) = 1u << line;
}
