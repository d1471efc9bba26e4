/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of areas against each other, in the board's memory and as a partition sees them. */
#include <stdlib.h>

#include "cf.h"

#define HINT_LOWEST 0x100000u /* below lies what the firmware of a PC uses */

static int start_compare(const void *a, const void *b)
{
    const struct cf_area *x = *(const struct cf_area *const *)a;
    const struct cf_area *y = *(const struct cf_area *const *)b;

    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x < y ? -1 : x > y);
}

static int mapped_compare(const void *a, const void *b)
{
    const struct cf_area *x = *(const struct cf_area *const *)a;
    const struct cf_area *y = *(const struct cf_area *const *)b;

    return x->mapped_at != y->mapped_at ? (x->mapped_at < y->mapped_at ? -1 : 1)
                                        : (x < y ? -1 : x > y);
}

static const struct cf_area *block_area(const struct cf_device *device)
{
    CF_LIST(struct cf_area) area = {0};

    *CF_PUSH(&area) = (struct cf_area){
        .place = device->place,
        .name = device->name,
        .start = device->start,
        .mapped_at = device->start,
        .size = device->size,
        .owner = CF_OWNER_BLOCK,
    };
    return area.at;
}

const struct cf_area **cf_areas_sorted(struct cf *cf, u32 *n)
{
    CF_LIST(const struct cf_area *) list = {0};

    for (u32 i = 0; i < cf->areas.n; i++)
        if (cf->areas.at[i].size)
            *CF_PUSH(&list) = &cf->areas.at[i];
    for (u32 i = 0; i < cf->devices.n; i++)
        if (cf->devices.at[i].type == CONF_DEV_MEMORY && cf->devices.at[i].size)
            *CF_PUSH(&list) = block_area(&cf->devices.at[i]);
    if (cf->hypervisor.size)
        *CF_PUSH(&list) = &cf->hypervisor;
    *n = list.n;
    if (list.n)
        qsort(list.at, list.n, sizeof(*list.at), start_compare);
    return list.at;
}

/* Where `size` bytes are free in a region at or after `from`; 0: nowhere. */
static u64 free_after(struct cf *cf, const struct cf_area **areas, u32 n, u64 from, u64 size)
{
    for (u32 r = 0; r < cf->regions.n; r++) {
        const struct cf_region *region = &cf->regions.at[r];
        u64 at = region->start > from ? region->start : from;

        if (region->type != CONF_REGION_RAM)
            continue;
        for (u32 i = 0; i < n; i++) {
            u64 end = areas[i]->start + areas[i]->size;

            if (areas[i]->start < at + size && at < end)
                at = ROUND_UP(end, (u64)CONF_PAGE);
        }
        if (at >= region->start && at + size <= region->start + region->size)
            return at;
    }
    return 0;
}

static const char *free_hint(struct cf *cf, const struct cf_area **areas, u32 n,
                             const struct cf_area *area)
{
    u64 size = ROUND_UP(area->size, (u64)CONF_PAGE);
    u64 from = ROUND_UP(area->start, (u64)CONF_PAGE);
    u64 at = free_after(cf, areas, n, from, size);

    if (!at)
        at = free_after(cf, areas, n, HINT_LOWEST, size);
    return at ? cf_text("; %s are free at 0x%llx", cf_size_text(size), at) : "";
}

static bool is_later(const struct cf_area *a, const struct cf_area *b)
{
    if (a->owner == CF_OWNER_HYPERVISOR || b->owner == CF_OWNER_HYPERVISOR)
        return b->owner == CF_OWNER_HYPERVISOR;
    if (a->place.file != b->place.file)
        return a->place.file > b->place.file;
    return a->place.line > b->place.line || (a->place.line == b->place.line && a > b);
}

static bool same_space(const struct cf *cf, const struct cf_area *a, const struct cf_area *b)
{
    return !cf->platform->conf->device_space || !((a->flags ^ b->flags) & CONF_AREA_DEVICE);
}

void cf_check_overlap(struct cf *cf)
{
    u32 n;
    const struct cf_area **areas = cf_areas_sorted(cf, &n);

    for (u32 i = 0; i < n; i++)
        for (u32 j = i + 1; j < n && areas[j]->start < areas[i]->start + areas[i]->size; j++) {
            bool swap = is_later(areas[i], areas[j]);
            const struct cf_area *late = areas[swap ? i : j], *early = areas[swap ? j : i];

            if ((late->flags & early->flags & CONF_AREA_SHARED) || !same_space(cf, late, early))
                continue;
            cf_report(cf, late->place, CF_RULE_AREA_OVERLAP, "%s overlaps %s (%s)%s",
                      cf_area_text(cf, late), cf_area_text(cf, early),
                      cf_where(cf, early->place, late->place), free_hint(cf, areas, n, late));
        }
}

static void window_check(struct cf *cf, const struct cf_area *area)
{
    const struct conf_platform *conf = cf->platform->conf;

    if (area->mapped_at < conf->window_end && conf->window_start < area->mapped_at + area->size)
        cf_report(cf, area->place, CF_RULE_AREA_GUEST_WINDOW,
                  "%s is mapped at 0x%llx, in the window [0x%llx, 0x%llx) of the hypervisor and "
                  "the control tables",
                  cf_area_text(cf, area), area->mapped_at, conf->window_start, conf->window_end);
}

static void mapped_check(struct cf *cf, const struct cf_area **areas, u32 n)
{
    if (n)
        qsort(areas, n, sizeof(*areas), mapped_compare);
    for (u32 i = 0; i < n; i++) {
        u64 end = areas[i]->mapped_at + areas[i]->size;

        window_check(cf, areas[i]);
        for (u32 j = i + 1; j < n && areas[j]->mapped_at < end; j++) {
            bool swap = is_later(areas[i], areas[j]);
            const struct cf_area *late = areas[swap ? i : j], *early = areas[swap ? j : i];

            cf_report(cf, late->place, CF_RULE_AREA_VIRTUAL_OVERLAP,
                      "%s is mapped at 0x%llx, over %s mapped at 0x%llx (%s)",
                      cf_area_text(cf, late), late->mapped_at, cf_area_text(cf, early),
                      early->mapped_at, cf_where(cf, early->place, late->place));
        }
    }
}

void cf_check_mapped(struct cf *cf)
{
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];
        CF_LIST(const struct cf_area *) mapped = {0};

        for (u32 j = 0; j < partition->n_areas; j++) {
            const struct cf_area *area = &cf->areas.at[partition->first_area + j];

            if (area->size && !(area->flags & CONF_AREA_UNMAPPED))
                *CF_PUSH(&mapped) = area;
        }
        mapped_check(cf, mapped.at, mapped.n);
    }
}
