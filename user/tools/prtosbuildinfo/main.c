/* SPDX-License-Identifier: Apache-2.0 */
/* prtosbuildinfo: prints what the core's build noted in section .build_info (compiler,
 * configuration). Reads the core's ELF file, not its PEF. */
#include <stdio.h>
#include <unistd.h>

#include "elf_file.h"
#include "tool.h"

#define SECTION ".build_info"

static const char usage[] = "usage: prtosbuildinfo <prtos_core>\n"
                            "Prints section " SECTION " of the core's ELF file.\n";

/* Text as it stands; NULs end a line, and the last line is ended. */
static void print_text(const u8 *text, u64 size)
{
    int last = '\n';

    for (u64 i = 0; i < size; i++) {
        int c = text[i] ? text[i] : '\n';

        if (text[i] || last != '\n')
            putchar(c);
        last = c;
    }
    if (last != '\n')
        putchar('\n');
}

int main(int argc, char **argv)
{
    struct elf_section section;
    struct elf_file elf;
    struct file file;
    u32 count;

    tool_start("prtosbuildinfo", usage);
    tool_option(argc, argv, "");
    if (argc - optind != 1)
        tool_usage("%d operands, expected <prtos_core>", argc - optind);
    file_read(&file, argv[optind]);
    elf_open(&elf, &file);
    count = elf_find(&elf, SECTION, &section);
    if (count != 1)
        tool_refuse("%s: %u sections " SECTION ", expected one: not a core", file.path, count);
    print_text(file.bytes + section.offset, section.size);
    return fflush(stdout) ? TOOL_REFUSED : TOOL_OK;
}
