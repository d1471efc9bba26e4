/* SPDX-License-Identifier: Apache-2.0 */
/* The shared area: one block of words and its description. The producer writes it, the consumer
 * can only read it. Who may touch it is agreed by interrupts between the partitions (IPVIs). */
#ifndef SHM_BLOCK_H
#define SHM_BLOCK_H

#define BLOCKS 16
#define BLOCK_WORDS 8192 /* 32 KB */
#define BROKEN_BLOCK 6   /* the producer flips a bit in it once, the consumer must notice */

#define AREA_NAME "mail" /* as in the XML */

/* IPVIs 0, 1 and 2 of the XML, as external interrupts. */
#define BLOCK_READY PRTOS_VT_EXT_IPVI0 /* producer to consumer */
#define BLOCK_GOOD PRTOS_VT_EXT_IPVI1  /* consumer to producer */
#define BLOCK_BAD PRTOS_VT_EXT_IPVI2   /* consumer to producer: send it again */

struct block {
    prtos_u32_t number;
    prtos_u32_t checksum;
    prtos_u32_t word[BLOCK_WORDS];
};

/* Where the area of that name is mapped, with the flags that must be there; null if it is not. */
struct block *block_find(const char *name, prtos_u32_t flags);

void block_fill(struct block *block, prtos_u32_t number);
prtos_u32_t block_checksum(const struct block *block);

#endif
