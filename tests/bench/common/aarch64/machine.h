/* SPDX-License-Identifier: Apache-2.0 */
/* The counter, and two exceptions that can be propagated, on AArch64: one of stage 2, one that the
 * partition hands over. The bench gives the counter 1 GHz. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <prtos.h>

/* One count is one instruction under -icount shift=0. */
static __inline__ prtos_u64_t bench_count64(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
    return count;
}

static __inline__ prtos_u32_t bench_count(void)
{
    return (prtos_u32_t)bench_count64();
}

/* What a handler that does not go back owes the hypervisor; goes back like any other in BAIL. */
static __inline__ void bench_irq_end(void)
{
    struct pct_arch *pct = &prtos_get_pct()->arch;
    prtos_u64_t place;

    pct->irq_saved_spsr = 0x3c5;
    __asm__ __volatile__("adr %0, 1f\n\tstr %0, %1\n\tmov x0, %2\n\thvc #0\n1:"
                         : "=&r"(place), "=m"(pct->irq_saved_pc)
                         : "i"(iret_nr)
                         : "x0", "memory");
}

#define BENCH_FAULT_TRAP AARCH64_LOAD_PAGE_FAULT
#define BENCH_FAULT __asm__ __volatile__("str wzr, [%0]" : : "r"(0xdead000ul) : "memory")
#define BENCH_OPCODE_TRAP AARCH64_UNDEFINED_INSTR
#define BENCH_OPCODE __asm__ __volatile__("udf #0" ::: "memory")
#define BENCH_FAULT_BYTES 4 /* of both instructions */

#endif
