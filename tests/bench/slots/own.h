/* SPDX-License-Identifier: Apache-2.0 */
/* What the neighbour does with what its architecture has: own.c. */
#ifndef BENCH_OWN_H
#define BENCH_OWN_H

#include <prtos.h>

/* Handlers of the faults that are propagated. */
void own_prepare(void);

/* Short calls of this architecture, with the hypervisor's own checks passed. */
void own_calls(char *memory);

/* Page tables, by a page of its own; how much succeeded. */
prtos_u32_t own_pages(prtos_u32_t *page, prtos_u32_t random);

/* Two faults that come back, then by what the system file makes of each. */
void fault_propagated(void);
void fault_ignored(void);
void fault_suspends(void);
void fault_warm(prtos_u32_t random);
void fault_cold(void);

#endif
