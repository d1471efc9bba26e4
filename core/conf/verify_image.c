/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of PEF and container before anything of them is used. Called by the core at boot, by the
 * loader at a cold reset and by the tools. Never reads outside the length it is given, allows one
 * form for each content only: every byte is either meant or zero. */
#include "conf/verify.h"

#include "lib/crc32c.h"

_Static_assert(sizeof(struct pef_header) == 88 && sizeof(struct pef_segment) == 48 &&
                   sizeof(struct pef_custom) == 16 && sizeof(struct container_header) == 40 &&
                   sizeof(struct container_entry) == 24 && sizeof(struct container_file) == 24 &&
                   sizeof(struct boot_record) == 24,
               "the same layout for every target");

/* Sums of u32 fields are made in u64, of u64 fields after a check: nothing wraps. */
#define SUM_WRAPS(a, b) ((u64)(a) + (u64)(b) < (u64)(a))

static int bytes_are_zero(const u8 *bytes, u64 from, u64 to)
{
    for (; from < to; from++)
        if (bytes[from])
            return 0;
    return 1;
}

/* Last address + 1 that a range may have: addresses of x86 have 32 bits. */
static int range_fits(u64 start, u64 size, u32 arch)
{
    if (SUM_WRAPS(start, size))
        return 0;
    return arch != CONF_ARCH_X86 || start + size <= 0x100000000ull;
}

static int ranges_meet(u64 a, u64 a_size, u64 b, u64 b_size)
{
    return a < b + b_size && b < a + a_size;
}

static const char *pef_segment_verify(const struct pef_segment *s, u32 arch)
{
    if (s->flags & ~PEF_SEGMENT_COMPRESSED)
        return VERIFY_TEXT("PEF: a segment has unknown flags");
    if (s->reserved)
        return VERIFY_TEXT("PEF: a reserved field of a segment is not zero");
    if (s->mem_size < s->size)
        return VERIFY_TEXT("PEF: a segment is larger in the file than in memory");
    if (!(s->flags & PEF_SEGMENT_COMPRESSED) && s->stored != s->size)
        return VERIFY_TEXT("PEF: a segment stores another number of bytes than its size");
    if (!range_fits(s->phys, s->mem_size, arch) || !range_fits(s->virt, s->mem_size, arch))
        return VERIFY_TEXT("PEF: a segment's address range wraps");
    return 0;
}

/* The stored bytes follow the tables and each other, at multiples of 8. */
static const char *pef_segments_verify(const u8 *bytes, const struct pef_header *p, u64 tables)
{
    const struct pef_segment *s = pef_segments(p);
    u64 at = tables;

    for (u32 i = 0; i < p->n_segments; i++) {
        const char *fault = pef_segment_verify(&s[i], p->arch);

        if (fault)
            return fault;
        if (s[i].offset != at || at + s[i].stored > p->size)
            return VERIFY_TEXT("PEF: a segment's stored bytes are not where they belong");
        at += s[i].stored;
        if (ROUND_UP(at, 8u) > p->size || !bytes_are_zero(bytes, at, ROUND_UP(at, 8u)))
            return VERIFY_TEXT("PEF: the gap behind a segment is not zero");
        at = ROUND_UP(at, 8u);
        for (u32 k = 0; k < i; k++)
            if (ranges_meet(s[i].phys, s[i].mem_size, s[k].phys, s[k].mem_size) ||
                ranges_meet(s[i].virt, s[i].mem_size, s[k].virt, s[k].mem_size))
                return VERIFY_TEXT("PEF: two segments overlap in memory");
    }
    return at == p->size ? 0 : VERIFY_TEXT("PEF: bytes behind the last segment");
}

/* What only a hypervisor or a partition has: entry, customisation places, page-table room. */
static const char *pef_program_verify(const struct pef_header *p)
{
    const struct pef_segment *s = pef_segments(p);
    const struct pef_custom *custom = pef_customs(p);
    int found = 0;

    for (u32 i = 0; i < p->n_segments; i++)
        if (!s[i].mem_size)
            return VERIFY_TEXT("PEF: an empty segment");
    for (u32 i = 0; i < p->n_segments; i++)
        found |= p->entry >= s[i].virt && p->entry - s[i].virt < s[i].mem_size;
    if (!found)
        return VERIFY_TEXT("PEF: the entry point lies in no segment");
    for (u32 i = 0; i < p->n_customs; i++)
        if (!range_fits(custom[i].start, custom[i].size, p->arch))
            return VERIFY_TEXT("PEF: the range of a customisation file wraps");
    if (!range_fits(p->page_table, p->page_table_size, p->arch))
        return VERIFY_TEXT("PEF: the range of the page tables wraps");
    return 0;
}

static const char *pef_file_verify(const struct pef_header *p)
{
    const struct pef_segment *s = pef_segments(p);

    if (p->arch || p->abi_version || p->api_version || p->n_customs || p->entry || p->page_table ||
        p->page_table_size || p->image_header)
        return VERIFY_TEXT("PEF: a customisation file has fields of a program");
    if (p->n_segments != 1 || s->phys || s->virt || s->mem_size != s->size)
        return VERIFY_TEXT("PEF: a customisation file is not one segment at address 0");
    return 0;
}

static const char *pef_kind_verify(const struct pef_header *p, u32 kind, u32 arch)
{
    if (p->kind != PEF_HYPERVISOR && p->kind != PEF_PARTITION && p->kind != PEF_FILE)
        return VERIFY_TEXT("PEF: unknown kind");
    if (kind && p->kind != kind) {
        if (kind == PEF_HYPERVISOR)
            return "PEF: not a hypervisor";
        return kind == PEF_PARTITION ? VERIFY_TEXT("PEF: not a partition")
                                     : VERIFY_TEXT("PEF: not a customisation file");
    }
    if (p->kind == PEF_FILE)
        return 0;
    if (p->arch != CONF_ARCH_X86 && p->arch != CONF_ARCH_AARCH64)
        return "PEF: unknown architecture";
    return arch && p->arch != arch ? "PEF: made for another architecture" : 0;
}

const char *pef_verify(const void *bytes, u64 length, u32 kind, u32 arch, int sum)
{
    const struct pef_header *p = bytes;
    const char *fault;
    u64 tables;

    if (length < sizeof(*p))
        return VERIFY_TEXT("PEF: shorter than its header");
    if (p->magic != PEF_MAGIC)
        return "PEF: wrong signature";
    if (p->format != PEF_FORMAT)
        return "PEF: unknown format version";
    if (p->size != length || p->size % 8)
        return "PEF: the file has another size than its header says";
    if (sum &&
        crc32c_with_hole(bytes, p->size, __builtin_offsetof(struct pef_header, crc)) != p->crc)
        return "PEF: wrong checksum";
    fault = pef_kind_verify(p, kind, arch);
    if (fault)
        return fault;
    if (!p->n_segments || p->n_segments > PEF_MAX_SEGMENTS)
        return VERIFY_TEXT("PEF: wrong number of segments");
    if (p->n_customs > PEF_MAX_CUSTOM)
        return VERIFY_TEXT("PEF: too many customisation files");
    tables = sizeof(*p) + p->n_segments * sizeof(struct pef_segment) +
             p->n_customs * sizeof(struct pef_custom);
    if (tables > length)
        return VERIFY_TEXT("PEF: the tables reach beyond the file");
    fault = pef_segments_verify(bytes, p, tables);
    if (fault)
        return fault;
    return p->kind == PEF_FILE ? pef_file_verify(p) : pef_program_verify(p);
}

static const char *container_files_verify(const u8 *bytes, const struct container_header *c)
{
    const struct container_file *file = container_files(c);
    const u8 *names = bytes + c->names_offset;
    u64 at = c->files_offset;

    for (u32 i = 0; i < c->n_files; i++) {
        if (file[i].offset != at || file[i].extent != ROUND_UP((u64)file[i].size, 16u))
            return VERIFY_TEXT("container: a file is not where it belongs");
        at += file[i].extent;
        if (at > c->size)
            return VERIFY_TEXT("container: a file reaches beyond the container");
        if (!bytes_are_zero(bytes, (u64)file[i].offset + file[i].size, at))
            return VERIFY_TEXT("container: the gap behind a file is not zero");
        /* A name starts the names or stands behind the NUL of another. */
        if (file[i].name >= c->names_size || (file[i].name && names[file[i].name - 1]) ||
            !names[file[i].name])
            return VERIFY_TEXT("container: a file's name is not where it belongs");
        if (file[i].reserved)
            return VERIFY_TEXT("container: a reserved field of a file is not zero");
    }
    return at == c->size ? 0 : VERIFY_TEXT("container: bytes behind the last file");
}

static const char *container_entry_verify(const struct container_entry *e, u32 n_files)
{
    if (e->file >= n_files)
        return VERIFY_TEXT("container: an entry names no file");
    if (e->n_customs > PEF_MAX_CUSTOM)
        return VERIFY_TEXT("container: an entry has too many customisation files");
    for (u32 i = 0; i < PEF_MAX_CUSTOM; i++) {
        if (i < e->n_customs && e->custom[i] >= n_files)
            return VERIFY_TEXT("container: an entry names no customisation file");
        if (i >= e->n_customs && e->custom[i] != CONTAINER_NO_FILE)
            return VERIFY_TEXT("container: an entry has an unused customisation file");
    }
    return 0;
}

static const char *container_entries_verify(const struct container_header *c)
{
    const struct container_entry *entry = container_entries(c);

    for (u32 i = 0; i < c->n_entries; i++) {
        const char *fault = container_entry_verify(&entry[i], c->n_files);

        if (fault)
            return fault;
        if (i == 0) {
            if (entry->partition != CONTAINER_HYPERVISOR || !entry->n_customs)
                return VERIFY_TEXT(
                    "container: the first entry is not hypervisor and configuration");
            continue;
        }
        if (entry[i].partition >= CONF_MAX_PARTITIONS)
            return VERIFY_TEXT("container: partition id out of range");
        if (i > 1 && entry[i].partition <= entry[i - 1].partition)
            return VERIFY_TEXT("container: partition ids do not ascend");
    }
    return 0;
}

static const char *container_header_verify(const struct container_header *c, u64 length)
{
    if (length < sizeof(*c))
        return VERIFY_TEXT("container: shorter than its header");
    if (c->magic != CONTAINER_MAGIC)
        return "container: wrong signature";
    if (c->format != CONTAINER_FORMAT)
        return "container: unknown format version";
    if (c->size != length || c->size % 16)
        return "container: the file has another size than its header says";
    if (!c->n_entries || c->n_entries > CONF_MAX_PARTITIONS + 1)
        return VERIFY_TEXT("container: wrong number of entries");
    if (!c->n_files || c->n_files > CONTAINER_MAX_FILES)
        return VERIFY_TEXT("container: wrong number of files");
    if (c->reserved)
        return VERIFY_TEXT("container: a reserved field is not zero");
    return 0;
}

const char *container_verify(const void *bytes, u64 length)
{
    const struct container_header *c = bytes;
    const char *fault = container_header_verify(c, length);
    const u8 *at = bytes;
    u64 names, names_end;

    if (fault)
        return fault;
    names = sizeof(*c) + c->n_entries * sizeof(struct container_entry) +
            c->n_files * sizeof(struct container_file);
    names_end = names + c->names_size;
    if (c->names_offset != names || !c->names_size || c->files_offset != ROUND_UP(names_end, 16u) ||
        c->files_offset > c->size)
        return VERIFY_TEXT("container: the tables reach beyond the container");
    if (crc32c_with_hole(bytes, c->files_offset,
                         __builtin_offsetof(struct container_header, tables_crc)) != c->tables_crc)
        return "container: wrong checksum of the tables";
    if (at[names_end - 1])
        return VERIFY_TEXT("container: the last name does not end");
    if (!bytes_are_zero(at, names_end, c->files_offset))
        return VERIFY_TEXT("container: the gap behind the names is not zero");
    fault = container_entries_verify(c);
    return fault ? fault : container_files_verify(at, c);
}

const char *container_file_verify(const void *container, u32 index)
{
    const struct container_header *c = container;
    const struct container_file *file = container_files(c) + index;

    if (index >= c->n_files)
        return "container: no such file";
    if (crc32c_end(crc32c_update(CRC32C_START, (const u8 *)container + file->offset,
                                 file->extent)) != file->crc)
        return "container: wrong checksum of a file";
    return 0;
}
