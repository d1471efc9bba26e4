/* SPDX-License-Identifier: Apache-2.0 */
/* Handlers for traps and virtual interrupts. They run on the interrupted stack; what they change
 * in the context takes effect when they return. */
#ifndef BAIL_IRQS_H
#define BAIL_IRQS_H

#include <prtos.h>
#include <arch/irqs.h>

/* Vector of external interrupt n, once setup_irqs() has run. */
#define BAIL_PRTOSEXT_TRAP(n) ((n) + 224)

/* Vector of hardware line n. */
#define BAIL_PRTOSHW_TRAP(n) ((n) + 32)

#ifndef __ASSEMBLER__

typedef void (*trap_handler_t)(trap_ctxt_t *);

/* Shared by all vCPUs. */
extern trap_handler_t part_trap_handlers_table[];

/* h null: the default handler, which prints and returns. -1 if nr is not in 0..255. */
prtos_s32_t install_trap_handler(prtos_s32_t nr, trap_handler_t h);

/* Routes the external interrupts to BAIL_PRTOSEXT_TRAP(n); vCPU 0 installs the default handlers. */
void setup_irqs(void);

/* Loads the tables of the processor. */
void init_arch(void);

void setup_vcpus(void);

/* Clear, set and test the virtual interrupt flag. */
#define hw_cli() __prtos_cli()
#define hw_sti() __prtos_sti()
#define hw_is_sti() prtos_is_sti_()

#endif

#endif
