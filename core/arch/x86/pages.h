/* SPDX-License-Identifier: Apache-2.0 */
/* What the core knows of each page of a partition: its type and what refers to it, and the only
 * code that makes or changes an entry for a guest. Two CPUs never work on one partition at once:
 * the caller holds its lock (calls_pages.c), except to read a word. Also compiled on the host. */
#ifndef PAGES_H
#define PAGES_H

#include "hv/base.h"

struct conf_area;
struct cpu;
struct partition;

/* A page's word. Count: of an ordinary page the writable entries that map it, of a table
 * (PPAG_PTDL2) the directory entries that refer to it, of a page on its way its entries that are
 * counted. */
#define PAGE_COUNT 0x07ffffffu
#define PAGE_TYPE_SHIFT 27
#define PAGE_TYPE 7u          /* PPAG_*, behind the shift */
#define PAGE_HALF 0x40000000u /* on its way to its type, or back: nobody may use or write it */
#define PAGE_BUSY 0x80000000u /* a vCPU is at it */
#define PAGE_IS(type) ((u32)(type) << PAGE_TYPE_SHIFT)

#define PAGES_GUEST_SLOTS 1008u /* of a directory; the others are the core's */

/* Whether a word is that of a table or directory, on its way or whole. */
static inline bool page_is_table(u32 word)
{
    return word > PAGE_COUNT;
}

/* The area of a page, or null. *word: where its word is; null where no page can ever be a table,
 * because others can write to it or nobody can. */
const struct conf_area *pages_find(const struct partition *partition, u32 page, u32 **word);

/* Writes a word of the partition's memory; one of a page table if it is legal there. */
s32 pages_write(struct cpu *cpu, struct partition *partition, u32 at, u32 value);

/* A page on its way to another type: code of the call; from PRTOS_OK on the page is busy. What the
 * loader has built stays what it is: every start begins there. `root`:
 * the directory whose mapping of the page at its own place may be turned read-only. */
s32 pages_begin(struct cpu *cpu, struct partition *partition, u32 root, u32 page, u32 type);

/* A bounded piece of that. What was begun may be left at any time: the page is then of no use until
 * somebody begins again. */
enum pages_result { PAGES_MORE, PAGES_DONE, PAGES_BAD /* an illegal entry: go back to PPAG_STD */ };
enum pages_result pages_step(struct cpu *cpu, const struct partition *partition, u32 root, u32 page,
                             u32 type);

#endif
