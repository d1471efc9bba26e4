/* SPDX-License-Identifier: Apache-2.0 */
/* Build-time values that guests see. Every compilation of a partition reads this file first, in C
 * and in assembly, so it holds macros only. */
#ifndef PRTOS_INC_CONFIG_H
#define PRTOS_INC_CONFIG_H

#include <prtos_inc/autoconf.h>

#endif
