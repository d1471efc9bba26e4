/* SPDX-License-Identifier: Apache-2.0 */
/* The part of the control table that belongs to the fake architecture: next to nothing. */
#ifndef PRTOS_INC_ARCH_GUEST_H
#define PRTOS_INC_ARCH_GUEST_H

#include <prtos_inc/arch/arch_types.h>

#define NO_TRAPS 32
#define PRTOS_IFLAGS_IF 0x200u

struct pct_arch {
    prtos_u32_t nothing[9];
};

#endif
