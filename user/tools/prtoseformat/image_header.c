/* SPDX-License-Identifier: Apache-2.0 */
/* Decoder of the packed header structures of guest programs and core: words of 4 or 8 bytes
 * after each other, as the class of the ELF file says. Called by build.c. */
#include "image_header.h"

#include <elf.h>
#include <string.h>

#include "tool.h"

#define HYPERVISOR_SECTION ".prtos_hdr"
#define PARTITION_SECTION ".prtos_image_hdr"
#define HYPERVISOR_MAGIC 0x24584d68u
#define PARTITION_MAGIC 0x24584d69u

/* A place in the packed structure. */
struct cursor {
    const u8 *at;
    u32 word; /* bytes of an address or a size */
};

static u64 take(struct cursor *c, u32 size)
{
    u64 value = 0;

    memcpy(&value, c->at, size);
    c->at += size;
    return value;
}

static u64 structure_size(u32 kind, u32 word)
{
    u64 size = 4 + 4 + 4 + 4 + PEF_MAX_CUSTOM * 2 * word + 4;

    return kind == PEF_PARTITION ? size + 2 * word : size;
}

static void decode(struct cursor c, const char *path, const char *section,
                   struct image_header *header)
{
    u32 magic = header->kind == PEF_PARTITION ? PARTITION_MAGIC : HYPERVISOR_MAGIC;
    u32 start = (u32)take(&c, 4);
    u32 end;

    header->abi_version = (u32)take(&c, 4);
    header->api_version = (u32)take(&c, 4);
    if (header->kind == PEF_PARTITION) {
        header->page_table = take(&c, c.word);
        header->page_table_size = take(&c, c.word);
    }
    header->n_customs = (u32)take(&c, 4);
    for (u32 i = 0; i < PEF_MAX_CUSTOM; i++) {
        header->custom[i].start = take(&c, c.word);
        header->custom[i].size = take(&c, c.word);
        if (i >= header->n_customs)
            header->custom[i] = (struct pef_custom){0};
    }
    end = (u32)take(&c, 4);
    if (start != magic || end != magic)
        tool_refuse("%s: section %s begins with 0x%08x and ends with 0x%08x (expected 0x%08x)",
                    path, section, start, end, magic);
    if (header->n_customs > PEF_MAX_CUSTOM)
        tool_refuse("%s: section %s declares %u customisation files, at most %u are possible", path,
                    section, header->n_customs, PEF_MAX_CUSTOM);
}

void image_header_find(const struct elf_file *elf, struct image_header *header)
{
    const char *path = elf->file->path;
    struct elf_section hypervisor, partition;
    u32 n_hypervisor = elf_find(elf, HYPERVISOR_SECTION, &hypervisor);
    u32 n_partition = elf_find(elf, PARTITION_SECTION, &partition);
    const struct elf_section *section = n_partition ? &partition : &hypervisor;
    const char *name = n_partition ? PARTITION_SECTION : HYPERVISOR_SECTION;
    u32 word = elf->is64 ? 8 : 4;
    u64 size;

    if (n_hypervisor + n_partition == 0)
        tool_refuse("%s: neither section " PARTITION_SECTION " nor " HYPERVISOR_SECTION
                    ": not a program of this hypervisor (use -m to wrap any file)",
                    path);
    if (n_hypervisor + n_partition > 1)
        tool_refuse("%s: %u sections " PARTITION_SECTION " and %u " HYPERVISOR_SECTION
                    ", exactly one of both is needed",
                    path, n_partition, n_hypervisor);
    *header = (struct image_header){
        .kind = n_partition ? PEF_PARTITION : PEF_HYPERVISOR,
        .address = section->address,
    };
    size = structure_size(header->kind, word);
    if (section->size != size)
        tool_refuse("%s: section %s has %llu bytes (expected %llu)", path, name, section->size,
                    size);
    decode((struct cursor){elf->file->bytes + section->offset, word}, path, name, header);
}
