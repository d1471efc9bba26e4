/* SPDX-License-Identifier: Apache-2.0 */
/* PEF (one executable or file) and container (pack of PEFs): the bytes, shared by core and tools.
 * Little endian, natural alignment, the same for 32 and 64 bit targets. Integrity is CRC-32C;
 * identity (SHA-256) is computed by the host tools over whole files and is not stored. */
#ifndef CONF_IMAGE_H
#define CONF_IMAGE_H

#include "lib/types.h"

#define PEF_MAGIC 0x24584546u
#define PEF_FORMAT 2u
#define PEF_MAX_SEGMENTS 16u
#define PEF_MAX_CUSTOM 3u

enum pef_kind { PEF_HYPERVISOR = 1, PEF_PARTITION = 2, PEF_FILE = 3 };

/* A PEF file: header, segments[n_segments], customs[n_customs], then the stored bytes of the
 * segments in order, each at a multiple of 8 from the start of the file; the gaps are zero. */
struct pef_header {
    u32 magic;
    u32 format;      /* PEF_FORMAT */
    u32 crc;         /* CRC-32C over the `size` bytes with this field taken as 0 */
    u32 size;        /* of the whole file, multiple of 8 */
    u32 kind;        /* enum pef_kind */
    u32 arch;        /* enum conf_arch; 0 for PEF_FILE */
    u32 abi_version; /* from the image header: must match the core's exactly */
    u32 api_version;
    u32 n_segments; /* 1..PEF_MAX_SEGMENTS; PEF_FILE: 1, whose address is 0 */
    u32 n_customs;  /* 0..PEF_MAX_CUSTOM */
    u64 entry;      /* virtual */
    u64 page_table; /* virtual, of the room for page tables; 0: none */
    u64 page_table_size;
    u64 image_header; /* virtual address of the header structure in the image */
    u8 payload[16];   /* prtoseformat -p */
};

#define PEF_SEGMENT_COMPRESSED 1u /* stored bytes are an LZSS stream, see lib/lzss.h */

struct pef_segment {
    u64 phys;
    u64 virt;
    u64 size;     /* bytes once expanded */
    u64 mem_size; /* bytes in memory, `size` or more; the rest is not written by the loader */
    u32 offset;   /* of the stored bytes in this file */
    u32 stored;   /* stored bytes */
    u32 flags;    /* PEF_SEGMENT_* */
    u32 reserved;
};

struct pef_custom {
    u64 start; /* where the customisation file is put, virtual */
    u64 size;  /* room there; 0: not limited by the image */
};

#define CONTAINER_MAGIC 0x24584354u
#define CONTAINER_FORMAT 2u
#define CONTAINER_NO_FILE 0xffffffffu
#define CONTAINER_HYPERVISOR 0xffffffffu /* `partition` of the first entry */
#define CONTAINER_MAX_FILES 512u

/* A container: header, entries[n_entries], files[n_files], names, then the files, each at a
 * multiple of 16 with zeroes between. `tables_crc` covers [0, files_offset), each file's crc its
 * padded extent, so that every byte of the container is covered by exactly one sum. */
struct container_header {
    u32 magic;
    u32 format;     /* CONTAINER_FORMAT */
    u32 tables_crc; /* CRC-32C over [0, files_offset) with this field taken as 0 */
    u32 size;       /* of the whole container, multiple of 16 */
    u32 n_entries;  /* 1 for the hypervisor + one for each partition */
    u32 n_files;
    u32 names_offset; /* NUL-terminated base names */
    u32 names_size;
    u32 files_offset; /* multiple of 16: where the first file starts */
    u32 reserved;
};

/* Entry 0 is the hypervisor: file = core, custom[0] = configuration. */
struct container_entry {
    u32 partition;
    u32 file; /* index */
    u32 n_customs;
    u32 custom[PEF_MAX_CUSTOM]; /* file indexes, CONTAINER_NO_FILE where unused */
};

/* The extents follow each other: offset[0] = files_offset, offset[i+1] = offset[i] + extent[i],
 * and the last ends at the container's size. */
struct container_file {
    u32 offset;
    u32 size;   /* bytes of the file */
    u32 extent; /* size rounded up to 16 */
    u32 crc;    /* CRC-32C over the extent */
    u32 name;   /* offset in names */
    u32 reserved;
};

/* Written into the core by rswbuild: where it put the container. Found in the core's image by
 * its two magic words, in a section of its own. */
#define BOOT_RECORD_MAGIC0 0x6f6f4250u
#define BOOT_RECORD_MAGIC1 0x64636552u

struct boot_record {
    u32 magic0;
    u32 magic1;
    u64 container_start; /* physical; 0: not joined */
    u64 container_size;
};

#endif
