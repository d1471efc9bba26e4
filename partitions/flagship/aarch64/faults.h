/* SPDX-License-Identifier: Apache-2.0 */
/* The control law's faults as AArch64 has them. Its processors divide by zero and give zero, so the
 * program looks itself, and an instruction that there is not makes a fault of it. */
#ifndef FLAGSHIP_FAULTS_H
#define FLAGSHIP_FAULTS_H

#include <prtos.h>

#define EVENT_WILD_POINTER PRTOS_HM_EV_ARM_INSTR_PERMISSION_FAULT /* stage 2, data */
#define EVENT_DIVISION PRTOS_HM_EV_ARM_UNDEF_INSTR

static __inline__ prtos_s32_t divide(prtos_s32_t of, prtos_s32_t by)
{
    if (!by)
        __asm__ __volatile__("udf #0");
    return of / by;
}

#endif
