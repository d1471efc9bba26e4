/* SPDX-License-Identifier: Apache-2.0 */
/* Places images into a partition's memory, at boot and at a cold reset alike, in bounded pieces. */
#ifndef HV_LOADER_H
#define HV_LOADER_H

#include "conf/image.h"
#include "hv/base.h"
#include "lib/lzss.h"

struct cpu;
struct partition;

enum loader_phase {
    LOADER_SUM,     /* integrity of the stored file */
    LOADER_SEGMENT, /* bytes into memory */
    LOADER_SPACE,   /* page tables */
    LOADER_DONE,
    LOADER_FAILED
};

struct loader {
    enum loader_phase phase;
    bool bulk; /* nobody waits: large pieces */
    u32 entry; /* of the container; CONTAINER_NO_FILE: the partition has no image */
    u32 file;  /* 0: the image, 1..: customisation files */
    u32 segment;
    u32 done; /* bytes of the sum or of the segment */
    u32 crc;
    struct lzss lzss;
    u32 space[3]; /* progress of arch_space_step() */
    const char *error;
};

/* Finds the container and checks its tables. Null, or what is wrong. */
const char *loader_init(const void *container, u64 size);

/* The configuration inside the container, expanded to `to` (of `room` bytes), after the sums of all
 * the hypervisor's files. Null, or what is wrong. */
const char *loader_configuration(void *to, u32 room, u32 *size);

/* The file of an entry of the container. */
const struct pef_header *loader_image(const struct partition *partition);

/* Begins the loading of a partition's image; at boot in bulk. */
void loader_begin(struct partition *partition, bool bulk);

/* Begins the address space anew; the memory stays as it is. */
void loader_space(struct partition *partition);

/* One bounded piece on this CPU; false when the phase is DONE or FAILED. */
bool loader_step(struct cpu *cpu, struct partition *partition);

#endif
