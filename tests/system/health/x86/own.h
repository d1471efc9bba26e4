/* SPDX-License-Identifier: Apache-2.0 */
/* The faults of x86: vectors, what the handler sees, how to get past the instruction. */
#ifndef TESTS_HEALTH_OWN_H
#define TESTS_HEALTH_OWN_H

#include <irqs.h>
#include "../../system/guest/check.h"

#define OWN_BREAK BREAKPOINT_EXCEPTION
#define OWN_PAGE PAGE_FAULT

static __inline__ prtos_u32_t own_error(const trap_ctxt_t *ctxt)
{
    return ctxt->err_code;
}

static __inline__ prtos_u32_t own_length(prtos_u32_t trap)
{
    return trap == PAGE_FAULT ? 5 : trap == INVALID_OPCODE ? OPCODE_BYTES : 0;
}

void fault_fatal(void);

#endif
