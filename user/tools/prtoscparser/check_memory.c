/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of regions and areas, each by itself: alignment, cover, reserved pages, windows. */
#include <stdlib.h>

#include "cf.h"

#define OFF_PAGE(v) ((v) % CONF_PAGE != 0)

const char *cf_area_text(struct cf *cf, const struct cf_area *area)
{
    const char *range = cf_text("0x%llx + %s", area->start, cf_size_text(area->size));

    if (area->owner == CF_OWNER_HYPERVISOR)
        return cf_text("the hypervisor's memory %s", range);
    if (area->owner == CF_OWNER_BLOCK)
        return cf_text("memory block '%s' %s", area->name, range);
    if (area->name)
        return cf_text("area '%s' %s of %s", area->name, range,
                       cf_partition_text(&cf->partitions.at[area->owner]));
    return cf_text("area %s of %s", range, cf_partition_text(&cf->partitions.at[area->owner]));
}

static const char *page_hint(u64 value)
{
    return cf_text("0x%llx or 0x%llx would be", value / CONF_PAGE * CONF_PAGE,
                   value / CONF_PAGE * CONF_PAGE + CONF_PAGE);
}

static void region_check(struct cf *cf, const struct cf_region *regions, u32 index)
{
    const struct cf_region *region = &regions[index];

    if (OFF_PAGE(region->start))
        cf_report(cf, region->place, CF_RULE_REGION_ALIGNMENT,
                  "start 0x%llx of the region is not a multiple of 4KB, %s", region->start,
                  page_hint(region->start));
    if (OFF_PAGE(region->size))
        cf_report(cf, region->place, CF_RULE_REGION_ALIGNMENT,
                  "size %s of the region is not a multiple of 4KB", cf_size_text(region->size));
    for (u32 i = 0; i < index; i++) {
        const struct cf_region *other = &regions[i];

        if (region->start < other->start + other->size &&
            other->start < region->start + region->size)
            cf_report(cf, region->place, CF_RULE_REGION_OVERLAP,
                      "region 0x%llx + %s overlaps region 0x%llx + %s (%s)", region->start,
                      cf_size_text(region->size), other->start, cf_size_text(other->size),
                      cf_where(cf, other->place, region->place));
    }
}

void cf_check_regions(struct cf *cf, const struct cf_region *regions, u32 n)
{
    for (u32 i = 0; i < n; i++)
        region_check(cf, regions, i);
}

static void alignment_check(struct cf *cf, const struct cf_area *area)
{
    if (OFF_PAGE(area->start))
        cf_report(cf, area->place, CF_RULE_AREA_ALIGNMENT,
                  "start of %s is not a multiple of 4KB, %s", cf_area_text(cf, area),
                  page_hint(area->start));
    if (OFF_PAGE(area->size))
        cf_report(cf, area->place, CF_RULE_AREA_ALIGNMENT,
                  "size of %s is not a multiple of 4KB, %s would be", cf_area_text(cf, area),
                  cf_size_text(ROUND_UP(area->size, (u64)CONF_PAGE)));
    if (OFF_PAGE(area->mapped_at) && area->mapped_at != area->start)
        cf_report(cf, area->place, CF_RULE_AREA_ALIGNMENT,
                  "mappedAt 0x%llx of %s is not a multiple of 4KB, %s", area->mapped_at,
                  cf_area_text(cf, area), page_hint(area->mapped_at));
}

/* Bytes between the two, 0 if they meet. */
static u64 region_gap(const struct cf_region *region, const struct cf_area *area)
{
    if (region->start > area->start + area->size)
        return region->start - area->start - area->size;
    if (area->start > region->start + region->size)
        return area->start - region->start - region->size;
    return 0;
}

static void cover_check(struct cf *cf, const struct cf_area *area)
{
    const struct cf_region *nearest = NULL;

    if (area->flags & CONF_AREA_DEVICE) {
        if (!cf->platform->other_windows &&
            !cf_window_of(cf->platform->windows.at, cf->platform->windows.n, area->start,
                          area->size))
            cf_report(cf, area->place, CF_RULE_AREA_UNCOVERED,
                      "device %s lies in no device window of the platform", cf_area_text(cf, area));
        return;
    }
    for (u32 i = 0; i < cf->regions.n; i++) {
        const struct cf_region *region = &cf->regions.at[i];

        /* A region of size 0 has a fault that is reported already. */
        if (!region->size || (area->start >= region->start &&
                              area->start + area->size <= region->start + region->size))
            return;
        if (!nearest || region_gap(region, area) < region_gap(nearest, area))
            nearest = region;
    }
    cf_report(
        cf, area->place, CF_RULE_AREA_UNCOVERED, "%s lies in no region%s", cf_area_text(cf, area),
        nearest ? cf_text("; the nearest is 0x%llx + %s (%s)", nearest->start,
                          cf_size_text(nearest->size), cf_where(cf, nearest->place, area->place))
                : "");
}

static void reserved_check(struct cf *cf, const struct cf_area *area)
{
    const struct cf_platform *platform = cf->platform;

    for (u32 i = 0; i < platform->reserved.n; i++) {
        const struct cf_window *window = &platform->reserved.at[i];

        if (area->start < window->start + window->size && window->start < area->start + area->size)
            cf_report(cf, area->place, CF_RULE_AREA_RESERVED,
                      "%s meets 0x%llx + %s, which platform %s reserves: %s",
                      cf_area_text(cf, area), window->start, cf_size_text(window->size),
                      platform->name, window->what);
    }
}

static void hypervisor_check(struct cf *cf)
{
    static const struct {
        u32 flag;
        const char *word;
    } refused[] = {
        {CONF_AREA_SHARED, "shared"},
        {CONF_AREA_READONLY, "read-only"},
        {CONF_AREA_UNMAPPED, "unmapped"},
    };
    const struct cf_area *area = &cf->hypervisor;

    for (u32 i = 0; i < ARRAY_SIZE(refused); i++)
        if (area->flags & refused[i].flag)
            cf_report(cf, area->place, CF_RULE_HYPERVISOR_AREA_FLAGS,
                      "the hypervisor's memory cannot be %s", refused[i].word);
    if (area->size > cf->platform->conf->area_max)
        cf_report(cf, area->place, CF_RULE_HYPERVISOR_AREA_LARGE,
                  "the hypervisor's memory has %s, at most %s are possible",
                  cf_size_text(area->size), cf_size_text(cf->platform->conf->area_max));
}

static void area_check(struct cf *cf, const struct cf_area *area)
{
    alignment_check(cf, area);
    cover_check(cf, area);
    reserved_check(cf, area);
}

void cf_check_memory(struct cf *cf)
{
    u32 n;
    const struct cf_area **areas = cf_areas_sorted(cf, &n);

    if (cf->regions_stated)
        cf_check_regions(cf, cf->regions.at, cf->regions.n);
    for (u32 i = 0; i < n; i++)
        area_check(cf, areas[i]);
    hypervisor_check(cf);
}

static int area_compare(const void *a, const void *b)
{
    const struct cf_area *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int region_compare(const void *a, const void *b)
{
    const struct cf_region *x = a, *y = b;

    return x->start < y->start ? -1 : x->start > y->start;
}

void cf_memory_sort(struct cf *cf)
{
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        if (partition->n_areas)
            qsort(cf->areas.at + partition->first_area, partition->n_areas, sizeof(*cf->areas.at),
                  area_compare);
    }
    if (cf->regions.n)
        qsort(cf->regions.at, cf->regions.n, sizeof(*cf->regions.at), region_compare);
}
