/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of rswbuild: main.c checks the container and fills struct rsw, elf_out.c (x86) or
 * image_out.c (AArch64) turns it into the bytes of the bootable file. */
#ifndef RSW_H
#define RSW_H

#include "hyp_area.h"

struct rsw {
    struct file container;
    struct pef_file core; /* its expanded segments are changed: the boot record is filled in */
    const struct conf_header *conf;
    struct hyp_area area;
    u64 entry;           /* physical */
    u64 container_start; /* physical */
};

/* Bytes of the bootable file; their number goes to `size`. */
u8 *rsw_elf(const struct rsw *rsw, u64 *size);
u8 *rsw_image(const struct rsw *rsw, u64 *size);

#endif
