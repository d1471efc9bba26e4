/* SPDX-License-Identifier: Apache-2.0 */
/* Division of 64-bit numbers where the machine has none: constant work, no library. */
#ifndef LIB_DIV64_H
#define LIB_DIV64_H

#include "lib/types.h"

/* n / d with d > 0; the remainder where asked for. */
u64 div64_32(u64 n, u32 d, u32 *rest);

/* n / d with d > 0. */
u64 div64(u64 n, u64 d);

#endif
