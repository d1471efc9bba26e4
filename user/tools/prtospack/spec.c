/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the values of -h and -p and opens the files they name. Called by main.c. */
#include "pack.h"

#include <stdlib.h>
#include <string.h>

#include "tool.h"

#define HEX "0123456789abcdefABCDEF"
#define DECIMAL "0123456789"

/* A number made of `digits` only that fills the whole text. */
static u64 number(const char *text, const char *digits, int base, const char *whole)
{
    if (!*text || text[strspn(text, digits)] || strlen(text) > 15)
        tool_usage("%s: `%s` is not a %s number", whole, text,
                   base == 16 ? "hexadecimal" : "decimal");
    return strtoull(text, 0, base);
}

static u32 file_again(const struct pack *pack, const char *text)
{
    u64 n = number(text + 1, DECIMAL, 10, text);
    u32 named = pack->n_files - pack->unnamed;

    if (n >= named)
        tool_refuse("%s: there is no such file, %u are named so far [file-number]", text, named);
    return (u32)n + pack->unnamed;
}

/* One `<file>[@<off>]` or `#n`; its number. */
u32 pack_take_file(struct pack *pack, const char *text)
{
    struct pack_file *file = &pack->files[pack->n_files];
    const char *at = strrchr(text, '@');
    char *path;

    if (text[0] == '#')
        return file_again(pack, text);
    if (pack->n_files == CONTAINER_MAX_FILES)
        tool_refuse("%s: more than %u files", text, CONTAINER_MAX_FILES);
    path = strdup(text);
    if (!path)
        tool_refuse("out of memory");
    file->wanted = NO_OFFSET;
    if (at) {
        const char *digits = at + 1;

        if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
            digits += 2;
        file->wanted = number(digits, HEX, 16, text);
        path[at - text] = 0;
    }
    if (!*path)
        tool_usage("`%s`: an empty file name", text);
    file_read(&file->file, path);
    pef_open(&file->pef, path, file->file.bytes, file->file.size);
    return pack->n_files++;
}

/* `<file>[:<file>]*` to an entry. The copy of the text is cut in place. */
static void take_files(struct pack *pack, struct pack_entry *entry, const char *text)
{
    char *copy = strdup(text);
    char *rest = copy;
    u32 n = 0;

    if (!copy)
        tool_refuse("out of memory");
    entry->n_customs = 0;
    for (u32 i = 0; i < PEF_MAX_CUSTOM; i++)
        entry->custom[i] = CONTAINER_NO_FILE;
    while (rest) {
        char *part = strsep(&rest, ":");
        u32 file;

        if (n && entry->n_customs == PEF_MAX_CUSTOM)
            tool_usage("%s: more than %u customisation files", text, PEF_MAX_CUSTOM);
        file = pack_take_file(pack, part);
        if (n++ == 0)
            entry->file = file;
        else
            entry->custom[entry->n_customs++] = file;
    }
    free(copy);
}

void pack_take_hypervisor(struct pack *pack, const char *text)
{
    if (pack->has_hypervisor)
        tool_refuse("-h %s: the core is given twice [core-once]", text);
    pack->has_hypervisor = 1;
    pack->hypervisor.partition = CONTAINER_HYPERVISOR;
    take_files(pack, &pack->hypervisor, text);
}

void pack_take_partition(struct pack *pack, const char *text)
{
    const char *colon = strchr(text, ':');
    char *digits = strdup(text);
    u64 id;

    if (!digits)
        tool_refuse("out of memory");
    if (!colon)
        tool_usage("-p %s: expected <id>:<part.pef>", text);
    digits[colon - text] = 0;
    id = number(digits, DECIMAL, 10, text);
    free(digits);
    if (id >= CONF_MAX_PARTITIONS)
        tool_refuse("-p %s: partition ids are below %u [partition-id]", text, CONF_MAX_PARTITIONS);
    if (pack->has_partition[id])
        tool_refuse("-p %s: partition %llu is given twice [partition-once]", text, id);
    pack->has_partition[id] = 1;
    pack->partition[id].partition = (u32)id;
    take_files(pack, &pack->partition[id], colon + 1);
}
