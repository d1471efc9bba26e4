/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of what belongs to a partition besides memory: interrupt lines and I/O ports. */
#include <stdlib.h>

#include "cf.h"

#define N_LINES 32u

static void lines_check(struct cf *cf, const struct cf_partition *partition,
                        const struct cf_partition **owner)
{
    for (u32 i = 0; i < partition->n_lines; i++) {
        u32 line = cf->lines.at[partition->first_line + i];

        if (line >= N_LINES) {
            cf_report(cf, partition->lines_place, CF_RULE_IRQ_LINE,
                      "%s owns line %u, there are lines 0..%u", cf_partition_text(partition), line,
                      N_LINES - 1);
            continue;
        }
        if (cf->platform->reserved_lines >> line & 1)
            cf_report(cf, partition->lines_place, CF_RULE_IRQ_RESERVED,
                      "%s owns line %u, which the hypervisor reserves",
                      cf_partition_text(partition), line);
        if (owner[line] && owner[line] != partition)
            cf_report(cf, partition->lines_place, CF_RULE_IRQ_OWNER,
                      "%s owns line %u, which %s already owns (%s)", cf_partition_text(partition),
                      line, cf_partition_text(owner[line]),
                      cf_where(cf, owner[line]->lines_place, partition->lines_place));
        else
            owner[line] = partition;
    }
}

static bool ranges_meet(u32 base, u32 count, u32 other_base, u32 other_count)
{
    return base < other_base + other_count && other_base < base + count;
}

static void ioport_check(struct cf *cf, const struct cf_partition *partition,
                         const struct cf_ioport *range)
{
    const struct cf_platform *platform = cf->platform;

    if (!platform->has_ports) {
        cf_report(cf, range->place, CF_RULE_SCHEMA,
                  "IoPorts is not expected here: platform %s has no I/O ports", platform->name);
        return;
    }
    if (range->restricted)
        cf_report(cf, range->place, CF_RULE_IOPORT_RESTRICTED,
                  "%s has port 0x%x as Restricted, which is not supported; use Range",
                  cf_partition_text(partition), range->base);
    for (u32 i = 0; i < platform->reserved_ports.n; i++) {
        const struct cf_port_range *reserved = &platform->reserved_ports.at[i];

        if (ranges_meet(range->base, range->count, reserved->base, reserved->count))
            cf_report(cf, range->place, CF_RULE_IOPORT_RESERVED,
                      "%s has ports 0x%x..0x%x, the hypervisor reserves 0x%x..0x%x (%s)",
                      cf_partition_text(partition), range->base, range->base + range->count - 1,
                      reserved->base, reserved->base + reserved->count - 1, reserved->what);
    }
}

/* A partition's ranges that meet, as one; those of one partition do not meet then. */
struct run {
    u32 base;
    u32 end;
    u32 partition;
    const struct cf_ioport *range; /* the first in the file */
};

static int range_compare(const void *a, const void *b)
{
    const struct cf_ioport *x = *(const struct cf_ioport *const *)a;
    const struct cf_ioport *y = *(const struct cf_ioport *const *)b;

    return x->base != y->base ? (x->base < y->base ? -1 : 1) : (x < y ? -1 : x > y);
}

static int run_compare(const void *a, const void *b)
{
    const struct run *x = a, *y = b;

    return x->base != y->base ? (x->base < y->base ? -1 : 1)
                              : (x->range < y->range ? -1 : x->range > y->range);
}

static void shared_report(struct cf *cf, const struct run *a, const struct run *b)
{
    const struct run *late = a->range < b->range ? b : a, *early = late == a ? b : a;

    if (!cf_unlisted(cf, late->range->place, CF_RULE_IOPORT_SHARED))
        cf_report(cf, late->range->place, CF_RULE_IOPORT_SHARED,
                  "ports 0x%x..0x%x of %s are shared with %s (%s): the two are not isolated",
                  late->base, late->end - 1, cf_partition_text(&cf->partitions.at[late->partition]),
                  cf_partition_text(&cf->partitions.at[early->partition]),
                  cf_where(cf, early->range->place, late->range->place));
}

static void shared_check(struct cf *cf)
{
    CF_LIST(struct run) runs = {0};
    CF_LIST(const struct cf_ioport *) own = {0};

    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        own.n = 0;
        for (u32 j = 0; j < partition->n_ioports; j++)
            *CF_PUSH(&own) = &cf->ioports.at[partition->first_ioport + j];
        if (own.n)
            qsort(own.at, own.n, sizeof(*own.at), range_compare);
        for (u32 j = 0; j < own.n; j++) {
            struct run *run = j ? &runs.at[runs.n - 1] : NULL;
            u32 end = own.at[j]->base + own.at[j]->count;

            if (!run || own.at[j]->base >= run->end)
                *CF_PUSH(&runs) = (struct run){own.at[j]->base, end, i, own.at[j]};
            else if (end > run->end)
                run->end = end;
        }
    }
    if (runs.n)
        qsort(runs.at, runs.n, sizeof(*runs.at), run_compare);
    for (u32 i = 0; i < runs.n; i++) {
        u32 last = i + CF_PARTNERS_MAX < runs.n ? i + CF_PARTNERS_MAX : runs.n - 1;

        for (u32 j = i + 1; j <= last && runs.at[j].base < runs.at[i].end; j++)
            shared_report(cf, &runs.at[i], &runs.at[j]);
    }
    free(runs.at);
    free(own.at);
}

static void dma_warn(struct cf *cf, struct cf_place place, const struct cf_partition *partition,
                     const char *what)
{
    cf_report(cf, place, CF_RULE_DMA_CAPABLE,
              "%s reaches %s: a device that does DMA can touch all memory, no IOMMU contains it",
              cf_partition_text(partition), what);
}

static void ioport_dma_check(struct cf *cf, const struct cf_partition *partition,
                             const struct cf_ioport *range)
{
    for (u32 i = 0; i < cf->platform->dma_ports.n; i++) {
        const struct cf_port_range *dma = &cf->platform->dma_ports.at[i];

        if (ranges_meet(range->base, range->count, dma->base, dma->count))
            dma_warn(cf, range->place, partition, dma->what);
    }
}

static void area_dma_check(struct cf *cf, const struct cf_partition *partition,
                           const struct cf_area *area)
{
    const struct cf_platform *platform = cf->platform;
    const struct cf_window *window =
        cf_window_of(platform->windows.at, platform->windows.n, area->start, area->size);

    if (!(area->flags & CONF_AREA_DEVICE) || !area->size)
        return;
    if (window ? window->dma : platform->other_windows)
        dma_warn(cf, area->place, partition,
                 window ? window->what : cf_text("a device at 0x%llx", area->start));
}

void cf_check_resources(struct cf *cf)
{
    const struct cf_partition *owner[N_LINES] = {NULL};

    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        lines_check(cf, partition, owner);
        for (u32 j = 0; j < partition->n_ioports; j++) {
            const struct cf_ioport *range = &cf->ioports.at[partition->first_ioport + j];

            ioport_check(cf, partition, range);
            ioport_dma_check(cf, partition, range);
        }
        for (u32 j = 0; j < partition->n_areas; j++)
            area_dma_check(cf, partition, &cf->areas.at[partition->first_area + j]);
    }
    shared_check(cf);
}

u32 cf_lines_mask(const struct cf *cf, const struct cf_partition *partition)
{
    u32 mask = 0;

    for (u32 i = 0; i < partition->n_lines; i++)
        mask |= 1u << cf->lines.at[partition->first_line + i];
    return mask;
}
