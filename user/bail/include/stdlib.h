/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers from text, and the end of the program. */
#ifndef BAIL_STDLIB_H
#define BAIL_STDLIB_H

#include <prtos_inc/arch/arch_types.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

/* Leading blanks, a sign, 0x for hexadecimal, 0 for octal; beyond the range: the nearest value. */
prtos_s32_t atoi(const char *s);

/* As in C; beyond the range: the nearest value. */
long strtol(const char *s, char **end, prtos_s32_t base);
unsigned long strtoul(const char *s, char **end, prtos_s32_t base);
long long strtoll(const char *s, char **end, prtos_s32_t base);
unsigned long long strtoull(const char *s, char **end, prtos_s32_t base);

/* What follows the last slash. */
char *basename(char *path);

/* Halts the partition. */
void exit(prtos_s32_t status) __attribute__((__noreturn__));

#endif
