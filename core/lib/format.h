/* SPDX-License-Identifier: Apache-2.0 */
/* The core's small printf: %c %s %d %u %x %%, with ll for 64 bits, 0 and a width. */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Writes at most `room` bytes with the NUL; returns the length written, without it. room > 0. */
size_t format_text(char *to, size_t room, const char *format, va_list args);

#endif
