/* SPDX-License-Identifier: Apache-2.0 */
/* x86: without the flag fp each use of the FPU is a fault, so nothing of the others can be seen. */
#ifndef FPU_FPU_H
#define FPU_FPU_H

#include <prtos.h>
#include <irqs.h>

#define FLD1_BYTES 2
#define FPU_RESULT "the FPU is not mine: %d of %d tries were faults"

static volatile prtos_u32_t fpu_faults;

static void fpu_fault(trap_ctxt_t *ctxt)
{
    fpu_faults++;
    ctxt->ip += FLD1_BYTES;
}

static __inline__ void fpu_prepare(void)
{
    install_trap_handler(DEVICE_NOT_AVAILABLE, fpu_fault);
}

/* Whether this try was as it should be. */
static __inline__ prtos_s32_t fpu_try(void)
{
    prtos_u32_t before = fpu_faults;

    __asm__ __volatile__("fld1");
    return fpu_faults == before + 1;
}

#endif
