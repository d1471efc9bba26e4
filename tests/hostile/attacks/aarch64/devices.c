/* SPDX-License-Identifier: Apache-2.0 */
/* The timer, the interrupt controller's registers and debug, as far as EL1 has them. */
#include "attacker.h"

#define NAME_PMR "s3_0_c4_c6_0"
#define NAME_IAR "s3_0_c12_c12_0"
#define NAME_EOIR "s3_0_c12_c12_1"
#define NAME_DIR "s3_0_c12_c11_1"
#define NAME_GROUP "s3_0_c12_c12_7"
#define NAME_CTLR "s3_0_c12_c12_4"
#define NAME_SGI1R "s3_0_c12_c11_5"
#define NAME_ASGI1R "s3_0_c12_c11_6"
#define NAME_SGI0R "s3_0_c12_c11_7"
#define SET(name, value)                                                                           \
    __asm__ __volatile__("msr " name ", %0\n\tisb" : : "r"((prtos_u64_t)(value)))
#define GET(name)                                                                                  \
    ({                                                                                             \
        prtos_u64_t got;                                                                           \
        __asm__ __volatile__("mrs %0, " name : "=r"(got));                                         \
        got;                                                                                       \
    })
#define OTHERS (1ul << 40)
#define NOTHING_PENDING 1023u

/* Each time it fires the hypervisor has it to mask. */
#define TIMER_ON                                                                                   \
    SET("cntv_cval_el0", 0);                                                                       \
    SET("cntv_ctl_el0", 1)
FLOOD(timer_flood, , TIMER_ON)
FLOOD(timer_flood_seen, SET(NAME_GROUP, 1); SET(NAME_PMR, 0xff), TIMER_ON)
LATE(timer, 1, , TIMER_ON)
LATE(timer, 2, , TIMER_ON)

/* Fires in the slot of the next one. */
prtos_u32_t attack_timer_next_slot(void)
{
    SET("cntv_cval_el0", machine_count() + COUNTS_PER_FRAME / 4);
    SET("cntv_ctl_el0", 1);
    call(idle_self_nr, 0, 0, 0, 0, 0);
    return SURVIVED;
}

/* Events of the counter at every turn of its lowest bit. */
FLOOD(event_stream, SET("cntkctl_el1", 0x3ff & ~0xf0), __asm__ __volatile__("wfe"))

/* Software interrupts to everybody and to every list of processors. */
FLOOD(sgi_flood, prtos_u64_t n = 0, SET(NAME_SGI1R, OTHERS | (n & 15) << 24);
      SET(NAME_SGI1R, (n & 15) << 24 | 0xffff);
      SET(NAME_SGI1R, n << 24 | n << 16 | n << 32 | n << 48 | 0xffff); n++)

#define DENIED(id, name)                                                                           \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        SET(name, OTHERS | 0xffff);                                                                \
        return WRONG;                                                                              \
    }
DENIED(sgi_group0, NAME_SGI0R)
DENIED(sgi_other_state, NAME_ASGI1R)

/* The ends of interrupts that are not its own: the hypervisor's timer and calls of others too. */
prtos_u32_t attack_end_all(void)
{
    prtos_u32_t i;

    SET(NAME_CTLR, 2);
    for (i = 0; i < 1024; i++) {
        SET(NAME_EOIR, i);
        SET(NAME_DIR, i);
    }
    return GET(NAME_IAR) == NOTHING_PENDING ? SURVIVED : WRONG;
}

/* Own masks do not mask the hypervisor. */
prtos_u32_t attack_priority_spin(void)
{
    SET(NAME_GROUP, 0);
    SET(NAME_PMR, 0);
    for (;;)
        ;
}

/* MDSCR_EL1 takes no value: neither step nor breakpoint is seen. */
prtos_u32_t attack_single_step(void)
{
    SET("mdscr_el1", 0xa001);
    __asm__ __volatile__(
        "adr x0, 1f\n\tmsr elr_el1, x0\n\tmov x0, #0x1c5\n\torr x0, x0, #0x200000\n\t"
        "msr spsr_el1, x0\n\teret\n\t1: nop\n\tnop\n\tmsr daifset, #15" ::
            : "x0");
    return SURVIVED;
}

#define DEBUG_REGISTER(id, name)                                                                   \
    prtos_u32_t attack_debug_##id(void)                                                            \
    {                                                                                              \
        SET(name, CORE_PHYSICAL);                                                                  \
        return WRONG;                                                                              \
    }
DEBUG_REGISTER(breakpoint, "dbgbvr0_el1")
DEBUG_REGISTER(breakpoint_control, "dbgbcr0_el1")
DEBUG_REGISTER(watchpoint, "dbgwvr0_el1")
DEBUG_REGISTER(watchpoint_control, "dbgwcr0_el1")
