/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of a configuration image: regions, areas, memory blocks, and whether what the core keeps
 * fits its area. Called by conf_verify() once each field is in range. Areas of all partitions are
 * compared in one merge by address: areas x (partitions + regions + memory blocks) steps. Areas of
 * one partition as it sees them are compared pair by pair. */
#include "conf/access.h"
#include "conf/platform.h"
#include "conf/pool.h"
#include "conf/verify_conf.h"

#define AREA_FLAGS 0xfffu

/* A non-empty range of whole pages below `end`. */
static int range_good(u64 start, u64 size, u64 end)
{
    return size && !((start | size) % CONF_PAGE) && start < end && size <= end - start;
}

static int ranges_meet(u64 start, u64 size, u64 other, u64 other_size)
{
    return start < other + other_size && other < start + size;
}

static int in_region(const struct conf_header *conf, u64 start, u64 size)
{
    const struct conf_region *region = conf_regions(conf);

    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++)
        if (start >= region[i].start && start + size <= region[i].start + region[i].size)
            return 1;
    return 0;
}

static const char *regions_check(const struct conf_header *conf)
{
    const struct conf_region *region = conf_regions(conf);
    u64 end = conf_platform_of(conf->arch)->address_end, last = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++) {
        if (!range_good(region[i].start, region[i].size, end))
            return VERIFY_TEXT("a region is not of whole pages");
        if (region[i].start < last)
            return VERIFY_TEXT("regions overlap, or are not in order");
        last = region[i].start + region[i].size;
    }
    return 0;
}

/* The hypervisor's area and the memory blocks, which no partition may touch. */
static int meets_own(const struct conf_header *conf, u32 n_devices, u64 start, u64 size)
{
    const struct conf_device *device = conf_devices(conf);

    for (u32 i = 0; i < n_devices; i++)
        if (device[i].type == CONF_DEV_MEMORY &&
            ranges_meet(start, size, device[i].start, device[i].size))
            return 1;
    return ranges_meet(start, size, conf->area_start, conf->area_size);
}

static const char *own_check(const struct conf_header *conf)
{
    const struct conf_platform *platform = conf_platform_of(conf->arch);
    const struct conf_device *device = conf_devices(conf);

    if (conf->area_start != platform->area_start || conf->area_size > platform->area_max ||
        !range_good(conf->area_start, conf->area_size, platform->address_end) ||
        !in_region(conf, conf->area_start, conf->area_size))
        return VERIFY_TEXT("the hypervisor's area is out of range");
    for (u32 i = 0; i < conf_count(conf, CONF_T_DEVICE); i++) {
        if (device[i].type != CONF_DEV_MEMORY)
            continue;
        if (!range_good(device[i].start, device[i].size, platform->address_end) ||
            !in_region(conf, device[i].start, device[i].size))
            return VERIFY_TEXT("a memory block is out of range");
        if (meets_own(conf, i, device[i].start, device[i].size))
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
    u32 memory = !area_space(platform, area);

    if (area->flags & ~AREA_FLAGS)
        return VERIFY_TEXT("an area has an unknown flag");
    if (!range_good(area->start, area->size, platform->address_end) ||
        !range_good(area->mapped_at, area->size, platform->address_end))
        return VERIFY_TEXT("an area is not of whole pages");
    if (!(area->flags & CONF_AREA_UNMAPPED) &&
        ranges_meet(area->mapped_at, area->size, platform->window_start,
                    platform->window_end - platform->window_start))
        return VERIFY_TEXT("an area is mapped into the hypervisor's window");
    if (!(area->flags & CONF_AREA_DEVICE) && !in_region(conf, area->start, area->size))
        return VERIFY_TEXT("an area lies in no region");
    if (memory && meets_own(conf, conf_count(conf, CONF_T_DEVICE), area->start, area->size))
        return VERIFY_TEXT("an area overlaps what is the hypervisor's");
    for (u32 i = 0; i < platform->n_reserved; i++)
        if (ranges_meet(area->start, area->size, (u64)platform->reserved_page[i] * CONF_PAGE,
                        CONF_PAGE))
            return VERIFY_TEXT("an area holds a reserved page");
    return 0;
}

/* One partition's areas: in order, and apart from each other as it sees them. */
static const char *areas_check(const struct conf_header *conf, const struct conf_area *area, u32 n)
{
    const char *fault = 0;

    for (u32 i = 0; i < n && !fault; i++) {
        fault = area_check(conf, &area[i]);
        if (i && area[i].start < area[i - 1].start)
            fault = "areas are not in order";
        for (u32 j = 0; j < i && !fault; j++)
            if (!((area[i].flags | area[j].flags) & CONF_AREA_UNMAPPED) &&
                ranges_meet(area[i].mapped_at, area[i].size, area[j].mapped_at, area[j].size))
                fault = "two areas are mapped to one place";
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
            fault = "control tables are larger than their window";
    if (fault)
        return fault;
    conf_pool_need_of(conf, &need);
    conf_pool_layout(&need, &pool);
    if (pool.total != conf->pool_size)
        return "the pools' size is not what this core needs";
    if (ROUND_UP(budget->core, CONF_PAGE) + ROUND_UP(conf->size, CONF_PAGE) + pool.total >
        conf->area_size)
        return "the hypervisor's area is too small";
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
