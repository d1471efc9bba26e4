/* SPDX-License-Identifier: Apache-2.0 */
/* Room that the image header names for the partition's page tables. */
#ifndef BAIL_ARCH_PAGE_TABLE_H
#define BAIL_ARCH_PAGE_TABLE_H

#include <config.h>
#include <prtos_inc/arch/paging.h>

extern prtos_u8_t part_page_table[];

#define PART_PAGE_TABLE ((prtos_address_t)part_page_table)
#define PART_PAGE_TABLE_SIZE (CONFIG_SIZE_PAGE_TABLE * PAGE_SIZE)

#endif
