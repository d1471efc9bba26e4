/* SPDX-License-Identifier: Apache-2.0 */
/* The header structure that a program carries in section .prtos_hdr (hypervisor) or
 * .prtos_image_hdr (partition), decoded. Used by build.c. */
#ifndef IMAGE_HEADER_H
#define IMAGE_HEADER_H

#include "conf/image.h"
#include "elf_file.h"

struct image_header {
    u32 kind; /* PEF_HYPERVISOR or PEF_PARTITION */
    u32 abi_version;
    u32 api_version;
    u32 n_customs;
    u64 page_table;
    u64 page_table_size;
    struct pef_custom custom[PEF_MAX_CUSTOM]; /* zero behind n_customs */
    u64 address;                              /* of the section */
};

/* Finds and decodes it; exits with 2 and a message if there is not exactly one sound one. */
void image_header_find(const struct elf_file *elf, struct image_header *header);

#endif
