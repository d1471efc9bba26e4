/* SPDX-License-Identifier: Apache-2.0 */
/* Pages and page-table entries of 32-bit x86 without PAE, as partitions that build their own page
 * tables need them. */
#ifndef PRTOS_INC_ARCH_PAGING_H
#define PRTOS_INC_ARCH_PAGING_H

#define PAGE_SHIFT 12
#define PAGE_SIZE 4096
#define PAGE_MASK (~(PAGE_SIZE - 1))

/* Levels: a directory (PTDL1) entry spans 4 MB, a table (PTDL2) entry a page. */
#define PTDL1SHIFT 22
#define PTDL2SHIFT 12
#define PTDL1ENTRIES 1024
#define PTDL2ENTRIES 1024

/* Bits of an entry. */
#define PTE_PRESENT 0x1
#define PTE_WRITE 0x2
#define PTE_USER 0x4
#define PTE_WRITE_THROUGH 0x8
#define PTE_CACHE_DISABLE 0x10
#define PTE_ACCESSED 0x20
#define PTE_DIRTY 0x40
#define PTE_LARGE 0x80
#define PTE_GLOBAL 0x100

#endif
