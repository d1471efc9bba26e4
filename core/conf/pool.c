/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes and places of everything the core keeps for a configuration. Pure arithmetic. */
#include "conf/pool.h"

#include "conf/access.h"

static const struct conf_budget budget_x86 = {
    .core = 128 * 1024,
    .cpu = 16 * 1024,
    .vcpu = 4096,
    .partition = 512,
    .port = CONF_BUDGET_PORT(4),
    .channel = CONF_BUDGET_CHANNEL(4),
    .dest = CONF_BUDGET_DEST(4),
    .device = 8192,
    .pct = 344,
    .pct_area = 32,
    .pct_word = 4,
    .pct_clock = 64,
    .io_map = 3 * CONF_PAGE,
    .page = 4,
    .table_shift = 22,
};

static const struct conf_budget budget_aarch64 = {
    .core = 256 * 1024,
    .cpu = 16 * 1024,
    .vcpu = 4096,
    .partition = 512,
    .port = CONF_BUDGET_PORT(8),
    .channel = CONF_BUDGET_CHANNEL(8),
    .dest = CONF_BUDGET_DEST(8),
    .device = 8192,
    .pct = 360,
    .pct_area = 48,
    .pct_word = 8,
    .pct_clock = 64,
    .page = 8, /* an entry of a last-level table */
    .space_area = 4 * CONF_PAGE,
    .space = 4 * CONF_PAGE,
    .tables = 8 * CONF_PAGE,
    .table_shift = 21,
};

const struct conf_budget *conf_budget_of(u32 arch)
{
    switch (arch) {
    case CONF_ARCH_X86:
        return &budget_x86;
    case CONF_ARCH_AARCH64:
        return &budget_aarch64;
    default:
        return 0;
    }
}

u32 conf_pct_stride(const struct conf_budget *budget, u32 n_areas, u32 n_ports)
{
    u32 bits = budget->pct_word * 8;
    u32 bitmap = (n_ports + bits - 1) / bits * budget->pct_word;
    u32 head = budget->pct + n_areas * budget->pct_area + bitmap;

    return ROUND_UP(ROUND_UP(head, 8u) + budget->pct_clock, 64u);
}

u32 conf_pct_bytes(const struct conf_budget *budget, u32 n_vcpus, u32 n_areas, u32 n_ports)
{
    return ROUND_UP(n_vcpus * conf_pct_stride(budget, n_areas, n_ports), CONF_PAGE);
}

u64 conf_space_bytes(const struct conf_budget *budget, u32 n_areas, u64 pages)
{
    u64 bytes = pages * budget->page;

    if (!budget->space)
        return bytes;
    /* One page of `space` is for the rest of a table here. */
    return bytes / CONF_PAGE * CONF_PAGE + (u64)n_areas * budget->space_area + budget->space;
}

u64 conf_message_stride(u32 message_size)
{
    return CONF_MESSAGE_HEAD + ROUND_UP((u64)message_size, 16u);
}

u64 conf_channel_bytes(const struct conf_budget *budget, u32 message_size, u32 n_messages,
                       u32 n_dests)
{
    u64 buffers = n_messages ? n_messages : (u64)n_dests + 2;
    u64 head = budget->channel + (u64)n_dests * budget->dest;

    return ROUND_UP(ROUND_UP(head, 16u) + buffers * conf_message_stride(message_size), 64u);
}

void conf_pool_layout(const struct conf_pool_need *need, struct conf_pool *pool)
{
    const struct conf_budget *budget = conf_budget_of(need->arch);
    u64 spans = (need->area_size + (1ull << budget->table_shift) - 1) >> budget->table_shift;

    /* One more span: the area need not start on a multiple of it. */
    pool->cpus = 0;
    pool->vcpus = pool->cpus + (u64)need->n_cpus * budget->cpu;
    pool->partitions = pool->vcpus + (u64)need->n_vcpus * budget->vcpu;
    pool->ports = pool->partitions + (u64)need->n_partitions * budget->partition;
    pool->channels = pool->ports + (u64)need->n_ports * budget->port;
    pool->devices = pool->channels + need->channel_bytes;
    pool->pages = pool->devices + (u64)need->n_devices * budget->device;
    if (budget->space)
        pool->pages = ROUND_UP(pool->pages, (u64)CONF_PAGE);
    pool->tables = ROUND_UP(pool->pages + need->pages * budget->page +
                                (u64)need->n_areas * budget->space_area +
                                (u64)need->n_partitions * budget->space,
                            (u64)CONF_PAGE);
    pool->io_maps = pool->tables + (spans + 1) * CONF_PAGE + budget->tables;
    pool->pcts = pool->io_maps + (u64)need->n_io_maps * budget->io_map;
    pool->total = pool->pcts + need->pct_bytes;
}

void conf_pool_need_of(const struct conf_header *conf, struct conf_pool_need *need)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    const struct conf_channel *channel = conf_channels(conf);
    const struct conf_partition *partition = conf_partitions(conf);
    const struct conf_area *area = conf_areas(conf);

    *need = (struct conf_pool_need){
        .arch = conf->arch,
        .n_cpus = conf->table[CONF_T_CPU].count,
        .n_vcpus = conf->table[CONF_T_VCPU].count,
        .n_partitions = conf->table[CONF_T_PARTITION].count,
        .n_ports = conf->table[CONF_T_PORT].count,
        .n_devices = conf->table[CONF_T_DEVICE].count,
        .n_areas = conf->table[CONF_T_AREA].count,
        .area_size = conf->area_size,
    };
    for (u32 i = 0; i < conf->table[CONF_T_CHANNEL].count; i++)
        need->channel_bytes += conf_channel_bytes(budget, channel[i].message_size,
                                                  channel[i].n_messages, channel[i].n_dests);
    for (u32 i = 0; i < need->n_partitions; i++) {
        need->pct_bytes += conf_pct_bytes(budget, partition[i].n_vcpus, partition[i].n_areas,
                                          partition[i].n_ports);
        need->n_io_maps += partition[i].n_ioports > 0;
    }
    for (u32 i = 0; i < conf->table[CONF_T_AREA].count; i++)
        if (!(area[i].flags & CONF_AREA_DEVICE))
            need->pages += area[i].size / CONF_PAGE;
}
