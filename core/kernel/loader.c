/* SPDX-License-Identifier: Apache-2.0 */
/* From the container to memory. The container was checked as a whole at boot (tables), each file's
 * sum is checked right before its bytes are used, so that a cold reset finds decay too. */
#include "hv/loader.h"

#include "conf/verify.h"
#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "lib/crc32c.h"
#include "lib/string.h"

#define SUM_PIECE 112u   /* bytes: 4 instructions each */
#define COPY_PIECE 1024u /* bytes: half an instruction each, two window pages */
#define EXPAND_PIECE 6u  /* steps of the decoder */

static const struct container_header *container;

static const u8 *file_bytes(u32 file)
{
    return (const u8 *)container + container_files(container)[file].offset;
}

const char *loader_init(const void *place, u64 size)
{
    const char *error = container_verify(place, size);

    container = place;
    return error;
}

/* Expands a segment of a file in core memory, whole; boot only. */
static const char *expand(const struct pef_header *pef, const struct pef_segment *segment, u8 *to,
                          u32 room)
{
    const u8 *from = (const u8 *)pef + segment->offset;
    struct lzss lzss = {0};

    if (segment->size > room)
        return "a customisation file does not fit its place";
    if (!(segment->flags & PEF_SEGMENT_COMPRESSED)) {
        memcpy(to, from, (u32)segment->size);
        return NULL;
    }
    if (lzss_expand(&lzss, from, segment->stored, to, (u32)segment->size) != segment->size)
        return "its compressed image ends early";
    return NULL;
}

const char *loader_configuration(void *to, u32 room, u32 *size)
{
    const struct container_entry *entry = container_entries(container);
    const struct container_file *file;
    const struct pef_header *pef;
    const char *error = container_file_verify(container, entry->file);

    /* The core runs already; its file tells whether the container was kept whole. */
    for (u32 i = 0; i < entry->n_customs && !error; i++)
        error = container_file_verify(container, entry->custom[i]);
    if (error)
        return error;
    file = container_files(container) + entry->custom[0];
    pef = (const void *)file_bytes(entry->custom[0]);
    error = pef_verify(pef, file->size, PEF_FILE, 0, 0);
    if (error)
        return error;
    *size = (u32)pef_segments(pef)->size;
    return expand(pef, pef_segments(pef), to, room);
}

const struct pef_header *loader_image(const struct partition *partition)
{
    const struct container_entry *entry = container_entries(container) + partition->loader.entry;

    return (const void *)file_bytes(entry->file);
}

static bool fail(struct loader *loader, const char *error)
{
    loader->phase = LOADER_FAILED;
    loader->error = error;
    return false;
}

static u32 loader_file(const struct loader *loader)
{
    const struct container_entry *entry = container_entries(container) + loader->entry;

    return loader->file ? entry->custom[loader->file - 1] : entry->file;
}

void loader_begin(struct partition *partition, bool bulk)
{
    struct loader *loader = &partition->loader;

    *loader = (struct loader){.entry = CONTAINER_NO_FILE, .bulk = bulk};
    for (u32 i = 1; i < container->n_entries; i++)
        if (container_entries(container)[i].partition == partition->id)
            loader->entry = i;
    loader->phase = LOADER_SUM;
    loader->crc = CRC32C_START;
    if (loader->entry == CONTAINER_NO_FILE)
        fail(loader, "the container has no image for it");
}

void loader_space(struct partition *partition)
{
    struct loader *loader = &partition->loader;

    loader->phase = LOADER_SPACE;
    memset(loader->space, 0, sizeof(loader->space));
}

/* Everything about the image that can be told before its bytes are placed. */
static const char *image_check(const struct partition *partition, const struct pef_header *pef)
{
    const struct pef_segment *segment = pef_segments(pef);

    if (pef->abi_version != ARCH_ABI_VERSION || pef->api_version != ARCH_API_VERSION)
        return "its image is for another version of the interface";
    for (u32 i = 0; i < pef->n_segments; i++)
        if (!partition_area(partition, segment[i].phys, segment[i].mem_size))
            return "its image does not fit its areas";
    if (container_entries(container)[partition->loader.entry].n_customs > pef->n_customs)
        return "more customisation files than its image declares";
    return arch_space_check(partition, pef->page_table, pef->page_table_size);
}

/* The file's sum is right: what is in it? Asked at boot; what is found good then and has the same
 * sum at a reload is good. */
static const char *file_check(const struct partition *partition, u32 file)
{
    const struct container_file *entry = container_files(container) + file;
    const void *pef = file_bytes(file);
    const char *error;

    if (partition->loader.file)
        return pef_verify(pef, entry->size, PEF_FILE, 0, 0);
    error = pef_verify(pef, entry->size, PEF_PARTITION, ARCH_CONF, 0);
    return error ? error : image_check(partition, pef);
}

static bool sum_step(struct partition *partition)
{
    struct loader *loader = &partition->loader;
    u32 file = loader_file(loader);
    const struct container_file *entry = container_files(container) + file;
    u32 left = entry->extent - loader->done;
    u32 piece = left < SUM_PIECE || loader->bulk ? left : SUM_PIECE;
    const char *error;

    loader->crc = crc32c_update(loader->crc, file_bytes(file) + loader->done, piece);
    loader->done += piece;
    if (loader->done < entry->extent)
        return true;
    if (crc32c_end(loader->crc) != entry->crc)
        return fail(loader, "its file in the container is damaged");
    error = loader->bulk ? file_check(partition, file) : NULL;
    if (error)
        return fail(loader, error);
    loader->phase = LOADER_SEGMENT;
    loader->segment = 0;
    loader->done = 0;
    loader->lzss = (struct lzss){0};
    return true;
}

/* Where a segment of the current file goes, physically; false if nowhere. */
static bool segment_place(const struct partition *partition, const struct pef_segment *segment,
                          hv_phys *place)
{
    const struct loader *loader = &partition->loader;
    const struct pef_custom *custom;
    const struct conf_area *area;

    if (!loader->file) {
        *place = segment->phys;
        return true;
    }
    custom = pef_customs(loader_image(partition)) + loader->file - 1;
    if (custom->size && segment->size > custom->size)
        return false;
    area = partition_area_mapped(partition, custom->start, segment->size);
    if (!area)
        return false;
    *place = custom->start - area->mapped_at + area->start;
    return true;
}

/* All segments of this file are placed: the next file, or the address space. */
static void file_done(struct partition *partition)
{
    struct loader *loader = &partition->loader;
    const struct container_entry *entry = container_entries(container) + loader->entry;

    loader->file++;
    loader->done = 0;
    loader->crc = CRC32C_START;
    loader->phase = loader->file <= entry->n_customs ? LOADER_SUM : LOADER_SPACE;
}

static bool segment_step(struct cpu *cpu, struct partition *partition)
{
    struct loader *loader = &partition->loader;
    const struct pef_header *pef = (const void *)file_bytes(loader_file(loader));
    const struct pef_segment *segment = pef_segments(pef) + loader->segment;
    bool packed = segment->flags & PEF_SEGMENT_COMPRESSED;
    const u8 *from = (const u8 *)pef + segment->offset;
    u32 left = (u32)segment->size - loader->done;
    hv_phys place;
    u32 room;
    u8 *to;

    if (!left) {
        loader->done = 0;
        loader->lzss = (struct lzss){0};
        if (++loader->segment == pef->n_segments)
            file_done(partition);
        return true;
    }
    if (!segment_place(partition, segment, &place))
        return fail(loader, "a customisation file does not fit its place");
    place += loader->done;
    room = CONF_PAGE - ((u32)place & (CONF_PAGE - 1));
    if (room > left)
        room = left;
    /* The decoder looks back 4096 bytes: the page before lies in the window in front. */
    if (packed && place >= CONF_PAGE)
        arch_window(cpu, 0, place - CONF_PAGE);
    to = (u8 *)arch_window(cpu, 1, place) + ((u32)place & (CONF_PAGE - 1));
    if (packed) {
        room = lzss_expand_some(&loader->lzss, from, segment->stored, to, room,
                                loader->bulk ? ~0u : EXPAND_PIECE);
        if (!room)
            return fail(loader, "its compressed image ends early");
    } else {
        room = room < COPY_PIECE || loader->bulk ? room : COPY_PIECE;
        memcpy(to, from + loader->done, room);
    }
    arch_memory_written(to, room);
    loader->done += room;
    return true;
}

bool loader_step(struct cpu *cpu, struct partition *partition)
{
    struct loader *loader = &partition->loader;

    switch (loader->phase) {
    case LOADER_SUM:
        return sum_step(partition);
    case LOADER_SEGMENT:
        return segment_step(cpu, partition);
    case LOADER_SPACE:
        if (arch_space_step(cpu, partition, loader->space))
            return true;
        loader->phase = LOADER_DONE;
        return false;
    default:
        return false;
    }
}
