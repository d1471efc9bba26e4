/* SPDX-License-Identifier: Apache-2.0 */
/* What prtospack was told to pack, in the order of the command line. main.c fills it, check.c
 * judges it, container.c writes it. */
#ifndef PACK_H
#define PACK_H

#include "conf/layout.h"
#include "pef_file.h"

#define NO_OFFSET (~0ull)

struct pack_file {
    struct file file;
    struct pef_file pef;
    u64 wanted; /* offset of `@`, or NO_OFFSET */
    u64 offset; /* where it comes to lie in the container */
};

struct pack_entry {
    u32 partition; /* or CONTAINER_HYPERVISOR */
    u32 file;      /* CONTAINER_NO_FILE: `check` without a core */
    u32 n_customs;
    u32 custom[PEF_MAX_CUSTOM];
};

struct pack {
    struct pack_file *files; /* CONTAINER_MAX_FILES of them */
    u32 n_files;
    u32 unnamed; /* files in front that `#n` does not count: the operand of `check` */
    u32 first;   /* first file that comes into the container */
    struct pack_entry hypervisor;                     /* custom[0] is the configuration */
    struct pack_entry partition[CONF_MAX_PARTITIONS]; /* index = id */
    int has_hypervisor;
    u8 has_partition[CONF_MAX_PARTITIONS];
    const struct conf_header *conf;
};

/* Takes `<file>[@<off>]:...` into the pack: the files of the hypervisor, or of the partition whose
 * id stands in front of the first colon. */
void pack_take_hypervisor(struct pack *pack, const char *text);
void pack_take_partition(struct pack *pack, const char *text);
u32 pack_take_file(struct pack *pack, const char *text);

/* All rules; says each violation by tool_error(). */
void pack_check(struct pack *pack);

/* Room for the page tables of one partition. */
void pack_check_tables(const struct pack *pack, u32 id, const struct pef_file *pef);

/* Places the files; returns the container's size. */
u64 pack_layout(struct pack *pack);
void pack_write(struct pack *pack, const char *path);

void pack_list(const char *path);

#endif
