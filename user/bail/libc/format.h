/* SPDX-License-Identifier: Apache-2.0 */
/* The engine behind the printf family. Not installed. */
#ifndef BAIL_FORMAT_H
#define BAIL_FORMAT_H

#include <stdarg.h>
#include <prtos_inc/arch/arch_types.h>

/* Hands each character of the text to put(to, c); returns their number. */
prtos_s32_t bail_format(void (*put)(void *to, char c), void *to, const char *format, va_list args);

#endif
