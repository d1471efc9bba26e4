/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of AArch64 as the hypervisor counts them. Tables of stage 1 are the partition's own. */
#ifndef PRTOS_INC_ARCH_PAGING_H
#define PRTOS_INC_ARCH_PAGING_H

#define PAGE_SHIFT 12
#define PAGE_SIZE 4096
#define PAGE_MASK (~(PAGE_SIZE - 1))

#endif
