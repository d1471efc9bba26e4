/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the port to 32-bit x86 share. */
#ifndef RTOS_X86_H
#define RTOS_X86_H

#include "bail_port.h"

/* switch.S */
void x86_on_stack(void (*function)(trap_ctxt_t *ctxt), trap_ctxt_t *ctxt, void *stack);

#endif
