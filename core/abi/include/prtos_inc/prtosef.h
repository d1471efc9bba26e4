/* SPDX-License-Identifier: Apache-2.0 */
/* Headers that an executable carries: a partition's image header, the hypervisor's own. */
#ifndef PRTOS_INC_PRTOSEF_H
#define PRTOS_INC_PRTOSEF_H

#include <prtos_inc/abi_check.h>
#include <prtos_inc/config.h>
#include <prtos_inc/linkage.h>
#include <prtos_inc/arch/arch_types.h>

#define PRTOS_EXEC_PARTITION_MAGIC 0x24584d69
#define PRTOS_EXEC_HYP_MAGIC 0x24584d68

#define PRTOS_SET_VERSION(v, s, r) ((((v)&255) << 16) | (((s)&255) << 8) | ((r)&255))
#define PRTOS_GET_VERSION(v) (((v) >> 16) & 255)
#define PRTOS_GET_SUBVERSION(v) (((v) >> 8) & 255)
#define PRTOS_GET_REVISION(v) ((v)&255)

#define PRTOS_ABI_VERSION 1
#define PRTOS_ABI_SUBVERSION 0
#define PRTOS_ABI_REVISION 0
#define PRTOS_API_VERSION 1
#define PRTOS_API_SUBVERSION 0
#define PRTOS_API_REVISION 0

#ifndef __ASSEMBLER__

struct prtos_exec_custom_file {
    prtos_address_t start_addr;
    prtos_u_size_t size; /* 0: no limit known */
} __PACKED;

struct prtos_image_hdr {
    prtos_u32_t start_signature;
    prtos_u32_t compilation_prtos_abi_version;
    prtos_u32_t compilation_prtos_api_version;
    prtos_address_t page_table;
    prtos_u_size_t page_table_size;
    prtos_u32_t num_of_custom_files;
    struct prtos_exec_custom_file custom_file_table[CONFIG_MAX_NO_CUSTOMFILES];
    prtos_u32_t end_signature;
} __PACKED;

struct prtos_hdr {
    prtos_u32_t start_signature;
    prtos_u32_t compilation_prtos_abi_version;
    prtos_u32_t compilation_prtos_api_version;
    prtos_u32_t num_of_custom_files;
    struct prtos_exec_custom_file custom_file_table[CONFIG_MAX_NO_CUSTOMFILES];
    prtos_u32_t end_signature;
} __PACKED;

#define __PRTOS_IMAGE_HDR __attribute__((__section__(".prtos_image_hdr"), __used__))
#define __PRTOS_HDR __attribute__((__section__(".prtos_hdr"), __used__))

PRTOS_ABI_OFFSET(struct prtos_image_hdr, page_table, 12, 12);
PRTOS_ABI_OFFSET(struct prtos_image_hdr, page_table_size, 16, 20);
PRTOS_ABI_OFFSET(struct prtos_image_hdr, num_of_custom_files, 20, 28);
PRTOS_ABI_OFFSET(struct prtos_image_hdr, custom_file_table, 24, 32);
PRTOS_ABI_OFFSET(struct prtos_image_hdr, end_signature, 48, 80);
PRTOS_ABI_SIZE(struct prtos_image_hdr, 52, 84);
PRTOS_ABI_SIZE(struct prtos_hdr, 44, 68);

#endif

#endif
