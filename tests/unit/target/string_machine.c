/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/string.c with the string instructions that the 32-bit x86 core uses; they work on a 64-bit
 * x86 host too. What it has no instructions for is tested in its portable form. */
#include "target/machine.h"

#if defined(__x86_64__)
#define __i386__ 1
#endif
#define memcpy machine_memcpy
#define memmove machine_memmove
#define memset machine_memset
#define memcmp machine_memcmp
#define strlen machine_strlen
#define strncmp machine_strncmp

#include "lib/string.c"
