/* SPDX-License-Identifier: Apache-2.0 */
/* Reader of ELF headers, program headers and sections. Called by prtoseformat and prtosbuildinfo.
 * Copies each structure out of the file (no alignment is assumed) after its place was checked. */
#include "elf_file.h"

#include <elf.h>
#include <string.h>

#include "tool.h"

/* Is [offset, offset + size) inside the file? */
static int inside(const struct file *file, u64 offset, u64 size)
{
    return offset <= file->size && size <= file->size - offset;
}

static int meet(u64 a, u64 a_size, u64 b, u64 b_size)
{
    return a < b + b_size && b < a + a_size;
}

/* The fields of either class that the tables' check needs. */
struct sizes {
    u32 header;
    u32 segment;
    u32 section;
    u32 said_header;
    u32 said_segment;
    u32 said_section;
    u32 version;
};

static void read_header32(struct elf_file *elf, struct sizes *s)
{
    Elf32_Ehdr h;

    memcpy(&h, elf->file->bytes, sizeof(h));
    *s = (struct sizes){sizeof(h),     sizeof(Elf32_Phdr), sizeof(Elf32_Shdr), h.e_ehsize,
                        h.e_phentsize, h.e_shentsize,      h.e_version};
    elf->type = h.e_type;
    elf->machine = h.e_machine;
    elf->entry = h.e_entry;
    elf->segments = h.e_phoff;
    elf->sections = h.e_shoff;
    elf->n_segments = h.e_phnum;
    elf->n_sections = h.e_shnum;
    elf->names = h.e_shstrndx;
}

static void read_header64(struct elf_file *elf, struct sizes *s)
{
    Elf64_Ehdr h;

    memcpy(&h, elf->file->bytes, sizeof(h));
    *s = (struct sizes){sizeof(h),     sizeof(Elf64_Phdr), sizeof(Elf64_Shdr), h.e_ehsize,
                        h.e_phentsize, h.e_shentsize,      h.e_version};
    elf->type = h.e_type;
    elf->machine = h.e_machine;
    elf->entry = h.e_entry;
    elf->segments = h.e_phoff;
    elf->sections = h.e_shoff;
    elf->n_segments = h.e_phnum;
    elf->n_sections = h.e_shnum;
    elf->names = h.e_shstrndx;
}

/* Both tables lie behind the header, inside the file, apart from each other. */
static void check_tables(const struct elf_file *elf, const struct sizes *s)
{
    const struct file *file = elf->file;
    u64 segments_size = (u64)elf->n_segments * s->segment;
    u64 sections_size = (u64)elf->n_sections * s->section;

    if (s->said_header != s->header || s->version != EV_CURRENT)
        tool_refuse("%s: malformed ELF header: size %u (expected %u), version %u (expected 1)",
                    file->path, s->said_header, s->header, s->version);
    if (elf->n_segments && s->said_segment != s->segment)
        tool_refuse("%s: malformed ELF header: program headers of %u bytes (expected %u)",
                    file->path, s->said_segment, s->segment);
    if (elf->n_sections && s->said_section != s->section)
        tool_refuse("%s: malformed ELF header: section headers of %u bytes (expected %u)",
                    file->path, s->said_section, s->section);
    if (elf->n_segments &&
        (elf->segments < s->header || !inside(file, elf->segments, segments_size)))
        tool_refuse("%s: malformed ELF header: program headers at [0x%llx, +0x%llx) are not "
                    "between the header and the end of the file (0x%llx)",
                    file->path, elf->segments, segments_size, file->size);
    if (elf->n_sections &&
        (elf->sections < s->header || !inside(file, elf->sections, sections_size)))
        tool_refuse("%s: malformed ELF header: section headers at [0x%llx, +0x%llx) are not "
                    "between the header and the end of the file (0x%llx)",
                    file->path, elf->sections, sections_size, file->size);
    if (elf->n_segments && elf->n_sections &&
        meet(elf->segments, segments_size, elf->sections, sections_size))
        tool_refuse("%s: malformed ELF header: program headers [0x%llx, +0x%llx) and section "
                    "headers [0x%llx, +0x%llx) overlap",
                    file->path, elf->segments, segments_size, elf->sections, sections_size);
    if (elf->n_sections && elf->names >= elf->n_sections)
        tool_refuse("%s: malformed ELF header: names in section %u of %u", file->path, elf->names,
                    elf->n_sections);
}

void elf_open(struct elf_file *elf, const struct file *file)
{
    const u8 *ident = file->bytes;
    struct sizes sizes;

    *elf = (struct elf_file){.file = file};
    if (file->size < EI_NIDENT || memcmp(ident, ELFMAG, SELFMAG) != 0)
        tool_refuse("%s: not an ELF file", file->path);
    if (ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64)
        tool_refuse("%s: malformed ELF header: unknown class %u", file->path, ident[EI_CLASS]);
    if (ident[EI_DATA] != ELFDATA2LSB)
        tool_refuse("%s: malformed ELF header: not little endian", file->path);
    if (ident[EI_VERSION] != EV_CURRENT)
        tool_refuse("%s: malformed ELF header: version %u (expected 1)", file->path,
                    ident[EI_VERSION]);
    elf->is64 = ident[EI_CLASS] == ELFCLASS64;
    if (file->size < (elf->is64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr)))
        tool_refuse("%s: malformed ELF header: the file ends inside it (%llu bytes)", file->path,
                    file->size);
    if (elf->is64)
        read_header64(elf, &sizes);
    else
        read_header32(elf, &sizes);
    check_tables(elf, &sizes);
}

void elf_segment(const struct elf_file *elf, u32 index, struct elf_segment *segment)
{
    const u8 *table = elf->file->bytes + elf->segments;

    if (elf->is64) {
        Elf64_Phdr p;

        memcpy(&p, table + index * sizeof(p), sizeof(p));
        *segment =
            (struct elf_segment){p.p_type, p.p_offset, p.p_vaddr, p.p_paddr, p.p_filesz, p.p_memsz};
    } else {
        Elf32_Phdr p;

        memcpy(&p, table + index * sizeof(p), sizeof(p));
        *segment =
            (struct elf_segment){p.p_type, p.p_offset, p.p_vaddr, p.p_paddr, p.p_filesz, p.p_memsz};
    }
    if (segment->type != PT_LOAD)
        return;
    if (!inside(elf->file, segment->offset, segment->size))
        tool_refuse("%s: segment %u at [0x%llx, +0x%llx) is beyond the end of the file (0x%llx)",
                    elf->file->path, index, segment->offset, segment->size, elf->file->size);
    if (segment->mem_size < segment->size)
        tool_refuse("%s: segment %u has 0x%llx bytes in the file, but 0x%llx in memory",
                    elf->file->path, index, segment->size, segment->mem_size);
}

static void read_section(const struct elf_file *elf, u32 index, struct elf_section *section,
                         u32 *name)
{
    const u8 *table = elf->file->bytes + elf->sections;

    if (elf->is64) {
        Elf64_Shdr s;

        memcpy(&s, table + index * sizeof(s), sizeof(s));
        *section = (struct elf_section){s.sh_type, s.sh_addr, s.sh_offset, s.sh_size};
        *name = s.sh_name;
    } else {
        Elf32_Shdr s;

        memcpy(&s, table + index * sizeof(s), sizeof(s));
        *section = (struct elf_section){s.sh_type, s.sh_addr, s.sh_offset, s.sh_size};
        *name = s.sh_name;
    }
}

/* Is the name at `offset` of the names section the wanted one? Never reads behind the section. */
static int name_is(const struct elf_file *elf, const struct elf_section *names, u32 offset,
                   const char *wanted)
{
    u64 length = strlen(wanted) + 1;

    return offset <= names->size && length <= names->size - offset &&
           memcmp(elf->file->bytes + names->offset + offset, wanted, (size_t)length) == 0;
}

u32 elf_find(const struct elf_file *elf, const char *name, struct elf_section *section)
{
    struct elf_section names, found;
    u32 count = 0;
    u32 offset;

    if (!elf->n_sections)
        return 0;
    read_section(elf, elf->names, &names, &offset);
    if (names.type != SHT_STRTAB || !inside(elf->file, names.offset, names.size))
        tool_refuse("%s: malformed ELF file: the section names are at [0x%llx, +0x%llx) of 0x%llx",
                    elf->file->path, names.offset, names.size, elf->file->size);
    for (u32 i = 0; i < elf->n_sections; i++) {
        read_section(elf, i, &found, &offset);
        if (!name_is(elf, &names, offset, name))
            continue;
        if (found.type == SHT_NOBITS || !inside(elf->file, found.offset, found.size))
            tool_refuse("%s: section %s at [0x%llx, +0x%llx) is not in the file (0x%llx bytes)",
                        elf->file->path, name, found.offset, found.size, elf->file->size);
        if (count++ == 0)
            *section = found;
    }
    return count;
}
