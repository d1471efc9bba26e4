/* SPDX-License-Identifier: Apache-2.0 */
/* Room in which the hypervisor builds the partition's page tables; nobody here reads, writes or
 * clears it. */
#include <prtos.h>
#include <config.h>

extern prtos_u8_t part_page_table[];

prtos_u8_t part_page_table[CONFIG_SIZE_PAGE_TABLE * PAGE_SIZE]
    __attribute__((__aligned__(PAGE_SIZE), __section__(".bss.noinit")));
