/* SPDX-License-Identifier: Apache-2.0 */
/* The control law's faults as x86 has them. */
#ifndef FLAGSHIP_FAULTS_H
#define FLAGSHIP_FAULTS_H

#include <prtos.h>

#define EVENT_WILD_POINTER PRTOS_HM_EV_X86_PAGE_FAULT
#define EVENT_DIVISION PRTOS_HM_EV_X86_DIVIDE_ERROR

static __inline__ prtos_s32_t divide(prtos_s32_t of, prtos_s32_t by)
{
    return of / by;
}

#endif
