/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/div64.c with the divide instruction that the 32-bit x86 core uses; the same instruction
 * works on the 64-bit x86 host that the core is built on. */
#include "target/machine.h"

#include "arch/x86/lib/digit.h"

#define div64_32 machine_div64_32
#define div64 machine_div64

#include "lib/div64.c"
