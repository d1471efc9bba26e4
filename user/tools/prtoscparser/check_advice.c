/* SPDX-License-Identifier: Apache-2.0 */
/* Warnings about memory, devices and channels: what is correct but can hardly be meant. The last
 * checks; they change nothing. */
#include <stdlib.h>
#include <string.h>

#include "cf.h"

#define UART_PORTS 8u

static const struct cf_region *rom_of(const struct cf *cf, const struct cf_area *area)
{
    for (u32 i = 0; i < cf->regions.n && i < CF_LISTED_MAX; i++) {
        const struct cf_region *region = &cf->regions.at[i];

        if (region->type == CONF_REGION_ROM && area->start >= region->start &&
            area->start - region->start < region->size)
            return region;
    }
    return NULL;
}

static void rom_check(struct cf *cf, const struct cf_area *area, const char *why)
{
    const struct cf_region *region = rom_of(cf, area);

    if (region)
        cf_report(cf, area->place, CF_RULE_AREA_ROM, "%s lies in a region of type rom (%s), but %s",
                  cf_area_text(cf, area), cf_where(cf, region->place, area->place), why);
}

static void entry_check(struct cf *cf, const struct cf_partition *partition)
{
    const struct cf_area *area;
    u32 bad;

    if (!partition->n_areas)
        return;
    area = &cf->areas.at[partition->first_area];
    bad = area->flags & (CONF_AREA_UNMAPPED | CONF_AREA_DEVICE);
    if (bad)
        cf_report(cf, area->place, CF_RULE_ENTRY_AREA,
                  "the first %s is %s: no program can run in it; name another Area first",
                  cf_area_text(cf, area), bad & CONF_AREA_DEVICE ? "of a device" : "unmapped");
    else
        rom_check(cf, area, "the program is loaded into it");
}

static int name_compare(const void *a, const void *b)
{
    const struct cf_area *x = *(const struct cf_area *const *)a;
    const struct cf_area *y = *(const struct cf_area *const *)b;
    int order = strcmp(x->name, y->name);

    return order ? order : (x < y ? -1 : x > y);
}

static void names_check(struct cf *cf, const struct cf_partition *partition)
{
    CF_LIST(const struct cf_area *) named = {0};

    for (u32 i = 0; i < partition->n_areas; i++)
        if (cf->areas.at[partition->first_area + i].name)
            *CF_PUSH(&named) = &cf->areas.at[partition->first_area + i];
    if (named.n)
        qsort(named.at, named.n, sizeof(*named.at), name_compare);
    for (u32 i = 1; i < named.n; i++)
        if (strcmp(named.at[i - 1]->name, named.at[i]->name) == 0 &&
            !cf_unlisted(cf, named.at[i]->place, CF_RULE_AREA_NAME_DUPLICATE))
            cf_report(cf, named.at[i]->place, CF_RULE_AREA_NAME_DUPLICATE,
                      "%s has two areas named '%s' (%s): the program finds the first only",
                      cf_partition_text(partition), named.at[i]->name,
                      cf_where(cf, named.at[i - 1]->place, named.at[i]->place));
    free(named.at);
}

/* Areas flagged shared that nobody shares. */
static void shared_check(struct cf *cf)
{
    u32 n;
    const struct cf_area *const *areas = cf_areas_sorted(cf, &n);
    u64 end = 0; /* of those before */

    for (u32 i = 0; i < n; i++) {
        const struct cf_area *area = areas[i];
        u64 own_end = area->start + area->size;
        bool alone = end <= area->start && (i + 1 == n || areas[i + 1]->start >= own_end);

        if (alone && area->flags & CONF_AREA_SHARED && area->owner < cf->partitions.n &&
            !cf_unlisted(cf, area->place, CF_RULE_SHARED_ALONE))
            cf_report(cf, area->place, CF_RULE_SHARED_ALONE,
                      "%s is shared, but no other area overlaps it", cf_area_text(cf, area));
        end = own_end > end ? own_end : end;
    }
}

/* The declared UART that has this id and a driver, or null. */
static const struct cf_device *uart_find(const struct cf *cf, u32 id)
{
    for (u32 i = 0; i < cf->devices.n && cf->platform->uarts.at[id].driver; i++)
        if (cf->devices.at[i].type == CONF_DEV_UART && cf->devices.at[i].id == id)
            return &cf->devices.at[i];
    return NULL;
}

static void reach_report(struct cf *cf, struct cf_place place, const char *what,
                         const struct cf_device *device)
{
    cf_report(cf, place, CF_RULE_DEVICE_SHARED,
              "%s reaches UART %u, which the hypervisor drives as '%s' (%s)", what, device->id,
              device->name, cf_where(cf, device->place, place));
}

static void uart_check(struct cf *cf, const struct cf_uart *uart, const struct cf_device *device)
{
    for (u32 i = 0; cf->platform->has_ports && i < cf->ioports.n; i++) {
        const struct cf_ioport *range = &cf->ioports.at[i];

        if (range->base < uart->address + UART_PORTS && uart->address < range->base + range->count)
            reach_report(cf, range->place,
                         cf_text("range 0x%x..0x%x", range->base, range->base + range->count - 1),
                         device);
    }
    for (u32 i = 0; !cf->platform->has_ports && i < cf->areas.n; i++) {
        const struct cf_area *area = &cf->areas.at[i];

        if (area->flags & CONF_AREA_DEVICE && uart->address >= area->start &&
            uart->address - area->start < area->size)
            reach_report(cf, area->place, cf_area_text(cf, area), device);
    }
}

/* Bytes that the partition can have a message in. */
static u64 mapped_bytes(const struct cf *cf, const struct cf_partition *partition)
{
    u64 sum = 0;

    for (u32 i = 0; i < partition->n_areas; i++) {
        const struct cf_area *area = &cf->areas.at[partition->first_area + i];

        if (!(area->flags & (CONF_AREA_UNMAPPED | CONF_AREA_DEVICE)))
            sum += area->size;
    }
    return sum;
}

static void end_check(struct cf *cf, const u64 *bytes, const struct cf_channel *channel,
                      const struct cf_end *end)
{
    const struct cf_partition *partition = cf_partition_by_id(cf, end->partition);

    if (partition && channel->message_size > bytes[partition - cf->partitions.at])
        cf_report(cf, end->place, CF_RULE_CHANNEL_MESSAGE_LARGE,
                  "a message of %s (%s) does not fit into the memory of %s: %s are mapped",
                  cf_size_text(channel->message_size), cf_where(cf, channel->place, end->place),
                  cf_partition_text(partition), cf_size_text(bytes[partition - cf->partitions.at]));
}

static void channels_check(struct cf *cf)
{
    CF_LIST(u64) bytes = {0};

    for (u32 i = 0; i < cf->partitions.n; i++)
        *CF_PUSH(&bytes) = mapped_bytes(cf, &cf->partitions.at[i]);
    for (u32 i = 0; i < cf->channels.n; i++) {
        const struct cf_channel *channel = &cf->channels.at[i];

        end_check(cf, bytes.at, channel, &channel->source);
        for (u32 j = 0; j < channel->n_dests; j++)
            end_check(cf, bytes.at, channel, &cf->dests.at[channel->first_dest + j]);
    }
    free(bytes.at);
}

static void trace_check(struct cf *cf, const struct cf_device_use *use, u32 mask)
{
    if (use->device != CONF_NONE && !mask)
        cf_report(cf, use->place, CF_RULE_TRACE_EMPTY,
                  "the bitmask of this Trace is empty: nothing is stored in '%s'", use->name);
}

void cf_check_advice(struct cf *cf)
{
    rom_check(cf, &cf->hypervisor, "the hypervisor writes to it");
    for (u32 i = 0; i < cf->blocks.n; i++)
        rom_check(cf, &cf->blocks.at[i], "the hypervisor writes to it");
    trace_check(cf, &cf->trace, cf->trace_mask);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *partition = &cf->partitions.at[i];

        entry_check(cf, partition);
        names_check(cf, partition);
        trace_check(cf, &partition->trace, partition->trace_mask);
    }
    shared_check(cf);
    channels_check(cf);
    for (u32 i = 0; i < cf->platform->uarts.n; i++) {
        const struct cf_device *device = uart_find(cf, i);

        if (device)
            uart_check(cf, &cf->platform->uarts.at[i], device);
    }
}
