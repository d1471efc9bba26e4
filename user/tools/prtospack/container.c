/* SPDX-License-Identifier: Apache-2.0 */
/* Lays the container out and writes it. Called by main.c and, for the sizes, by check.c. Knows
 * nothing of what the files mean. Files in front of `first` stay outside. */
#include "pack.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "conf/verify.h"
#include "lib/crc32c.h"
#include "tool.h"

/* Everything in front of the first file. */
struct tables {
    u32 n_entries;
    u64 names_offset;
    u64 names_size;
    u64 files_offset;
};

static void tables_of(const struct pack *pack, struct tables *t)
{
    t->n_entries = 1;
    for (u32 id = 0; id < CONF_MAX_PARTITIONS; id++)
        t->n_entries += pack->has_partition[id];
    t->names_offset = sizeof(struct container_header) +
                      t->n_entries * sizeof(struct container_entry) +
                      (pack->n_files - pack->first) * sizeof(struct container_file);
    t->names_size = 0;
    for (u32 i = pack->first; i < pack->n_files; i++)
        t->names_size += strlen(tool_base_name(pack->files[i].file.path)) + 1;
    t->files_offset = ROUND_UP(t->names_offset + t->names_size, 16ull);
}

u64 pack_layout(struct pack *pack)
{
    struct tables t;
    u64 at;

    tables_of(pack, &t);
    at = t.files_offset;
    for (u32 i = pack->first; i < pack->n_files; i++) {
        pack->files[i].offset = at;
        at += ROUND_UP(pack->files[i].file.size, 16ull);
    }
    if (at > FILE_LIMIT)
        tool_refuse("the container would have %llu bytes, at most %u are possible", at, FILE_LIMIT);
    return at;
}

static void put_entry(u8 **at, const struct pack_entry *from)
{
    struct container_entry entry = {from->partition, from->file, from->n_customs, {0}};

    memcpy(entry.custom, from->custom, sizeof(entry.custom));
    memcpy(*at, &entry, sizeof(entry));
    *at += sizeof(entry);
}

static void put_files(const struct pack *pack, u8 *bytes, u8 *table, const struct tables *t)
{
    char *name = (char *)bytes + t->names_offset;
    u32 name_at = 0;

    for (u32 i = pack->first; i < pack->n_files; i++) {
        const struct pack_file *f = &pack->files[i];
        const char *base = tool_base_name(f->file.path);
        struct container_file file = {
            .offset = (u32)f->offset,
            .size = (u32)f->file.size,
            .extent = (u32)ROUND_UP(f->file.size, 16ull),
            .name = name_at,
        };

        memcpy(bytes + f->offset, f->file.bytes, (size_t)f->file.size);
        memcpy(name + name_at, base, strlen(base) + 1);
        name_at += (u32)strlen(base) + 1;
        file.crc = crc32c_end(crc32c_update(CRC32C_START, bytes + f->offset, file.extent));
        memcpy(table, &file, sizeof(file));
        table += sizeof(file);
    }
}

static u8 *assemble(struct pack *pack, u64 size)
{
    u8 *bytes = tool_memory(size);
    u8 *at = bytes + sizeof(struct container_header);
    struct container_header header;
    struct tables t;

    tables_of(pack, &t);
    header = (struct container_header){
        .magic = CONTAINER_MAGIC,
        .format = CONTAINER_FORMAT,
        .size = (u32)size,
        .n_entries = t.n_entries,
        .n_files = pack->n_files,
        .names_offset = (u32)t.names_offset,
        .names_size = (u32)t.names_size,
        .files_offset = (u32)t.files_offset,
    };
    put_entry(&at, &pack->hypervisor);
    for (u32 id = 0; id < CONF_MAX_PARTITIONS; id++)
        if (pack->has_partition[id])
            put_entry(&at, &pack->partition[id]);
    put_files(pack, bytes, at, &t);
    memcpy(bytes, &header, sizeof(header));
    header.tables_crc =
        crc32c_with_hole(bytes, header.files_offset, offsetof(struct container_header, tables_crc));
    memcpy(bytes, &header, sizeof(header));
    return bytes;
}

void pack_write(struct pack *pack, const char *path)
{
    u64 size = pack_layout(pack);
    u8 *bytes = assemble(pack, size);
    const char *fault = container_verify(bytes, size);
    char digest[DIGEST_TEXT];

    if (fault)
        tool_refuse("%s: cannot be built: %s", path, fault);
    file_write(path, bytes, size, 0);
    file_digest(bytes, size, digest);
    fprintf(stderr, "%s %s\n", digest, path);
}
