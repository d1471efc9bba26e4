/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the test partition share. Each result is a line "name value"; the test on the
 * host judges the values. */
#ifndef PROBE_H
#define PROBE_H

#include <prtos.h>
#include <irqs.h>
#include <stdio.h>

#include "own.h"

#define SHOW(name, value) printf("= " name " %lld\n", (long long)(value))

/* Instructions (where QEMU counts them) of one call of `function(a, b)`, the least of some
 * tries. */
prtos_u32_t probe_cost(prtos_s32_t (*function)(prtos_u32_t, prtos_u32_t), prtos_u32_t a,
                       prtos_u32_t b);

/* irq.c: counts, keeps what it sees (own_handler), steps over `skip` bytes. */
extern volatile prtos_u32_t irq_count, irq_last_nr, irq_skip;
extern volatile prtos_address_t irq_last_ip;
void irq_handler(trap_ctxt_t *ctxt);
#define IPVI(n) (1U << (PRTOS_VT_EXT_IPVI0 + (n)))

/* own.c of the architecture. */
void own_start(void);
void own_handler(const trap_ctxt_t *ctxt);
void own_registers(void);
void own_traps(void);
void own_lazy(void); /* two calls into the batch */

void test_clock(void);
void test_irqs(void);
void test_text(void);

#endif
