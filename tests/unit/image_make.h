/* SPDX-License-Identifier: Apache-2.0 */
/* Small sound PEFs and containers, made by hand from the layout in conf/image.h, for test_image.c.
 * Each is allocated with its exact size; the tests spoil them and repair the sums. */
#ifndef IMAGE_MAKE_H
#define IMAGE_MAKE_H

#include <stdlib.h>
#include <string.h>

#include "conf/layout.h"
#include "conf/verify.h"
#include "lib/crc32c.h"

struct blob {
    u8 *bytes;
    u32 size;
};

static inline struct blob blob_new(u32 size)
{
    struct blob b = {calloc(1, size), size};

    if (!b.bytes)
        abort();
    return b;
}

static inline struct pef_header *as_pef(struct blob b)
{
    return (struct pef_header *)(void *)b.bytes;
}

static inline struct pef_segment *pef_segment_at(struct blob b, u32 index)
{
    return (struct pef_segment *)(void *)(b.bytes + sizeof(struct pef_header)) + index;
}

static inline struct container_header *as_container(struct blob b)
{
    return (struct container_header *)(void *)b.bytes;
}

static inline struct container_entry *entry_at(struct blob b, u32 index)
{
    return (struct container_entry *)(void *)(b.bytes + sizeof(struct container_header)) + index;
}

static inline struct container_file *file_at(struct blob b, u32 index)
{
    return (struct container_file *)(void *)(entry_at(b, 0) + as_container(b)->n_entries) + index;
}

static inline void pef_seal(struct blob b)
{
    as_pef(b)->crc = crc32c_with_hole(b.bytes, b.size, 8);
}

static inline void container_seal(struct blob b)
{
    struct container_header *c = as_container(b);

    c->tables_crc = crc32c_with_hole(b.bytes, c->files_offset, 8);
}

/* A program of two segments (13 and 16 stored bytes) and two customisation files. */
static inline struct blob pef_program(u32 kind)
{
    const u32 tables = 88 + 2 * 48 + 2 * 16;
    struct blob b = blob_new(tables + 16 + 16);
    struct pef_custom *custom = (void *)(b.bytes + 88 + 2 * 48);

    *as_pef(b) = (struct pef_header){
        .magic = PEF_MAGIC,
        .format = PEF_FORMAT,
        .size = b.size,
        .kind = kind,
        .arch = CONF_ARCH_X86,
        .abi_version = 0x10000,
        .api_version = 0x10000,
        .n_segments = 2,
        .n_customs = 2,
        .entry = 0x6000004,
        .page_table = 0x6008000,
        .page_table_size = 0x4000,
        .image_header = 0x6000000,
    };
    *pef_segment_at(b, 0) = (struct pef_segment){
        .phys = 0x6000000,
        .virt = 0x6000000,
        .size = 13,
        .mem_size = 13,
        .offset = tables,
        .stored = 13,
    };
    *pef_segment_at(b, 1) = (struct pef_segment){
        .phys = 0x6001000,
        .virt = 0x6001000,
        .size = 100,
        .mem_size = 0x10000,
        .offset = tables + 16,
        .stored = 16,
        .flags = PEF_SEGMENT_COMPRESSED,
    };
    custom[0] = (struct pef_custom){0x6002000, 0x100};
    custom[1] = (struct pef_custom){0x6003000, 0};
    memset(b.bytes + tables, 0x55, 13);
    memset(b.bytes + tables + 16, 0xaa, 16);
    pef_seal(b);
    return b;
}

/* A customisation file of 5 bytes. */
static inline struct blob pef_custom_file(void)
{
    struct blob b = blob_new(88 + 48 + 8);

    *as_pef(b) = (struct pef_header){
        .magic = PEF_MAGIC,
        .format = PEF_FORMAT,
        .size = b.size,
        .kind = PEF_FILE,
        .n_segments = 1,
    };
    *pef_segment_at(b, 0) =
        (struct pef_segment){.size = 5, .mem_size = 5, .offset = 88 + 48, .stored = 5};
    memcpy(b.bytes + 88 + 48, "hello", 5);
    pef_seal(b);
    return b;
}

/* Hypervisor, configuration and partitions 0 and 3; four files of 20, 32, 7 and 1 bytes. */
static inline struct blob container_make(void)
{
    static const u32 sizes[4] = {20, 32, 7, 1};
    static const char names[] = "core\0conf\0p\0q";
    const u32 names_offset = 40 + 3 * 24 + 4 * 24;
    const u32 files_offset = ROUND_UP(names_offset + (u32)sizeof(names), 16u);
    struct blob b = blob_new(files_offset + 32 + 32 + 16 + 16);
    u32 at = files_offset;

    *as_container(b) = (struct container_header){
        .magic = CONTAINER_MAGIC,
        .format = CONTAINER_FORMAT,
        .size = b.size,
        .n_entries = 3,
        .n_files = 4,
        .names_offset = names_offset,
        .names_size = sizeof(names),
        .files_offset = files_offset,
    };
    *entry_at(b, 0) = (struct container_entry){
        CONTAINER_HYPERVISOR, 0, 1, {1, CONTAINER_NO_FILE, CONTAINER_NO_FILE}};
    *entry_at(b, 1) = (struct container_entry){
        0, 2, 0, {CONTAINER_NO_FILE, CONTAINER_NO_FILE, CONTAINER_NO_FILE}};
    *entry_at(b, 2) = (struct container_entry){3, 3, 2, {1, 2, CONTAINER_NO_FILE}};
    memcpy(b.bytes + names_offset, names, sizeof(names));
    for (u32 i = 0, name = 0; i < 4; i++) {
        u32 extent = ROUND_UP(sizes[i], 16u);

        memset(b.bytes + at, (int)(0x31 + i), sizes[i]);
        *file_at(b, i) = (struct container_file){
            at,   sizes[i], extent, crc32c_end(crc32c_update(CRC32C_START, b.bytes + at, extent)),
            name, 0};
        name += (u32)strlen(names + name) + 1;
        at += extent;
    }
    container_seal(b);
    return b;
}

#endif
