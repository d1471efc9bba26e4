/* SPDX-License-Identifier: Apache-2.0 */
/* The image header of a partition that declares none of its own; alone in its object, so that
 * the partition's own definition keeps it out. */
#include <prtos.h>
#include <arch/page_table.h>

struct prtos_image_hdr prtos_image_hdr __PRTOS_IMAGE_HDR = {
    .start_signature = PRTOS_EXEC_PARTITION_MAGIC,
    .compilation_prtos_abi_version =
        PRTOS_SET_VERSION(PRTOS_ABI_VERSION, PRTOS_ABI_SUBVERSION, PRTOS_ABI_REVISION),
    .compilation_prtos_api_version =
        PRTOS_SET_VERSION(PRTOS_API_VERSION, PRTOS_API_SUBVERSION, PRTOS_API_REVISION),
    .page_table = PART_PAGE_TABLE,
    .page_table_size = PART_PAGE_TABLE_SIZE,
    .num_of_custom_files = 0,
    .end_signature = PRTOS_EXEC_PARTITION_MAGIC,
};
