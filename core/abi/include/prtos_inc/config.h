/* SPDX-License-Identifier: Apache-2.0 */
/* Build-time values that guests see. Every compilation of a partition reads this file first, in C
 * and in assembly, so it holds macros only. */
#ifndef PRTOS_INC_CONFIG_H
#define PRTOS_INC_CONFIG_H

#include <prtos_inc/autoconf.h>

/* `#include __PRTOS_INCFLD(objdir.h)` */
#ifndef __PRTOS_INCFLD
/* clang-format off: blanks would become part of the name */
#define __PRTOS_INCFLD(_fld) <prtos_inc/_fld>
/* clang-format on */
#endif

/* Compilers say the first, sources of partitions ask for the second. */
#if defined(__ASSEMBLER__) && !defined(__ASSEMBLY__)
#define __ASSEMBLY__ 1
#endif

#endif
