/* SPDX-License-Identifier: Apache-2.0 */
/* Room in which the hypervisor builds the partition's page tables; nobody here reads, writes or
 * clears it. */
#include <prtos.h>
#include <arch/page_table.h>

prtos_u8_t part_page_table[PART_PAGE_TABLE_SIZE]
    __attribute__((__aligned__(PAGE_SIZE), __section__(".bss.noinit")));
