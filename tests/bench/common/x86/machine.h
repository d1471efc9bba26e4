/* SPDX-License-Identifier: Apache-2.0 */
/* The counter, and two exceptions that can be propagated, on x86. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <prtos.h>

/* One count is one instruction under -icount shift=0. */
static __inline__ prtos_u32_t bench_count(void)
{
    prtos_u32_t low, high;

    __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high)::"memory");
    return low;
}

static __inline__ prtos_u64_t bench_count64(void)
{
    prtos_u64_t count;

    __asm__ __volatile__("rdtsc" : "=A"(count)::"memory");
    return count;
}

/* What a handler that does not go back owes the hypervisor: nothing. */
static __inline__ void bench_irq_end(void)
{
}

#define BENCH_FAULT_TRAP DIVIDE_ERROR
#define BENCH_FAULT __asm__ __volatile__("divl %%ecx" ::"a"(1), "d"(0), "c"(0) : "memory")
#define BENCH_OPCODE_TRAP INVALID_OPCODE
#define BENCH_OPCODE __asm__ __volatile__("ud2" ::: "memory")
#define BENCH_FAULT_BYTES 2 /* of both instructions */

#endif
