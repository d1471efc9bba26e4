/* SPDX-License-Identifier: Apache-2.0 */
/* The faults of AArch64: traps, how to get past the instruction. */
#ifndef TESTS_HEALTH_OWN_H
#define TESTS_HEALTH_OWN_H

#include <irqs.h>
#include "../../system/guest/check.h"

#define OWN_BREAK AARCH64_SVC_TRAP
#define OWN_PAGE AARCH64_LOAD_PAGE_FAULT

static __inline__ prtos_u32_t own_error(const trap_ctxt_t *ctxt)
{
    return 0;
}

static __inline__ prtos_u32_t own_length(prtos_u32_t trap)
{
    return trap == AARCH64_SVC_TRAP ? 0 : 4;
}

void fault_fatal(void);

#endif
