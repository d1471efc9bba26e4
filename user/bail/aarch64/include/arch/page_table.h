/* SPDX-License-Identifier: Apache-2.0 */
/* Room that the image header names for the partition's page tables: none on AArch64, where the
 * hypervisor keeps them (stage 2). */
#ifndef BAIL_ARCH_PAGE_TABLE_H
#define BAIL_ARCH_PAGE_TABLE_H

#define PART_PAGE_TABLE 0
#define PART_PAGE_TABLE_SIZE 0

#endif
