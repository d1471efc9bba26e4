/* SPDX-License-Identifier: Apache-2.0 */
/* ELF file or any file to PEF. Called by main.c. Gathers everything in struct draft, then writes
 * the file in one go; decides nothing about where a program will lie. */
#include "eformat.h"

#include <elf.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf/layout.h"
#include "conf/verify.h"
#include "elf_file.h"
#include "image_header.h"
#include "lib/crc32c.h"
#include "lzss_encode.h"
#include "tool.h"

struct draft {
    const char *path;
    struct pef_header header;
    struct pef_segment segment[PEF_MAX_SEGMENTS];
    const u8 *from[PEF_MAX_SEGMENTS]; /* bytes to store */
    struct pef_custom custom[PEF_MAX_CUSTOM];
};

static u32 arch_of(const struct elf_file *elf)
{
    const char *path = elf->file->path;

    if (elf->type != ET_EXEC)
        tool_refuse("%s: not an executable ELF file (type %u, expected %u)", path, elf->type,
                    ET_EXEC);
    if (elf->machine == EM_386 && !elf->is64)
        return CONF_ARCH_X86;
    if (elf->machine == EM_AARCH64 && elf->is64)
        return CONF_ARCH_AARCH64;
    if (elf->machine == EM_386 || elf->machine == EM_AARCH64)
        tool_refuse("%s: wrong ELF class: %s for machine %u", path, elf->is64 ? "64 bit" : "32 bit",
                    elf->machine);
    tool_refuse("%s: wrong machine %u (known: %u = x86, %u = aarch64)", path, elf->machine, EM_386,
                EM_AARCH64);
}

/* A PT_LOAD without bytes in the file is memory that only the hypervisor's boot needs to know. */
static int segment_counts(const struct elf_segment *s, u32 kind)
{
    return s->type == PT_LOAD && (s->size || (kind == PEF_HYPERVISOR && s->mem_size));
}

static void check_overlap(const struct draft *d, u32 index)
{
    const struct pef_segment *a = &d->segment[index];

    for (u32 i = 0; i < index; i++) {
        const struct pef_segment *b = &d->segment[i];

        if ((a->phys < b->phys + b->mem_size && b->phys < a->phys + a->mem_size) ||
            (a->virt < b->virt + b->mem_size && b->virt < a->virt + a->mem_size))
            tool_refuse("%s: segments [0x%llx, +0x%llx) at 0x%llx and [0x%llx, +0x%llx) at 0x%llx "
                        "overlap",
                        d->path, b->phys, b->mem_size, b->virt, a->phys, a->mem_size, a->virt);
    }
}

static void add_segment(struct draft *d, const struct elf_file *elf, const struct elf_segment *s)
{
    u32 index = d->header.n_segments;
    u64 limit = elf->is64 ? ~0ull : 0xffffffffull;

    if (index == PEF_MAX_SEGMENTS)
        tool_refuse("%s: more than %u segments", d->path, PEF_MAX_SEGMENTS);
    if (s->mem_size - 1 > limit - s->phys || s->mem_size - 1 > limit - s->virt)
        tool_refuse("%s: segment [0x%llx, +0x%llx) at 0x%llx wraps", d->path, s->phys, s->mem_size,
                    s->virt);
    d->segment[index] = (struct pef_segment){
        .phys = s->phys,
        .virt = s->virt,
        .size = s->size,
        .mem_size = s->mem_size,
        .stored = (u32)s->size,
    };
    d->from[index] = elf->file->bytes + s->offset;
    check_overlap(d, index);
    d->header.n_segments++;
}

static void add_program(struct draft *d, const struct file *file)
{
    struct image_header image;
    struct elf_file elf;
    int found = 0;

    elf_open(&elf, file);
    d->header.arch = arch_of(&elf);
    image_header_find(&elf, &image);
    d->header.kind = image.kind;
    d->header.abi_version = image.abi_version;
    d->header.api_version = image.api_version;
    d->header.n_customs = image.n_customs;
    d->header.entry = elf.entry;
    d->header.page_table = image.page_table;
    d->header.page_table_size = image.page_table_size;
    d->header.image_header = image.address;
    memcpy(d->custom, image.custom, sizeof(d->custom));
    for (u32 i = 0; i < elf.n_segments; i++) {
        struct elf_segment segment;

        elf_segment(&elf, i, &segment);
        if (segment_counts(&segment, image.kind))
            add_segment(d, &elf, &segment);
    }
    for (u32 i = 0; i < d->header.n_segments; i++)
        found |= elf.entry - d->segment[i].virt < d->segment[i].mem_size;
    if (!d->header.n_segments)
        tool_refuse("%s: nothing to load: no PT_LOAD segment with bytes", d->path);
    if (!found)
        tool_refuse("%s: the entry point 0x%llx lies in no segment", d->path, elf.entry);
}

static void add_file(struct draft *d, const struct file *file)
{
    d->header.kind = PEF_FILE;
    d->header.n_segments = 1;
    d->segment[0] = (struct pef_segment){
        .size = file->size,
        .mem_size = file->size,
        .stored = (u32)file->size,
    };
    d->from[0] = file->bytes;
}

/* Keeps what is smaller; a stream that does not expand to the same bytes is never written. */
static void compress(struct draft *d, u32 index)
{
    struct pef_segment *s = &d->segment[index];
    u8 *stream = tool_memory(LZSS_WORST(s->size));
    u32 stored = lzss_encode(d->from[index], (u32)s->size, stream);

    if (!lzss_gives(stream, stored, d->from[index], (u32)s->size))
        tool_refuse("%s: compression of segment %u failed", d->path, index);
    if (stored >= s->size) {
        free(stream);
        return;
    }
    s->flags |= PEF_SEGMENT_COMPRESSED;
    s->stored = stored;
    d->from[index] = stream;
}

static void add_payload(struct draft *d, const char *path)
{
    struct file file;

    file_read(&file, path);
    if (file.size < sizeof(d->header.payload))
        tool_refuse("%s: %llu bytes, a payload needs %zu", path, file.size,
                    sizeof(d->header.payload));
    memcpy(d->header.payload, file.bytes, sizeof(d->header.payload));
    free(file.bytes);
}

/* Lays the file out; returns its bytes, their number in the header. */
static u8 *draft_assemble(struct draft *d)
{
    u64 segments = d->header.n_segments * sizeof(d->segment[0]);
    u64 customs = d->header.n_customs * sizeof(d->custom[0]);
    u64 size = sizeof(d->header) + segments + customs;
    u8 *bytes;

    for (u32 i = 0; i < d->header.n_segments; i++) {
        d->segment[i].offset = (u32)size;
        size = ROUND_UP(size + d->segment[i].stored, 8u);
        if (size > FILE_LIMIT)
            tool_refuse("%s: the PEF would have more than %u bytes", d->path, FILE_LIMIT);
    }
    bytes = tool_memory(size);
    d->header.magic = PEF_MAGIC;
    d->header.format = PEF_FORMAT;
    d->header.size = (u32)size;
    memcpy(bytes, &d->header, sizeof(d->header));
    memcpy(bytes + sizeof(d->header), d->segment, (size_t)segments);
    memcpy(bytes + sizeof(d->header) + segments, d->custom, (size_t)customs);
    for (u32 i = 0; i < d->header.n_segments; i++)
        memcpy(bytes + d->segment[i].offset, d->from[i], d->segment[i].stored);
    d->header.crc = crc32c_with_hole(bytes, (u32)size, offsetof(struct pef_header, crc));
    memcpy(bytes, &d->header, sizeof(d->header));
    return bytes;
}

void eformat_build(const struct build_options *options)
{
    struct draft draft = {.path = options->input};
    char digest[DIGEST_TEXT];
    struct file file;
    const char *fault;
    u8 *bytes;

    file_read(&file, options->input);
    if (options->wrap)
        add_file(&draft, &file);
    else
        add_program(&draft, &file);
    if (options->payload)
        add_payload(&draft, options->payload);
    for (u32 i = 0; options->compress && i < draft.header.n_segments; i++)
        compress(&draft, i);
    bytes = draft_assemble(&draft);
    fault = pef_verify(bytes, draft.header.size, draft.header.kind, draft.header.arch, 1);
    if (fault)
        tool_refuse("%s: cannot become a PEF: %s", options->input, fault);
    file_write(options->output, bytes, draft.header.size, 0);
    file_digest(bytes, draft.header.size, digest);
    fprintf(stderr, "%s %s\n", digest, options->output);
}
