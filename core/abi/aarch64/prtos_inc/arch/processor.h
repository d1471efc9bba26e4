/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the processor that guests and the hypervisor exchange on AArch64. */
#ifndef PRTOS_INC_ARCH_PROCESSOR_H
#define PRTOS_INC_ARCH_PROCESSOR_H

#include <prtos_inc/linkage.h>

/* PSTATE of a vCPU at its start: EL1h, D, A, I and F masked. */
#define AARCH64_PSTATE_START 0x3c5

#endif
