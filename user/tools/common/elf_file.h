/* SPDX-License-Identifier: Apache-2.0 */
/* ELF files, 32 and 64 bit, little endian, read with every bound checked. Used by prtoseformat and
 * prtosbuildinfo. All faults end the tool with exit 2 and a message that names the file. */
#ifndef ELF_FILE_H
#define ELF_FILE_H

#include "file.h"

struct elf_file {
    const struct file *file;
    int is64;
    u32 type;    /* ET_* */
    u32 machine; /* EM_* */
    u64 entry;
    u64 segments; /* offsets of the tables */
    u64 sections;
    u32 n_segments;
    u32 n_sections;
    u32 names; /* index of the section that holds the names */
};

struct elf_segment {
    u32 type; /* PT_* */
    u64 offset;
    u64 virt;
    u64 phys;
    u64 size;     /* in the file */
    u64 mem_size; /* in memory */
};

struct elf_section {
    u32 type; /* SHT_* */
    u64 address;
    u64 offset;
    u64 size;
};

/* Checks the ELF header and the places of both tables. */
void elf_open(struct elf_file *elf, const struct file *file);

/* Segment `index`; if it is a PT_LOAD its bytes lie inside the file and its size is sound. */
void elf_segment(const struct elf_file *elf, u32 index, struct elf_segment *segment);

/* Number of sections called `name`; the first one goes to `section`, its bytes are in the file. */
u32 elf_find(const struct elf_file *elf, const char *name, struct elf_section *section);

#endif
