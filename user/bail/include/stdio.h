/* SPDX-License-Identifier: Apache-2.0 */
/* Formatted text, to the partition's console and to memory. Conversions: %c %s %d %i %u %x %X and
 * their upper-case aliases, l and ll (or L) in front; hexadecimal digits are upper case; a width
 * only after 0 or a blank: %08x, % 8d. Another letter prints itself. */
#ifndef BAIL_STDIO_H
#define BAIL_STDIO_H

#include <stdarg.h>
#include <prtos_inc/arch/arch_types.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

/* The console takes whole lines: up to 510 characters wait for a \n or \r. */
prtos_s32_t putchar(prtos_s32_t c);

/* Each returns the number of characters of the text, for snprintf() also those that did not fit. */
prtos_s32_t printf(const char *format, ...);
prtos_s32_t vprintf(const char *format, va_list args);
prtos_s32_t sprintf(char *s, const char *format, ...);
prtos_s32_t vsprintf(char *s, const char *format, va_list args);
prtos_s32_t snprintf(char *s, prtos_u_size_t n, const char *format, ...);
prtos_s32_t vsnprintf(char *s, prtos_u_size_t n, const char *format, va_list args);

#endif
