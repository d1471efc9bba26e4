/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses that the hypervisor fixes in a partition's space on 32-bit x86. */
#ifndef PRTOS_INC_ARCH_PRTOS_DEF_H
#define PRTOS_INC_ARCH_PRTOS_DEF_H

#include <prtos_inc/config.h>

/* The partition's control tables, one for each vCPU. */
#define PRTOS_PCTRLTAB_ADDR (CONFIG_PRTOS_OFFSET - 256 * 1024)

/* [PRTOS_GUEST_WINDOW_START, CONFIG_PRTOS_OFFSET) is never part of an area. */
#define PRTOS_GUEST_WINDOW_START 0xFBF6E000

/* Bit of `iflags` in the control table: the virtual interrupt flag. */
#define PRTOS_IFLAGS_IF 0x200

#endif
