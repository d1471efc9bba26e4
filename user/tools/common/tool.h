/* SPDX-License-Identifier: Apache-2.0 */
/* What every host tool does alike: options, --help, --version, messages and exit codes (0 ok,
 * 1 wrong usage, 2 refused input). Used by all tools; keeps the tool's name and its usage text. */
#ifndef TOOL_H
#define TOOL_H

#include "lib/types.h"

#define TOOL_OK 0
#define TOOL_USAGE 1
#define TOOL_REFUSED 2

#define TOOL_FORMAT __attribute__((format(printf, 1, 2)))

/* Names the tool and its usage text (what --help prints); `name` goes in front of all messages. */
void tool_start(const char *name, const char *usage);

/* Next option of `letters` (as getopt), or -1 when only operands are left: they are then at
 * argv[optind]. Options and operands may be mixed. --help prints the usage, --version the version
 * of PRTOS, and both exit with 0; an unknown option is wrong usage. */
int tool_option(int argc, char **argv, const char *letters);

/* Wrong usage: message and usage on stderr, exit 1. */
_Noreturn void tool_usage(const char *format, ...) TOOL_FORMAT;

/* Refused input: message on stderr, exit 2. */
_Noreturn void tool_refuse(const char *format, ...) TOOL_FORMAT;

/* Says what is wrong and goes on, so that one run names all faults. */
void tool_error(const char *format, ...) TOOL_FORMAT;
void tool_warning(const char *format, ...) TOOL_FORMAT;

/* How often tool_error() was called. */
unsigned tool_errors(void);

/* Exits with 2 if tool_error() was called. */
void tool_stop_on_errors(void);

/* Memory or exit with 2; zeroed. */
void *tool_memory(u64 size);

/* The last part of a path. */
const char *tool_base_name(const char *path);

#endif
