/* SPDX-License-Identifier: Apache-2.0 */
/* Header of a container, for partitions that look at one. The description of all its bytes is
 * core/conf/image.h; a test compares the two. */
#ifndef LIBPRTOS_CONTAINER_H
#define LIBPRTOS_CONTAINER_H

#ifdef _PRTOS_KERNEL_
#error <container.h> is for partitions, not for the hypervisor
#endif

#define PRTOS_CONTAINER_SIGNATURE 0x24584354
#define PRTOS_CONTAINER_FORMAT 2

#ifndef __ASSEMBLER__

struct prtos_exec_container_hdr {
    prtos_u32_t signature;
    prtos_u32_t format;
    prtos_u32_t tables_crc;
    prtos_u32_t size;
    prtos_u32_t num_of_partitions; /* the hypervisor counts as entry 0 */
    prtos_u32_t num_of_files;
    prtos_u32_t names_offset;
    prtos_u32_t names_size;
    prtos_u32_t files_offset;
    prtos_u32_t reserved;
};

#endif

#endif
