/* SPDX-License-Identifier: Apache-2.0 */
/* Memory blocks are the partition's areas that have a name in the system description. */
#include "parts.h"

void GET_MEMORY_BLOCK_STATUS(char *MEMORY_BLOCK_NAME, MEMORY_BLOCK_STATUS_TYPE *MEMORY_BLOCK_STATUS,
                             RETURN_CODE_TYPE *RETURN_CODE)
{
    const struct prtos_physical_mem_map *area = prtos_get_partition_mmap();
    prtos_s32_t i, n_areas = prtos_get_pct()->num_of_physical_mem_areas;

    *RETURN_CODE = INVALID_PARAM;
    if (!MEMORY_BLOCK_NAME || !MEMORY_BLOCK_STATUS)
        return;
    *RETURN_CODE = INVALID_CONFIG;
    for (i = 0; i < n_areas; i++, area++) {
        if (!(area->flags & PRTOS_MEM_AREA_TAGGED) || area->flags & PRTOS_MEM_AREA_UNMAPPED ||
            !apex_name_is((const char *)area->name, MEMORY_BLOCK_NAME, CONFIG_ID_STRING_LENGTH))
            continue;
        MEMORY_BLOCK_STATUS->MEMORY_BLOCK_ADDR =
            (SYSTEM_ADDRESS_TYPE)(__UINTPTR_TYPE__)area->mapped_at;
        MEMORY_BLOCK_STATUS->MEMORY_BLOCK_MODE =
            area->flags & PRTOS_MEM_AREA_READONLY ? READ : READ_WRITE;
        MEMORY_BLOCK_STATUS->MEMORY_BLOCK_SIZE = (MEMORY_BLOCK_SIZE_TYPE)area->size;
        *RETURN_CODE = NO_ERROR;
        return;
    }
}
