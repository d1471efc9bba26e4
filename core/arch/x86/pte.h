/* SPDX-License-Identifier: Apache-2.0 */
/* Bits of an entry of a page table, Intel SDM vol. 3A, 4.3. Also read by the assembler. */
#ifndef PTE_H
#define PTE_H

#define PTE_P 0x001
#define PTE_W 0x002
#define PTE_U 0x004
#define PTE_PWT 0x008
#define PTE_PCD 0x010
#define PTE_A 0x020
#define PTE_D 0x040
#define PTE_PS 0x080
#define PTE_G 0x100

#endif
