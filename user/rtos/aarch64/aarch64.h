/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the port to AArch64 share. */
#ifndef RTOS_AARCH64_H
#define RTOS_AARCH64_H

#include "bail_port.h"

/* switch.S */
int aarch64_on_stack(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt), struct rtos_thread *was,
                     void *stack,
                     int (*function)(trap_ctxt_t *ctxt, void (*work)(trap_ctxt_t *ctxt),
                                     struct rtos_thread *was));
extern char aarch64_again[], aarch64_again_held[], aarch64_again_live[], aarch64_again_end[];

/* Where aarch64_again goes on, and with which PSTATE. */
extern struct aarch64_put_off {
    prtos_u64_t pc, psr;
} aarch64_put_off[RTOS_INSTANCES];

/* The hypervisor takes the interrupt as done; others may come. */
INTERNAL void aarch64_irq_end(void);

#endif
