/* SPDX-License-Identifier: Apache-2.0 */
/* See block.h; both partitions link this file. */
#include <prtos.h>
#include <stdlib.h>
#include <string.h>
#include "block.h"

struct block *block_find(const char *name, prtos_u32_t flags)
{
    struct prtos_physical_mem_map *area = prtos_get_partition_mmap();
    prtos_s32_t i;

    for (i = 0; i < prtos_get_pct()->num_of_physical_mem_areas; i++)
        if (strncmp((const char *)area[i].name, name, CONFIG_ID_STRING_LENGTH) == 0 &&
            (area[i].flags & flags) == flags && area[i].size >= sizeof(struct block))
            return (struct block *)ADDR2PTR(area[i].mapped_at);
    return NULL;
}

void block_fill(struct block *block, prtos_u32_t number)
{
    prtos_u32_t value = number * 2654435761u + 1;
    prtos_u32_t i;

    block->number = number;
    for (i = 0; i < BLOCK_WORDS; i++) {
        value = value * 1664525u + 1013904223u;
        block->word[i] = value;
    }
    block->checksum = block_checksum(block);
}

/* Fletcher's two sums, so that exchanged words show as well as changed ones. */
prtos_u32_t block_checksum(const struct block *block)
{
    prtos_u32_t low = block->number + 1, high = 0;
    prtos_u32_t i;

    for (i = 0; i < BLOCK_WORDS; i++) {
        low += block->word[i];
        high += low;
    }
    return high ^ (low << 7 | low >> 25);
}
