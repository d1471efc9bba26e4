/* SPDX-License-Identifier: Apache-2.0 */
/* prtoseformat: makes PEF files out of ELF and other files, and shows them. This file reads the
 * command line; build.c and read.c do the work. */
#include "eformat.h"

#include <string.h>
#include <unistd.h>

#include "tool.h"

static const char usage[] =
    "usage: prtoseformat build [-m] [-c] [-o <output>] [-p <payload_file>] <input>\n"
    "       prtoseformat read [-h|-s|-m] <input>\n"
    "build  makes a PEF of the ELF file <input> (hypervisor core or partition)\n"
    "  -m   wrap any file as customisation file\n"
    "  -c   compress each segment (LZSS)\n"
    "  -o   output, default a.out\n"
    "  -p   copy the first 16 bytes of <payload_file> into the header\n"
    "       prints `<SHA-256> <output>` on stderr\n"
    "read   checks a PEF file and prints on stderr\n"
    "  -h   its header\n"
    "  -s   its segments\n"
    "  -m   the customisation files it declares (default: all three)\n";

static const char *only_operand(int argc, char **argv)
{
    if (optind >= argc)
        tool_usage("no input file");
    if (optind + 1 < argc)
        tool_usage("one input file only, not also %s", argv[optind + 1]);
    return argv[optind];
}

static void run_build(int argc, char **argv)
{
    struct build_options options = {.output = "a.out"};
    int c;

    while ((c = tool_option(argc, argv, "mo:cp:")) != -1) {
        if (c == 'm')
            options.wrap = 1;
        else if (c == 'c')
            options.compress = 1;
        else if (c == 'o')
            options.output = optarg;
        else
            options.payload = optarg;
    }
    options.input = only_operand(argc, argv);
    eformat_build(&options);
}

static void run_read(int argc, char **argv)
{
    unsigned show = 0;
    int c;

    while ((c = tool_option(argc, argv, "hsm")) != -1)
        show |= c == 'h' ? SHOW_HEADER : c == 's' ? SHOW_SEGMENTS : SHOW_CUSTOMS;
    eformat_read(only_operand(argc, argv),
                 show ? show : SHOW_HEADER | SHOW_SEGMENTS | SHOW_CUSTOMS);
}

int main(int argc, char **argv)
{
    tool_start("prtoseformat", usage);
    if (argc > 1 && strcmp(argv[1], "build") == 0)
        run_build(argc - 1, argv + 1);
    else if (argc > 1 && strcmp(argv[1], "read") == 0)
        run_read(argc - 1, argv + 1);
    else if (tool_option(argc, argv, "") == -1)
        tool_usage("say `build` or `read`");
    return TOOL_OK;
}
