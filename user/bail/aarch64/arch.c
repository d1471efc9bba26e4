/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the hypervisor and the processor where interrupts and exceptions of a partition on AArch64
 * go, and gives traps and hardware lines the vectors that they have on every architecture. */
#include <prtos.h>
#include <irqs.h>

/* traps.S: the dispatcher, an entry for each vCPU, and the exception vectors. */
#define TRAP_ENTRY_SIZE 32

extern char part_trap_entries[CONFIG_MAX_NO_VCPUS][TRAP_ENTRY_SIZE];
extern char part_vectors[];

void init_arch(void)
{
    prtos_u32_t i;

    prtos_get_pct()->arch.trap_entry = PTR2ADDR(part_trap_entries[PRTOS_VCPU_SELF]);
    __asm__ __volatile__("msr vbar_el1, %0" : : "r"(part_vectors));
    __asm__ __volatile__("msr cpacr_el1, xzr\n\tisb" : : : "memory"); /* see traps.S */
    for (i = 0; i < NO_TRAPS; i++)
        prtos_route_irq(PRTOS_TRAP_TYPE, i, (prtos_u16_t)BAIL_TRAP_VECTOR(i));
    for (i = PRTOS_VT_HW_FIRST; i <= PRTOS_VT_HW_LAST; i++)
        prtos_route_irq(PRTOS_HWIRQ_TYPE, i, (prtos_u16_t)BAIL_PRTOSHW_TRAP(i));
}
