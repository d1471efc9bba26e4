/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of core/lib as the 32-bit x86 core has them, with its instructions, under names that do
 * not meet the host's. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stddef.h>

#include "lib/types.h"

u64 machine_div64_32(u64 n, u32 d, u32 *rest);
u64 machine_div64(u64 n, u64 d);

void *machine_memcpy(void *restrict to, const void *restrict from, size_t size);
void *machine_memmove(void *to, const void *from, size_t size);
void *machine_memset(void *to, int value, size_t size);

void *portable_memcpy(void *restrict to, const void *restrict from, size_t size);
void *portable_memmove(void *to, const void *from, size_t size);
void *portable_memset(void *to, int value, size_t size);
int portable_memcmp(const void *a, const void *b, size_t size);
size_t portable_strlen(const char *text);
int portable_strncmp(const char *a, const char *b, size_t size);

#endif
