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

static void region_check(struct cf *cf, const struct cf_region *region)
{
    if (OFF_PAGE(region->start))
        cf_report(cf, region->place, CF_RULE_REGION_ALIGNMENT,
                  "start 0x%llx of the region is not a multiple of 4KB, %s", region->start,
                  page_hint(region->start));
    if (OFF_PAGE(region->size))
        cf_report(cf, region->place, CF_RULE_REGION_ALIGNMENT,
                  "size %s of the region is not a multiple of 4KB, %s would be",
                  cf_size_text(region->size), cf_size_text(ROUND_UP(region->size, (u64)CONF_PAGE)));
}

static int region_start_compare(const void *a, const void *b)
{
    const struct cf_region *x = *(const struct cf_region *const *)a;
    const struct cf_region *y = *(const struct cf_region *const *)b;

    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x < y ? -1 : x > y);
}

static const struct cf_region **regions_sorted(const struct cf_region *regions, u32 n)
{
    CF_LIST(const struct cf_region *) list = {0};

    for (u32 i = 0; i < n; i++)
        *CF_PUSH(&list) = &regions[i];
    if (list.n)
        qsort(list.at, list.n, sizeof(*list.at), region_start_compare);
    return list.at;
}

static void regions_overlap(struct cf *cf, const struct cf_region *a, const struct cf_region *b)
{
    const struct cf_region *late = a < b ? b : a, *early = a < b ? a : b;

    if (cf_unlisted(cf, late->place, CF_RULE_REGION_OVERLAP))
        return;
    cf_report(cf, late->place, CF_RULE_REGION_OVERLAP,
              "region 0x%llx + %s overlaps region 0x%llx + %s (%s)", late->start,
              cf_size_text(late->size), early->start, cf_size_text(early->size),
              cf_where(cf, early->place, late->place));
}

void cf_check_regions(struct cf *cf, const struct cf_region *regions, u32 n)
{
    const struct cf_region **sorted = regions_sorted(regions, n);

    for (u32 i = 0; i < n; i++) {
        u64 end = sorted[i]->start + sorted[i]->size;
        u32 last = i + CF_PARTNERS_MAX < n ? i + CF_PARTNERS_MAX : n - 1;

        region_check(cf, &regions[i]);
        for (u32 j = i + 1; j <= last && sorted[j]->start < end; j++)
            if (sorted[j]->size)
                regions_overlap(cf, sorted[i], sorted[j]);
    }
    free(sorted);
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

/* The regions as the areas' checks ask for them. */
struct cover {
    const struct cf_region **sorted;
    const struct cf_region **reach; /* of the first i + 1 the one that ends last */
    u32 n;
    bool broken; /* a region of size 0, whose fault is reported already, may be the right one */
};

static void cover_build(struct cf *cf, struct cover *cover)
{
    CF_LIST(const struct cf_region *) reach = {0};

    cover->n = cf->regions.n;
    cover->sorted = regions_sorted(cf->regions.at, cf->regions.n);
    cover->broken = false;
    for (u32 i = 0; i < cover->n; i++) {
        const struct cf_region *region = cover->sorted[i], *best = i ? reach.at[i - 1] : region;
        bool further = region->start + region->size > best->start + best->size;

        *CF_PUSH(&reach) = further ? region : best;
        cover->broken |= !region->size;
    }
    cover->reach = reach.at;
}

/* Number of regions that start at or before the address. */
static u32 cover_find(const struct cover *cover, u64 start)
{
    u32 low = 0, high = cover->n;

    while (low < high) {
        u32 middle = (low + high) / 2;

        if (cover->sorted[middle]->start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void device_cover_check(struct cf *cf, const struct cf_area *area)
{
    const struct cf_platform *platform = cf->platform;

    if (!platform->other_windows &&
        !cf_window_of(platform->windows.at, platform->windows.n, area->start, area->size))
        cf_report(cf, area->place, CF_RULE_AREA_UNCOVERED,
                  "device %s lies in no device window of platform %s", cf_area_text(cf, area),
                  platform->name);
}

static void cover_check(struct cf *cf, const struct cover *cover, const struct cf_area *area)
{
    u32 n = cover_find(cover, area->start);
    const struct cf_region *nearest = n ? cover->reach[n - 1] : NULL;

    if (cover->broken || (nearest && area->start + area->size <= nearest->start + nearest->size) ||
        cf_unlisted(cf, area->place, CF_RULE_AREA_UNCOVERED))
        return;
    if (n < cover->n &&
        (!nearest || region_gap(cover->sorted[n], area) < region_gap(nearest, area)))
        nearest = cover->sorted[n];
    cf_report(
        cf, area->place, CF_RULE_AREA_UNCOVERED, "%s lies in no region%s%s", cf_area_text(cf, area),
        nearest ? cf_text("; the nearest is 0x%llx + %s (%s)", nearest->start,
                          cf_size_text(nearest->size), cf_where(cf, nearest->place, area->place))
                : "",
        cf_free_hint(cf, area));
}

static void reserved_check(struct cf *cf, const struct cf_area *area)
{
    const struct cf_platform *platform = cf->platform;

    for (u32 i = 0; i < platform->reserved.n; i++) {
        const struct cf_window *window = &platform->reserved.at[i];

        if (area->start < window->start + window->size && window->start < area->start + area->size)
            cf_report(cf, area->place, CF_RULE_AREA_RESERVED,
                      "%s meets 0x%llx + %s, which platform %s reserves: %s%s",
                      cf_area_text(cf, area), window->start, cf_size_text(window->size),
                      platform->name, window->what, cf_free_hint(cf, area));
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

static void area_check(struct cf *cf, const struct cover *cover, const struct cf_area *area)
{
    alignment_check(cf, area);
    if (area->flags & CONF_AREA_DEVICE)
        device_cover_check(cf, area);
    else
        cover_check(cf, cover, area);
    reserved_check(cf, area);
}

void cf_check_memory(struct cf *cf)
{
    u32 n;
    const struct cf_area *const *areas = cf_areas_sorted(cf, &n);
    struct cover cover;

    if (cf->regions_stated)
        cf_check_regions(cf, cf->regions.at, cf->regions.n);
    cover_build(cf, &cover);
    for (u32 i = 0; i < n; i++)
        area_check(cf, &cover, areas[i]);
    free(cover.sorted);
    free(cover.reach);
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
