/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of areas against each other, in the board's memory and as a partition sees them. */
#include <stdlib.h>

#include "cf.h"

#define HINT_LOWEST 0x100000u /* below lies what the firmware of a PC uses */
#define HINT_REGIONS 16u      /* as many are looked through */

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

static void blocks_fill(struct cf *cf)
{
    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = &cf->devices.at[i];

        if (device->type == CONF_DEV_MEMORY && device->size)
            *CF_PUSH(&cf->blocks) = (struct cf_area){
                .place = device->place,
                .name = device->name,
                .start = device->start,
                .mapped_at = device->start,
                .size = device->size,
                .owner = CF_OWNER_BLOCK,
            };
    }
}

const struct cf_area *const *cf_areas_sorted(struct cf *cf, u32 *n)
{
    if (!cf->by_start.n) {
        blocks_fill(cf);
        for (u32 i = 0; i < cf->areas.n; i++)
            if (cf->areas.at[i].size)
                *CF_PUSH(&cf->by_start) = &cf->areas.at[i];
        for (u32 i = 0; i < cf->blocks.n; i++)
            *CF_PUSH(&cf->by_start) = &cf->blocks.at[i];
        if (cf->hypervisor.size)
            *CF_PUSH(&cf->by_start) = &cf->hypervisor;
        if (cf->by_start.n)
            qsort(cf->by_start.at, cf->by_start.n, sizeof(*cf->by_start.at), start_compare);
    }
    *n = cf->by_start.n;
    return cf->by_start.at;
}

/* Where `size` bytes are free in a region at or after `from`; 0: nowhere. */
static u64 free_after(struct cf *cf, const struct cf_area *const *areas, u32 n, u64 from, u64 size)
{
    for (u32 r = 0; r < cf->regions.n && r < HINT_REGIONS; r++) {
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

const char *cf_free_hint(struct cf *cf, const struct cf_area *area)
{
    u64 size = ROUND_UP(area->size, (u64)CONF_PAGE);
    u64 from = ROUND_UP(area->start, (u64)CONF_PAGE), at;
    const struct cf_area *const *areas;
    u32 n;

    /* The hypervisor's memory has its place by the build; registers have theirs by the board. */
    if (area->owner == CF_OWNER_HYPERVISOR || area->flags & CONF_AREA_DEVICE || !cf_hint_take())
        return "";
    areas = cf_areas_sorted(cf, &n);
    at = free_after(cf, areas, n, from, size);
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

static void overlap_report(struct cf *cf, const struct cf_area *a, const struct cf_area *b)
{
    bool swap = is_later(a, b);
    const struct cf_area *late = swap ? a : b, *early = swap ? b : a;

    if (cf_unlisted(cf, late->place, CF_RULE_AREA_OVERLAP))
        return;
    cf_report(cf, late->place, CF_RULE_AREA_OVERLAP, "%s overlaps %s (%s)%s",
              cf_area_text(cf, late), cf_area_text(cf, early),
              cf_where(cf, early->place, late->place), cf_free_hint(cf, late));
}

/* Areas of one space, by address. A shared one is compared with those that are not shared only, so
 * that each pair that is looked at is a fault. */
static void space_check(struct cf *cf, const struct cf_area **areas, u32 n)
{
    u32 next = n; /* the first one behind i that is not shared */
    CF_LIST(u32) private = {0};

    for (u32 i = 0; i < n; i++)
        *CF_PUSH(&private) = 0;
    for (u32 i = n; i-- != 0;) {
        private.at[i] = next;
        if (!(areas[i]->flags & CONF_AREA_SHARED))
            next = i;
    }
    for (u32 i = 0; i < n; i++) {
        bool shared = areas[i]->flags & CONF_AREA_SHARED;
        u64 end = areas[i]->start + areas[i]->size;
        u32 j = shared ? private.at[i] : i + 1;

        for (u32 k = 0; k < CF_PARTNERS_MAX && j < n && areas[j]->start < end; k++) {
            overlap_report(cf, areas[i], areas[j]);
            j = shared ? private.at[j] : j + 1;
        }
    }
    free(private.at);
}

void cf_check_overlap(struct cf *cf)
{
    CF_LIST(const struct cf_area *) memory = {0}, devices = {0};
    u32 n;
    const struct cf_area *const *areas = cf_areas_sorted(cf, &n);

    for (u32 i = 0; i < n; i++) {
        if (cf->platform->conf->device_space && areas[i]->flags & CONF_AREA_DEVICE)
            *CF_PUSH(&devices) = areas[i];
        else
            *CF_PUSH(&memory) = areas[i];
    }
    space_check(cf, memory.at, memory.n);
    space_check(cf, devices.at, devices.n);
    free(memory.at);
    free(devices.at);
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

/* Where the partition has as much unmapped space behind the area at i; areas are sorted. */
static const char *mapped_hint(struct cf *cf, const struct cf_area **areas, u32 n,
                               const struct cf_area *area)
{
    u64 at = ROUND_UP(area->mapped_at, (u64)CONF_PAGE);
    u64 size = ROUND_UP(area->size, (u64)CONF_PAGE);

    if (!cf_hint_take())
        return "";
    for (u32 i = 0; i < n; i++) {
        u64 end = areas[i]->mapped_at + areas[i]->size;

        if (areas[i] != area && areas[i]->mapped_at < at + size && at < end)
            at = ROUND_UP(end, (u64)CONF_PAGE);
    }
    if (at + size > cf->platform->conf->window_start)
        return "";
    return cf_text("; mappedAt=\"0x%llx\" is free", at);
}

static void mapped_report(struct cf *cf, const struct cf_area **areas, u32 n,
                          const struct cf_area *a, const struct cf_area *b)
{
    bool swap = is_later(a, b);
    const struct cf_area *late = swap ? a : b, *early = swap ? b : a;

    if (cf_unlisted(cf, late->place, CF_RULE_AREA_VIRTUAL_OVERLAP))
        return;
    cf_report(cf, late->place, CF_RULE_AREA_VIRTUAL_OVERLAP,
              "%s is mapped at 0x%llx, over %s mapped at 0x%llx (%s)%s", cf_area_text(cf, late),
              late->mapped_at, cf_area_text(cf, early), early->mapped_at,
              cf_where(cf, early->place, late->place), mapped_hint(cf, areas, n, late));
}

static void mapped_check(struct cf *cf, const struct cf_area **areas, u32 n)
{
    if (n)
        qsort(areas, n, sizeof(*areas), mapped_compare);
    for (u32 i = 0; i < n; i++) {
        u64 end = areas[i]->mapped_at + areas[i]->size;
        u32 last = i + CF_PARTNERS_MAX < n ? i + CF_PARTNERS_MAX : n - 1;

        window_check(cf, areas[i]);
        for (u32 j = i + 1; j <= last && areas[j]->mapped_at < end; j++)
            mapped_report(cf, areas, n, areas[i], areas[j]);
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
        free(mapped.at);
    }
}
