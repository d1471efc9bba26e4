/* SPDX-License-Identifier: Apache-2.0 */
/* Lets a test call the tools' code many times in one process: what would end the process comes back
 * to seam_run(), memory that a tool leaves to its end is given back then, what it prints goes
 * nowhere, and the one file that it reads or writes (file.h) lies in memory. Included in front of
 * the tools' sources by -include; they are built unchanged. */
#ifndef TOOL_SEAM_H
#define TOOL_SEAM_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct seam_bytes {
    const void *bytes;
    size_t size;
};

extern FILE *seam_output;
extern struct seam_bytes seam_read;    /* what file_read() finds, whatever the name */
extern struct seam_bytes seam_written; /* by file_write(); stands until the next */

/* Calls call(argument); its answer, or the code with which the tool would have ended. */
int seam_run(int (*call)(void *argument), void *argument);

_Noreturn void seam_exit(int code);
void *seam_keep(void *memory);
void *seam_realloc(void *memory, size_t size);
void seam_free(void *memory);
int seam_vasprintf(char **text, const char *format, va_list list);

#ifndef TOOL_SEAM_OFF
#define exit(code) seam_exit(code)
#define malloc(size) seam_keep(malloc(size))
#define calloc(n, size) seam_keep(calloc(n, size))
#define strdup(text) seam_keep(strdup(text))
#define realloc(memory, size) seam_realloc(memory, size)
#define reallocarray(memory, n, size) seam_realloc(memory, (size_t)(n) * (size))
#define free(memory) seam_free(memory)
#define vasprintf(text, format, list) seam_vasprintf(text, format, list)
#define printf(...) fprintf(seam_output, __VA_ARGS__)
#define putchar(c) fputc(c, seam_output)
#undef stdout
#undef stderr
#define stdout seam_output
#define stderr seam_output
#endif

#endif
