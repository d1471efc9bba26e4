/* SPDX-License-Identifier: Apache-2.0 */
/* Header of an executable file (PEF), for partitions that look at one. The description of all its
 * bytes is core/conf/image.h; a test compares the two. */
#ifndef LIBPRTOS_PEF_H
#define LIBPRTOS_PEF_H

#ifdef _PRTOS_KERNEL_
#error <pef.h> is for partitions, not for the hypervisor
#endif

#define PRTOS_PEF_SIGNATURE 0x24584546
#define PRTOS_PEF_FORMAT 2

#define PRTOS_PEF_HYPERVISOR 1
#define PRTOS_PEF_PARTITION 2
#define PRTOS_PEF_CUSTOMFILE 3

#ifndef __ASSEMBLER__

struct prtos_pef_hdr {
    prtos_u32_t signature;
    prtos_u32_t format;
    prtos_u32_t crc;
    prtos_u32_t size;
    prtos_u32_t kind;
    prtos_u32_t arch;
    prtos_u32_t abi_version;
    prtos_u32_t api_version;
    prtos_u32_t num_of_segments;
    prtos_u32_t num_of_custom_files;
    prtos_u64_t entry_point;
    prtos_u64_t page_table;
    prtos_u64_t page_table_size;
    prtos_u64_t image_hdr;
    prtos_u8_t payload[16];
};

#endif

#endif
