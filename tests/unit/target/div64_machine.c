/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/div64.c with the divide instruction that the 32-bit x86 core uses; the same instruction
 * works on a 64-bit x86 host. */
#include "target/machine.h"

#if defined(__x86_64__)
#define __i386__ 1
#endif
#define div64_32 machine_div64_32
#define div64 machine_div64

#include "lib/div64.c"
