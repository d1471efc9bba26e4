/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual interrupts to dispatchers and onto stacks that cannot take them, virtual returns to
 * levels that no guest has, and real returns (ERET) that the processor must refuse. */
#include "attacker.h"

extern char part_trap_entries[];

void prepare(prtos_word_t entry)
{
    call(route_irq_nr, PRTOS_EXTIRQ_TYPE, LINE, VECTOR, 0, 0);
    call(clear_irqpend_nr, ~0u, ~0u, 0, 0, 0);
    call(set_irqmask_nr, ~0u, ~0u, 0, 0, 0);
    PCT->arch.trap_entry = entry;
    call(clear_irqmask_nr, 0, 1u << LINE, 0, 0, 0);
    hw_sti();
}

#define ENTRY_AT(id, entry)                                                                        \
    prtos_u32_t attack_entry_##id(void)                                                            \
    {                                                                                              \
        prepare(entry);                                                                            \
        return raise_line(0);                                                                      \
    }
ENTRY_AT(good, PTR2ADDR(arrived))
ENTRY_AT(null, 0)
ENTRY_AT(odd, PTR2ADDR(arrived) + 2)
ENTRY_AT(core, CORE)
ENTRY_AT(core_physical, CORE_PHYSICAL)
ENTRY_AT(victim, VICTIM_MEMORY)
ENTRY_AT(uart, UART)
ENTRY_AT(frozen, FROZEN)
ENTRY_AT(control_table, PCT_BASE)
ENTRY_AT(beyond_stage2, BEYOND_STAGE2)
ENTRY_AT(beyond_memory, BEYOND_MEMORY)
ENTRY_AT(high_half, 0xffff000000000000ul)
ENTRY_AT(top, ~3ul)

/* BAIL's dispatcher puts its frame there; where it can, its handler runs and it comes back. */
#define STACK_AT(id, sp)                                                                           \
    prtos_u32_t attack_stack_##id(void)                                                            \
    {                                                                                              \
        prepare(PTR2ADDR(part_trap_entries));                                                      \
        return raise_line(sp) == REFUSED ? SURVIVED : WRONG;                                       \
    }
STACK_AT(low, 16)
STACK_AT(unmapped, 0x5000000)
STACK_AT(core, CORE + 0x1000)
STACK_AT(victim, VICTIM_MEMORY + 0x1000)
STACK_AT(frozen, FROZEN + 0x1000)
STACK_AT(uart, UART + 0x1000)
STACK_AT(below_area, MESSAGE + 16)
STACK_AT(beyond_stage2, BEYOND_STAGE2 + 0x1000)
STACK_AT(odd, MESSAGE + 0x1001)

/* The dispatcher touches no stack: which one there is does not matter. */
prtos_u32_t attack_stack_not_used(void)
{
    prepare(PTR2ADDR(arrived));
    return raise_line(CORE + 1);
}

prtos_u32_t attack_vector_large(void)
{
    prepare(PTR2ADDR(arrived));
    call(route_irq_nr, PRTOS_EXTIRQ_TYPE, LINE, 0xffff, 0, 0);
    return raise_line(0);
}

/* A second one does not arrive before the first is over. */
prtos_u32_t attack_twice(void)
{
    prepare(PTR2ADDR(arrived));
    if (raise_line(0) != SURVIVED)
        return WRONG;
    hw_sti();
    PCT->arch.irq_vector = 0;
    return raise_line(0) == REFUSED ? SURVIVED : WRONG;
}

static prtos_u32_t iret_to(prtos_word_t pc, prtos_word_t spsr)
{
    prepare(PTR2ADDR(arrived));
    if (raise_line(0) != SURVIVED)
        return WRONG;
    PCT->arch.irq_saved_pc = pc;
    PCT->arch.irq_saved_spsr = spsr;
    return iret_call();
}

#define IRET(id, pc, spsr)                                                                         \
    prtos_u32_t attack_iret##id(void)                                                              \
    {                                                                                              \
        return iret_to(pc, spsr);                                                                  \
    }
#define RETURNED PTR2ADDR(returned)
IRET(, RETURNED, EL1H)
IRET(_el2h, RETURNED, EL2H)
IRET(_el2t, RETURNED, EL2T)
IRET(_el3h, RETURNED, EL3H)
IRET(_a32, RETURNED, A32)
IRET(_a32_hyp, RETURNED, A32 | 0xa)
IRET(_mode_1, RETURNED, 0x3c1)
IRET(_illegal, RETURNED, EL1H | 1u << 20)
IRET(_step, RETURNED, (EL1H & ~0x200u) | 1u << 21)
IRET(_ones, RETURNED, (~0ul & ~0x1ful) | 5)
IRET(_el0, RETURNED, EL0)
IRET(_pc_core, CORE, EL1H)
IRET(_pc_core_el0, CORE, EL0)
IRET(_pc_victim, VICTIM_MEMORY, EL1H)
IRET(_pc_odd, RETURNED + 2, EL1H)
IRET(_pc_beyond, BEYOND_MEMORY, EL1H)
IRET(_pc_top, ~3ul, EL1H)

prtos_u32_t attack_iret_without(void)
{
    return iret_call();
}

/* An illegal return leaves the level as it is; the next instruction is an exception of EL1's: Arm
 * ARM D1.6.4. 0x0e: illegal state. */
#define ERET(id, spsr)                                                                             \
    prtos_u32_t attack_eret_##id(void)                                                             \
    {                                                                                              \
        go(PTR2ADDR(back), spsr);                                                                  \
        return CAUGHT_CLASS == 0x0e ? SURVIVED : WRONG;                                            \
    }
ERET(el2h, EL2H)
ERET(el2t, EL2T)
ERET(el3h, EL3H)
ERET(mode_1, 0x3c1)
ERET(mode_f, 0x3cf)
ERET(a32_el1, A32 | 3)
ERET(a32_hyp, A32 | 0xa)
ERET(a32_monitor, A32 | 6)
ERET(illegal, EL1H | 1u << 20)

static volatile prtos_u32_t ticks;

static void tick(trap_ctxt_t *ctxt)
{
    ticks++;
}

/* A timer faster than its handler. */
prtos_u32_t attack_storm(void)
{
    prtos_u64_t end = later(2);

    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_HW_TIMER), tick);
    call(clear_irqmask_nr, 0, 1u << PRTOS_VT_EXT_HW_TIMER, 0, 0, 0);
    call(set_timer_nr, PRTOS_HW_CLOCK, TIMES(1, 0, 1, 0));
    hw_sti();
    while (later(0) < end)
        ;
    return ticks > 100 ? SURVIVED : WRONG;
}
