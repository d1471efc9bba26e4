/* SPDX-License-Identifier: Apache-2.0 */
/* Options, messages and exit codes of the host tools. Called by every tool's main file. */
#include "tool.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/include/prtos_inc/version.h"

static const char *own_name = "?";
static const char *own_usage = "";
static unsigned errors;

void tool_start(const char *name, const char *usage)
{
    own_name = name;
    own_usage = usage;
}

static void usage_print(FILE *stream)
{
    fprintf(stream, "%salso: --help, --version\n", own_usage);
}

int tool_option(int argc, char **argv, const char *letters)
{
    static const struct option names[] = {
        {"help", no_argument, 0, 'H'}, {"version", no_argument, 0, 'V'}, {0, 0, 0, 0}};
    int c;

    opterr = 0;
    c = getopt_long(argc, argv, letters, names, 0);
    if (c == 'H')
        usage_print(stdout);
    if (c == 'V')
        printf("%s %u.%u.%u\n", own_name, PRTOS_VERSION >> 16 & 255u, PRTOS_VERSION >> 8 & 255u,
               PRTOS_VERSION & 255u);
    if (c == 'H' || c == 'V')
        exit(fflush(stdout) ? TOOL_REFUSED : TOOL_OK);
    if (c == '?') {
        if (optopt && strchr(letters, optopt))
            tool_usage("option -%c needs a value", optopt);
        if (optopt)
            tool_usage("unknown option -%c", optopt);
        tool_usage("unknown option %s", argv[optind - 1]);
    }
    return c;
}

static void say(const char *kind, const char *format, va_list arguments)
{
    fflush(stdout);
    fprintf(stderr, "%s: %s", own_name, kind);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void tool_usage(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
    usage_print(stderr);
    exit(TOOL_USAGE);
}

void tool_refuse(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
    exit(TOOL_REFUSED);
}

void tool_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
    errors++;
}

void tool_warning(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("warning: ", format, arguments);
    va_end(arguments);
}

unsigned tool_errors(void)
{
    return errors;
}

void tool_stop_on_errors(void)
{
    if (errors)
        exit(TOOL_REFUSED);
}

void *tool_memory(u64 size)
{
    void *memory = calloc(1, size ? (size_t)size : 1);

    if (!memory)
        tool_refuse("out of memory (%llu bytes)", size);
    return memory;
}

const char *tool_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
