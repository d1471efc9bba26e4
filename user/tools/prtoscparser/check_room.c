/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that what the core keeps for this configuration fits: the hypervisor's area, and each
 * partition's control tables. The container behind them is added by prtospack. */
#include "cf.h"

#define BYTES_MAX (1ull << 40) /* more than any area; keeps the sums below within u64 */

static u64 capped(u64 bytes)
{
    return bytes < BYTES_MAX ? bytes : BYTES_MAX;
}

static u64 channel_bytes(const struct conf_budget *budget, const struct cf_channel *channel)
{
    u64 buffers = channel->n_messages ? channel->n_messages : (u64)channel->n_dests + 2;

    if (buffers > BYTES_MAX / conf_message_stride(channel->message_size))
        return BYTES_MAX;
    return capped(
        conf_channel_bytes(budget, channel->message_size, channel->n_messages, channel->n_dests));
}

static u64 tables_bytes(struct cf *cf, const struct conf_budget *budget,
                        const struct cf_partition *partition)
{
    u64 bytes = conf_pct_bytes(budget, partition->n_vcpus, partition->n_areas, partition->n_ports);
    u64 room = cf->platform->conf->pct_size;

    if (bytes > room)
        cf_report(cf, partition->place, CF_RULE_CONTROL_TABLE_LARGE,
                  "the control tables of %s need %s for %u vCPUs, %u areas and %u ports, there is "
                  "room for %s",
                  cf_partition_text(partition), cf_size_text(bytes), partition->n_vcpus,
                  partition->n_areas, partition->n_ports, cf_size_text(room));
    return bytes;
}

static u32 devices_count(const struct cf *cf)
{
    u32 n = 0;

    for (u32 i = 0; i < cf->devices.n; i++)
        n += cf->devices.at[i].type != 0;
    return n;
}

u64 cf_room_sum(const struct cf_room *room)
{
    return room->core + room->image + room->pools + room->tables;
}

void cf_check_room(struct cf *cf)
{
    const struct cf_area *area = &cf->hypervisor;
    struct conf_pool_need need = {
        .arch = cf->platform->conf->arch,
        .n_cpus = cf->cpus.n,
        .n_vcpus = cf->vcpus.n,
        .n_partitions = cf->partitions.n,
        .n_ports = cf->ports.n,
        .n_devices = devices_count(cf),
        .n_areas = cf->areas.n,
        .area_size = area->size,
    };
    const struct conf_budget *budget = conf_budget_of(need.arch);
    struct conf_pool pool;
    struct cf_room *room = &cf->room;
    u64 sum;

    for (u32 i = 0; i < cf->channels.n; i++)
        need.channel_bytes += channel_bytes(budget, &cf->channels.at[i]);
    for (u32 i = 0; i < cf->partitions.n; i++) {
        need.pct_bytes += tables_bytes(cf, budget, &cf->partitions.at[i]);
        need.n_io_maps += cf->partitions.at[i].n_ioports > 0;
    }
    for (u32 i = 0; i < cf->areas.n; i++)
        if (!(cf->areas.at[i].flags & CONF_AREA_DEVICE))
            need.pages += cf->areas.at[i].size / CONF_PAGE;
    conf_pool_layout(&need, &pool);
    room->core = ROUND_UP((u64)budget->core, (u64)CONF_PAGE);
    room->image = ROUND_UP((u64)cf_image_size(cf), (u64)CONF_PAGE);
    room->pools = pool.pcts;
    room->tables = pool.total - pool.pcts;
    sum = cf_room_sum(room);
    if (area->size && sum > area->size)
        cf_report(cf, area->place, CF_RULE_HYPERVISOR_AREA_SMALL,
                  "the hypervisor's memory has %s, this configuration needs %s%s and the container "
                  "(core %s, configuration %s, pools and control tables %s)",
                  cf_size_text(area->size), sum > BYTES_MAX ? "more than " : "",
                  cf_size_text(sum > BYTES_MAX ? BYTES_MAX : sum), cf_size_text(room->core),
                  cf_size_text(room->image), cf_size_text(pool.total));
}
