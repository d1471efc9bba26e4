/* SPDX-License-Identifier: Apache-2.0 */
/* core/lib/string.c in its portable form, under names that do not meet the host's. */
#include "target/machine.h"

#define memcpy portable_memcpy
#define memmove portable_memmove
#define memset portable_memset
#define memcmp portable_memcmp
#define strlen portable_strlen
#define strncmp portable_strncmp

#include "lib/copy.c"
#include "lib/string.c"
