/* SPDX-License-Identifier: Apache-2.0 */
/* Where lab.py finds the start of the plan in the core's memory, and the timer's vector. Compiled
 * to assembly with the core's own flags, never linked. */
#include <stddef.h>

#include "hv/cpu.h"
#include "x86.h"

#define SHOW(name, value) __asm__ volatile(".ascii \"->" #name " %0\"" ::"i"(value))

void bench_offsets(void);
void bench_offsets(void)
{
    SHOW(CPU_PLAN_SINCE, offsetof(struct cpu, plan_since));
    SHOW(TIMER, VECTOR_TIMER);
}
