/* SPDX-License-Identifier: Apache-2.0 */
/* Containers: what the tools accept the core accepts, file by file, configuration included; the
 * rules of prtospack can be asked about it, and packing it again gives a container that is
 * accepted. The mutator changes tables and single files, and mends all sums. */
/* sources: user/tools/prtospack/[!ms]*.c */
#include "fuzz.h"

#include "../../user/tools/prtospack/pack.h"
#include "container_file.h"
#include "lib/lzss.h"
#include "tool.h"

static struct pack pack;
static struct pack_file files[CONTAINER_MAX_FILES];

static int list(void *argument)
{
    pack_list(argument);
    return TOOL_OK;
}

static void take_entry(const struct container_entry *e)
{
    struct pack_entry *to =
        e->partition == CONTAINER_HYPERVISOR ? &pack.hypervisor : &pack.partition[e->partition];

    *to = (struct pack_entry){e->partition, e->file, e->n_customs, {0}};
    memcpy(to->custom, e->custom, sizeof(to->custom));
    if (e->partition == CONTAINER_HYPERVISOR)
        pack.has_hypervisor = 1;
    else
        pack.has_partition[e->partition] = 1;
}

/* The container taken apart as if it stood on prtospack's command line. */
static int pack_again(void *argument)
{
    const struct container_header *c = argument;
    unsigned errors = tool_errors();

    pack = (struct pack){.files = files, .n_files = c->n_files};
    for (u32 i = 0; i < c->n_files; i++) {
        const struct container_file *f = container_files(c) + i;
        const char *name = (const char *)c + c->names_offset + f->name;
        u8 *bytes = (u8 *)argument + f->offset;

        files[i] = (struct pack_file){.file = {name, bytes, f->size}, .wanted = NO_OFFSET};
        pef_open(&files[i].pef, name, bytes, f->size);
    }
    for (u32 i = 0; i < c->n_entries; i++)
        take_entry(container_entries(c) + i);
    pack_check(&pack);
    if (tool_errors() != errors)
        return TOOL_REFUSED;
    fuzz_walk_conf(pack.conf);
    pack_write(&pack, "box");
    return TOOL_OK;
}

/* As the core's loader: the kind of every file, and the configuration expanded and checked. */
static void core_accepts(const struct container_header *c)
{
    for (u32 i = 0; i < c->n_files; i++)
        DEMAND(!container_file_verify(c, i));
    for (u32 i = 0; i < c->n_entries; i++) {
        const struct container_entry *e = container_entries(c) + i;

        for (u32 k = 0; k <= e->n_customs; k++) {
            const struct container_file *f = container_files(c) + (k ? e->custom[k - 1] : e->file);
            u32 kind = k ? PEF_FILE : i ? PEF_PARTITION : PEF_HYPERVISOR;

            DEMAND(!pef_verify((const u8 *)c + f->offset, f->size, kind, 0, 0));
        }
    }
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    u8 *copy = fuzz_copy(data, size);
    const char *fault = container_verify(copy, size);

    seam_read = (struct seam_bytes){copy, size};
    if (seam_run(list, "in") == TOOL_OK) {
        DEMAND(!fault);
        core_accepts((const void *)copy);
        if (seam_run(pack_again, copy) == TOOL_OK) {
            seam_read = seam_written;
            DEMAND(seam_run(list, "out") == TOOL_OK);
        }
    }
    free(copy);
    return 0;
}

/* One file inside becomes another; those behind move. */
static size_t file_change(u8 *data, size_t size, size_t max, unsigned *seed)
{
    struct container_header c;
    struct container_file f;
    size_t at, room, rest;
    u8 *file;
    u32 n, extent;

    memcpy(&c, data, sizeof(c));
    n = c.n_files ? fuzz_random(seed) % c.n_files : 0;
    at = sizeof(c) + (size_t)c.n_entries * sizeof(struct container_entry) + n * sizeof(f);
    if (c.n_entries > 64 || at + (c.n_files - n) * sizeof(f) > size)
        return size;
    memcpy(&f, data + at, sizeof(f));
    if (f.offset > size || f.extent > size - f.offset || f.size > f.extent)
        return size;
    room = f.size + (max - size) / 32 * 16;
    file = malloc(room + 16);
    memcpy(file, data + f.offset, f.size);
    f.size = (u32)LLVMFuzzerMutate(file, f.size, room) / 8 * 8;
    extent = ROUND_UP(f.size, 16u);
    memset(file + f.size, 0, extent - f.size);
    rest = size - f.offset - f.extent;
    memmove(data + f.offset + extent, data + f.offset + f.extent, rest);
    memcpy(data + f.offset, file, extent);
    free(file);
    size = f.offset + extent + rest;
    f.extent = extent;
    memcpy(data + at, &f, sizeof(f));
    for (u32 next = f.offset + extent; ++n < c.n_files; next += f.extent) {
        at += sizeof(f);
        memcpy(&f, data + at, sizeof(f));
        f.offset = next;
        memcpy(data + at, &f, sizeof(f));
    }
    return size;
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max, unsigned seed)
{
    u32 kind = fuzz_random(&seed) % 4;

    if (size < 256 || kind == 0) {
        size = LLVMFuzzerMutate(data, size, max);
    } else if (kind == 1) {
        u32 value = (u32)fuzz_edge(&seed);

        memcpy(data + fuzz_random(&seed) % 64 * 4, &value, sizeof(value));
    } else {
        size = file_change(data, size, max, &seed);
    }
    if (fuzz_random(&seed) % 8)
        size -= size % 16;
    if (fuzz_random(&seed) % 32)
        fuzz_seal_container(data, size);
    return size;
}
