/* SPDX-License-Identifier: Apache-2.0 */
/* The first vCPU counts the interrupts of its virtual timer, then starts the second one by PSCI;
 * the two answer each other's software interrupts. Both sleep by WFI in between. */
#include <stdio.h>
#include "guest.h"

#define TICKS 5
#define PERIOD_NS 300000
#define CONTEXT 0xc0ffee0123456789ul
#define PSCI_VERSION 0x84000000
#define PSCI_CPU_OFF 0x84000002
#define PSCI_CPU_ON 0xC4000003
#define PSCI_AFFINITY_INFO 0xC4000004
#define PSCI_SYSTEM_OFF 0x84000008
#define SGI_PING 3
#define SGI_PONG 4
#define ROUNDS 10

extern char vectors[];
extern void second_entry(void);
extern prtos_s64_t psci(prtos_u64_t function, prtos_u64_t a, prtos_u64_t b, prtos_u64_t c);
void interrupt(void);
void second_main(prtos_u64_t context);

static volatile prtos_u32_t ticks, masked, pings, pongs, others, finished;
static volatile prtos_u64_t context_found;
static prtos_u32_t count;

static void check(const char *name, prtos_s64_t expected, prtos_s64_t got)
{
    count++;
    printf("[P0] # %s %ld %ld\n", name, expected, got);
}

static void sgi(prtos_u32_t id, prtos_u32_t cpu)
{
    WRITE(ICC_SGI1R, (prtos_u64_t)id << 24 | 1ul << cpu);
}

static void timer_arm(void)
{
    prtos_u64_t wait = READ("cntfrq_el0") / 1000 * PERIOD_NS / 1000000;

    WRITE("cntv_cval_el0", READ("cntvct_el0") + wait);
    WRITE("cntv_ctl_el0", 1);
}

void interrupt(void)
{
    prtos_u64_t id = READ(ICC_IAR1);

    switch (id) {
    case VTIMER:
        masked += READ("cntv_ctl_el0") >> 1 & 1;
        if (++ticks < TICKS)
            timer_arm();
        break;
    case SGI_PING:
        pings++;
        sgi(SGI_PONG, 0);
        break;
    case SGI_PONG:
        pongs++;
        break;
    default:
        others++;
        break;
    }
    WRITE(ICC_EOIR1, id);
}

static void controller_on(void)
{
    WRITE("vbar_el1", vectors);
    WRITE(ICC_PMR, 0xf0);
    WRITE(ICC_BPR1, 0);
    WRITE(ICC_IGRPEN1, 1);
    __asm__ __volatile__("msr daifclr, #2");
}

static void sleep(void)
{
    __asm__ __volatile__("msr daifset, #2\n\twfi\n\tmsr daifclr, #2" : : : "memory");
}

void second_main(prtos_u64_t context)
{
    context_found = context;
    controller_on();
    finished = 1;
    while (pings < ROUNDS)
        sleep();
    psci(PSCI_CPU_OFF, 0, 0, 0);
}

static void timer_check(void)
{
    prtos_u64_t began = READ("cntvct_el0"), took;

    timer_arm();
    while (ticks < TICKS)
        sleep();
    took = (READ("cntvct_el0") - began) * 1000 / (READ("cntfrq_el0") / 1000000);
    check("ticks", TICKS, ticks);
    check("masked-by-the-hypervisor", TICKS, masked);
    check("not-too-soon", 1, took >= (prtos_u64_t)TICKS * PERIOD_NS);
}

static void pair_check(void)
{
    prtos_u32_t i;

    check("version", 0x10000, psci(PSCI_VERSION, 0, 0, 0));
    check("own-affinity", 0, READ("mpidr_el1") & 0xff);
    check("second-is-off", 1, psci(PSCI_AFFINITY_INFO, 1, 0, 0));
    check("nobody", -2, psci(PSCI_CPU_ON, 7, (prtos_u64_t)second_entry, 0));
    check("on", 0, psci(PSCI_CPU_ON, 1, (prtos_u64_t)second_entry, CONTEXT));
    while (!finished)
        prtos_idle_self();
    check("context", 1, context_found == CONTEXT);
    check("second-is-on", 0, psci(PSCI_AFFINITY_INFO, 1, 0, 0));
    check("again", -4, psci(PSCI_CPU_ON, 1, (prtos_u64_t)second_entry, 0));
    for (i = 1; i <= ROUNDS; i++) {
        sgi(SGI_PING, 1);
        while (pongs < i)
            sleep();
    }
    check("pings", ROUNDS, pings);
    check("pongs", ROUNDS, pongs);
    while (psci(PSCI_AFFINITY_INFO, 1, 0, 0) != 1)
        prtos_idle_self();
    check("others", 0, others);
}

void partition_main(void)
{
    /* Who was started by PSCI has none of the library. */
    check("system-registers", 7, READ(ICC_SRE) & 7);
    controller_on();
    timer_check();
    pair_check();
    printf("[P0] = %d\n", count);
    psci(PSCI_SYSTEM_OFF, 0, 0, 0);
}
