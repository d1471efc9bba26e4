/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/string.c with the string instructions that the 32-bit x86 core uses; they work on the
 * 64-bit x86 host too that the core is built on. */
#include "target/machine.h"

#define memcpy machine_memcpy
#define memmove machine_memmove
#define memset machine_memset
#define memcmp machine_memcmp
#define strlen machine_strlen
#define strncmp machine_strncmp

#include "arch/x86/copy.c"
#include "lib/string.c"
