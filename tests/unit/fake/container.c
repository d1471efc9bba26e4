/* SPDX-License-Identifier: Apache-2.0 */
/* PEFs and containers for tests, laid out by hand from conf/image.h, sums included. */
#include "fake.h"
#include "hv/loader.h"
#include "lib/crc32c.h"

static struct pef_header header;
static struct pef_segment segment[PEF_MAX_SEGMENTS];
static const void *stored[PEF_MAX_SEGMENTS];
static struct pef_custom custom[PEF_MAX_CUSTOM];
static struct blob container;

void fake_pef(u32 kind, u64 entry)
{
    header =
        (struct pef_header){.magic = PEF_MAGIC, .format = PEF_FORMAT, .kind = kind, .entry = entry};
    if (kind != PEF_FILE) {
        header.arch = CONF_ARCH_X86;
        header.abi_version = header.api_version = 0x10000;
    }
}

void fake_segment(u64 phys, const void *bytes, u32 stored_size, u64 size, u64 mem_size, u32 flags)
{
    stored[header.n_segments] = bytes;
    segment[header.n_segments++] = (struct pef_segment){.phys = phys,
                                                        .virt = phys,
                                                        .size = size,
                                                        .mem_size = mem_size,
                                                        .stored = stored_size,
                                                        .flags = flags};
}

void fake_custom(u64 start, u64 size)
{
    custom[header.n_customs++] = (struct pef_custom){start, size};
}

struct blob fake_pef_end(void)
{
    u32 segments = header.n_segments * (u32)sizeof(segment[0]);
    u32 customs = header.n_customs * (u32)sizeof(custom[0]);
    u32 at = (u32)sizeof(header) + segments + customs;
    struct blob b;

    for (u32 i = 0; i < header.n_segments; i++) {
        segment[i].offset = at;
        at = ROUND_UP(at + segment[i].stored, 8u);
    }
    b = blob_new(at);
    header.size = at;
    memcpy(b.bytes, &header, sizeof(header));
    memcpy(b.bytes + sizeof(header), segment, segments);
    memcpy(b.bytes + sizeof(header) + segments, custom, customs);
    for (u32 i = 0; i < header.n_segments; i++)
        memcpy(b.bytes + segment[i].offset, stored[i], segment[i].stored);
    pef_seal(b);
    return b;
}

struct blob fake_container(const struct blob *files, u32 n_files,
                           const struct container_entry *entries, u32 n_entries)
{
    u32 names = (u32)(sizeof(struct container_header) + n_entries * sizeof(struct container_entry) +
                      n_files * sizeof(struct container_file));
    u32 at = ROUND_UP(names + n_files * 2, 16u);
    u32 size = at;
    struct blob b;

    for (u32 i = 0; i < n_files; i++)
        size += ROUND_UP(files[i].size, 16u);
    b = blob_new(size);
    *as_container(b) = (struct container_header){.magic = CONTAINER_MAGIC,
                                                 .format = CONTAINER_FORMAT,
                                                 .size = size,
                                                 .n_entries = n_entries,
                                                 .n_files = n_files,
                                                 .names_offset = names,
                                                 .names_size = n_files * 2,
                                                 .files_offset = at};
    memcpy(entry_at(b, 0), entries, n_entries * sizeof(*entries));
    for (u32 i = 0; i < n_files; i++) {
        u32 extent = ROUND_UP(files[i].size, 16u);

        b.bytes[names + i * 2] = (u8)('a' + i);
        memcpy(b.bytes + at, files[i].bytes, files[i].size);
        *file_at(b, i) = (struct container_file){
            at,     files[i].size,
            extent, crc32c_end(crc32c_update(CRC32C_START, b.bytes + at, extent)),
            i * 2,  0};
        at += extent;
    }
    container_seal(b);
    return b;
}

void fake_images(void)
{
    const struct container_entry core = {
        CONTAINER_HYPERVISOR, 0, 1, {0, CONTAINER_NO_FILE, CONTAINER_NO_FILE}};
    struct container_entry entry[GUEST_SPACES + 1] = {core};
    struct blob file[GUEST_SPACES + 1];

    fake_pef(PEF_FILE, 0);
    fake_segment(0, "conf", 4, 4, 4, 0);
    file[0] = fake_pef_end();
    for (u32 i = 0; i < partition_count; i++) {
        u64 start = partitions[i].areas[0].start;

        fake_pef(PEF_PARTITION, start + 4);
        fake_segment(start, "an image", 8, 8, 16, 0);
        file[i + 1] = fake_pef_end();
        entry[i + 1] = (struct container_entry){
            i, i + 1, 0, {CONTAINER_NO_FILE, CONTAINER_NO_FILE, CONTAINER_NO_FILE}};
    }
    free(container.bytes);
    container = fake_container(file, partition_count + 1, entry, partition_count + 1);
    assert_null(loader_init(container.bytes, container.size));
    for (u32 i = 0; i <= partition_count; i++)
        free(file[i].bytes);
    for (u32 i = 0; i < partition_count; i++) {
        loader_begin(&partitions[i], true);
        while (loader_step(cpus[0], &partitions[i]))
            ;
        assert_int_equal(partitions[i].loader.phase, LOADER_DONE);
        partitions[i].loaded = true;
    }
}
