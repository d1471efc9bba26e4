/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of a configuration image: regions, areas, memory blocks, and whether what the core keeps
 * fits its area. Called by conf_verify() once each field is in range. Areas of all partitions are
 * compared in one merge by address: areas x (partitions + regions + memory blocks) steps. Areas of
 * one partition as it sees them are compared pair by pair. */
#include <stddef.h>

#include "conf/access.h"
#include "conf/platform.h"
#include "conf/pool.h"
#include "conf/verify_conf.h"

#define AREA_FLAGS 0xfffu

/* A range is two words that stand next to each other in what has one: start and size. */
#define IS_RANGE(type, start, size)                                                                \
    _Static_assert(offsetof(struct type, size) == offsetof(struct type, start) + sizeof(u64),      \
                   "start and size are neighbours")
IS_RANGE(conf_area, start, size);
IS_RANGE(conf_region, start, size);
IS_RANGE(conf_device, start, size);
IS_RANGE(conf_header, area_start, area_size);

enum { START, SIZE };

/* Not empty, of whole pages, below `end`. */
static int range_good(const u64 *range, u64 end)
{
    return range[SIZE] && !((u32)(range[START] | range[SIZE]) % CONF_PAGE) && range[START] < end &&
           range[SIZE] <= end - range[START];
}

static int ranges_meet(const u64 *a, const u64 *b)
{
    return a[START] < b[START] + b[SIZE] && b[START] < a[START] + a[SIZE];
}

static int in_region(const struct conf_header *conf, const u64 *range)
{
    const struct conf_region *region = conf_regions(conf);

    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++)
        if (range[START] >= region[i].start &&
            range[START] + range[SIZE] <= region[i].start + region[i].size)
            return 1;
    return 0;
}

static const char *regions_check(const struct conf_header *conf)
{
    const struct conf_region *region = conf_regions(conf);
    u64 end = conf_platform_of(conf->arch)->address_end, last = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++, region++) {
        if (!range_good(&region->start, end))
            return VERIFY_TEXT("a region is not of whole pages");
        if (region->start < last)
            return VERIFY_TEXT("regions overlap, or are not in order");
        last = region->start + region->size;
    }
    return 0;
}

/* The hypervisor's area and the memory blocks, which no partition may touch. */
static int meets_own(const struct conf_header *conf, u32 n_devices, const u64 *range)
{
    const struct conf_device *device = conf_devices(conf);

    for (u32 i = 0; i < n_devices; i++, device++)
        if (device->type == CONF_DEV_MEMORY && ranges_meet(range, &device->start))
            return 1;
    return ranges_meet(range, &conf->area_start);
}

static const char *own_check(const struct conf_header *conf)
{
    const struct conf_platform *platform = conf_platform_of(conf->arch);
    const struct conf_device *device = conf_devices(conf);

    if (conf->area_start != platform->area_start || conf->area_size > platform->area_max ||
        !range_good(&conf->area_start, platform->address_end) ||
        !in_region(conf, &conf->area_start))
        return VERIFY_TEXT("the hypervisor's area is out of range");
    for (u32 i = 0; i < conf_count(conf, CONF_T_DEVICE); i++, device++) {
        if (device->type != CONF_DEV_MEMORY)
            continue;
        if (!range_good(&device->start, platform->address_end) || !in_region(conf, &device->start))
            return VERIFY_TEXT("a memory block is out of range");
        if (meets_own(conf, i, &device->start))
            return VERIFY_TEXT("a memory block overlaps another or the hypervisor");
    }
    return 0;
}

/* Memory and, where they are numbered apart, device windows. */
static u32 area_space(const struct conf_platform *platform, const struct conf_area *area)
{
    return platform->device_space && (area->flags & CONF_AREA_DEVICE);
}

static const char *area_check(const struct conf_header *conf, const struct conf_area *area)
{
    const struct conf_platform *platform = conf_platform_of(conf->arch);
    const u64 mapped[] = {area->mapped_at, area->size};
    const u64 window[] = {platform->window_start, platform->window_end - platform->window_start};

    if (area->flags & ~AREA_FLAGS)
        return VERIFY_TEXT("an area has an unknown flag");
    if (!range_good(&area->start, platform->address_end) ||
        !range_good(mapped, platform->address_end))
        return VERIFY_TEXT("an area is not of whole pages");
    if (!(area->flags & CONF_AREA_UNMAPPED) && ranges_meet(mapped, window))
        return VERIFY_TEXT("an area is mapped into the hypervisor's window");
    if (!(area->flags & CONF_AREA_DEVICE) && !in_region(conf, &area->start))
        return VERIFY_TEXT("an area lies in no region");
    if (!area_space(platform, area) &&
        meets_own(conf, conf_count(conf, CONF_T_DEVICE), &area->start))
        return VERIFY_TEXT("an area overlaps what is the hypervisor's");
    for (u32 i = 0; i < platform->n_reserved; i++) {
        const u64 page[] = {(u64)platform->reserved_page[i] * CONF_PAGE, CONF_PAGE};

        if (ranges_meet(&area->start, page))
            return VERIFY_TEXT("an area holds a reserved page");
    }
    return 0;
}

static int mapped_meet(const struct conf_area *a, const struct conf_area *b)
{
    const u64 one[] = {a->mapped_at, a->size}, other[] = {b->mapped_at, b->size};

    return !((a->flags | b->flags) & CONF_AREA_UNMAPPED) && ranges_meet(one, other);
}

/* One partition's areas: in order, and apart from each other as it sees them. */
static const char *areas_check(const struct conf_header *conf, const struct conf_area *area, u32 n)
{
    const char *fault = 0;

    for (u32 i = 0; i < n && !fault; i++) {
        fault = area_check(conf, &area[i]);
        if (!fault && i && area[i].start < area[i - 1].start)
            fault = VERIFY_TEXT("areas are not in order");
        for (u32 j = 0; j < i && !fault; j++)
            if (mapped_meet(&area[i], &area[j]))
                fault = VERIFY_TEXT("two areas are mapped to one place");
    }
    return fault;
}

/* The area with the lowest start that the merge has not passed yet, or null at the end. */
static const struct conf_area *merge_next(const struct conf_header *conf, u32 *next)
{
    const struct conf_partition *partition = conf_partitions(conf);
    const struct conf_area *area = conf_areas(conf), *lowest = 0;
    u32 owner = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION); i++) {
        const struct conf_area *first = &area[partition[i].first_area + next[i]];

        if (next[i] == partition[i].n_areas || (lowest && lowest->start <= first->start))
            continue;
        lowest = first;
        owner = i;
    }
    next[owner]++;
    return lowest;
}

/* By address: an area must begin where those before it have ended, shared ones apart. */
static const char *overlap_check(const struct conf_header *conf)
{
    const struct conf_platform *platform = conf_platform_of(conf->arch);
    u32 next[CONF_MAX_PARTITIONS] = {0};
    u64 end[2][2] = {{0, 0}, {0, 0}}; /* by space, then shared or not */
    const struct conf_area *area;

    while ((area = merge_next(conf, next))) {
        u32 shared = area->flags & CONF_AREA_SHARED ? 1 : 0;
        u64 *last = end[area_space(platform, area)];

        if (area->start < last[0] || (!shared && area->start < last[1]))
            return VERIFY_TEXT("two areas overlap and are not both shared");
        if (last[shared] < area->start + area->size)
            last[shared] = area->start + area->size;
    }
    return 0;
}

static const char *channels_room(const struct conf_header *conf, const struct conf_budget *budget)
{
    const struct conf_channel *channel = conf_channels(conf);
    u64 sum = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_CHANNEL); i++) {
        /* Both below 2^31: their product stays far below u64. */
        if (channel[i].message_size > conf->area_size || channel[i].n_messages > conf->area_size)
            return VERIFY_TEXT("a channel is larger than the hypervisor's area");
        sum += conf_channel_bytes(budget, channel[i].message_size, channel[i].n_messages,
                                  channel[i].n_dests);
        if (sum > conf->area_size)
            return VERIFY_TEXT("the channels are larger than the hypervisor's area");
    }
    return 0;
}

/* The sums of conf/pool.h, made safe first: they are computed in the core again. */
static const char *room_check(const struct conf_header *conf)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    const struct conf_partition *partition = conf_partitions(conf);
    const char *fault = channels_room(conf, budget);
    struct conf_pool_need need;
    struct conf_pool pool;

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION) && !fault; i++)
        if (conf_pct_bytes(budget, partition[i].n_vcpus, partition[i].n_areas,
                           partition[i].n_ports) > conf_platform_of(conf->arch)->pct_size)
            fault = VERIFY_TEXT("control tables are larger than their window");
    if (fault)
        return fault;
    conf_pool_need_of(conf, &need);
    conf_pool_layout(&need, &pool);
    if (pool.total != conf->pool_size)
        return VERIFY_TEXT("the pools' size is not what this core needs");
    if (ROUND_UP(budget->core, CONF_PAGE) + ROUND_UP(conf->size, CONF_PAGE) + pool.total >
        conf->area_size)
        return VERIFY_TEXT("the hypervisor's area is too small");
    return 0;
}

const char *conf_verify_memory(const struct conf_header *conf)
{
    const struct conf_partition *partition = conf_partitions(conf);
    const char *fault = regions_check(conf);

    if (!fault)
        fault = own_check(conf);
    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION) && !fault; i++)
        fault = areas_check(conf, conf_areas(conf) + partition[i].first_area, partition[i].n_areas);
    if (!fault)
        fault = overlap_check(conf);
    return fault ? fault : room_check(conf);
}
