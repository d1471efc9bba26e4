/* SPDX-License-Identifier: Apache-2.0 */
/* The room for a partition's page tables on x86: where it may lie, how large it must be. Called
 * by check.c. The core counts the same way before it starts the partition. */
#include "pack.h"

#include "conf/access.h"
#include "conf/platform.h"
#include "tool.h"

#define WINDOW 0x400000ull /* one page table maps this much */
#define WINDOWS 1024u      /* of the 4 GB address space */

/* Pages needed: the directory and one table for each window that holds something. */
static u32 pages_needed(const struct conf_header *conf, const struct conf_partition *p)
{
    u8 used[WINDOWS] = {0};
    u32 needed = 1;

    used[conf_platform_of(conf->arch)->pct_start / WINDOW % WINDOWS] = 1;
    for (u32 i = 0; i < p->n_areas; i++) {
        const struct conf_area *a = &conf_areas(conf)[p->first_area + i];

        if (a->flags & CONF_AREA_UNMAPPED)
            continue;
        for (u64 w = a->mapped_at / WINDOW; w <= (a->mapped_at + a->size - 1) / WINDOW; w++)
            used[w % WINDOWS] = 1;
    }
    for (u32 w = 0; w < WINDOWS; w++)
        needed += used[w];
    return needed;
}

/* What is wrong with an area as the place of page tables, or null. */
static const char *area_fault(const struct conf_area *a)
{
    if (a->flags & CONF_AREA_SHARED)
        return "shared";
    if (a->flags & (CONF_AREA_READONLY | CONF_AREA_ROM))
        return "read-only";
    if (a->flags & CONF_AREA_UNMAPPED)
        return "unmapped";
    return a->flags & CONF_AREA_DEVICE ? "a device's" : 0;
}

static void check_place(const struct conf_header *conf, u32 id, const struct pef_file *pef)
{
    const struct conf_partition *p = &conf_partitions(conf)[id];
    const char *name = conf_text(conf, p->name);
    u64 start = pef->header->page_table;
    u64 size = pef->header->page_table_size;

    for (u32 i = 0; i < p->n_areas; i++) {
        const struct conf_area *a = &conf_areas(conf)[p->first_area + i];
        const char *fault = area_fault(a);

        if (start < a->mapped_at || start - a->mapped_at >= a->size)
            continue;
        if (size > a->size - (start - a->mapped_at))
            tool_error("%s: partition %u (%s): the room for page tables [0x%llx, 0x%llx) reaches "
                       "beyond its area, mapped at [0x%llx, 0x%llx) [page-table-area]",
                       pef->path, id, name, start, start + size, a->mapped_at,
                       a->mapped_at + a->size);
        if (fault)
            tool_error("%s: partition %u (%s): the room for page tables [0x%llx, 0x%llx) lies in "
                       "an area that is %s, mapped at [0x%llx, 0x%llx) [page-table-area]",
                       pef->path, id, name, start, start + size, fault, a->mapped_at,
                       a->mapped_at + a->size);
        return;
    }
    tool_error("%s: partition %u (%s): the room for page tables [0x%llx, 0x%llx) lies in no area "
               "of the partition [page-table-area]",
               pef->path, id, name, start, start + size);
}

void pack_check_tables(const struct pack *pack, u32 id, const struct pef_file *pef)
{
    const struct conf_partition *p = &conf_partitions(pack->conf)[id];
    const char *name = conf_text(pack->conf, p->name);
    u64 room = pef->header->page_table_size / CONF_PAGE;
    u32 needed = pages_needed(pack->conf, p);

    if (room < needed)
        tool_error("%s: partition %u (%s): room for %llu pages of page tables (page_table_size "
                   "0x%llx), %u pages (0x%x) are needed [page-table-small]",
                   pef->path, id, name, room, pef->header->page_table_size, needed,
                   needed * CONF_PAGE);
    if (pef->header->page_table % CONF_PAGE)
        tool_error("%s: partition %u (%s): the room for page tables at 0x%llx does not begin on a "
                   "page [page-table-area]",
                   pef->path, id, name, pef->header->page_table);
    if (room)
        check_place(pack->conf, id, pef);
}
