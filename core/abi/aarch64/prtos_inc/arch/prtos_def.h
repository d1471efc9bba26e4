/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses that the hypervisor fixes in a partition's space on AArch64 (intermediate physical). */
#ifndef PRTOS_INC_ARCH_PRTOS_DEF_H
#define PRTOS_INC_ARCH_PRTOS_DEF_H

#include <prtos_inc/config.h>

/* The partition's control tables, one for each vCPU. */
#define PRTOS_PCTRLTAB_ADDR 0xFBFC0000

/* [PRTOS_GUEST_WINDOW_START, 0xFC000000) is never part of an area. */
#define PRTOS_GUEST_WINDOW_START 0xFBF6E000

/* Bit of `iflags` in the control table: the virtual interrupt flag. Set at the start of a vCPU;
 * delivery clears it, the return restores it. */
#define PRTOS_IFLAGS_IF 0x200

#endif
