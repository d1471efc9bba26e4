/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the core's structures from the configuration. Every size was budgeted by conf/pool.c; the
 * assertions here keep the two in step. */
#include "hv/setup.h"

#include <prtos_inc/guest.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/console.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/system.h"
#include "hv/vcpu.h"
#include "lib/string.h"
#include "lib/text_sum.h"

_Static_assert(sizeof(struct vcpu) <= 4096, "budget: vcpu");
_Static_assert(sizeof(struct partition) <= 512, "budget: partition");
_Static_assert(sizeof(struct port) <= CONF_BUDGET_PORT(sizeof(void *)), "budget: port");
_Static_assert(sizeof(struct channel) <= CONF_BUDGET_CHANNEL(sizeof(void *)), "budget: channel");
_Static_assert(sizeof(struct channel_dest) <= CONF_BUDGET_DEST(sizeof(void *)), "budget: dest");

static struct vcpu *vcpus;
static u8 *devices;

struct vcpu *vcpu_of(u32 index)
{
    return &vcpus[index];
}

u8 *setup_devices(void)
{
    return devices;
}

static void partition_fill(const struct conf_header *conf, struct partition *partition, u32 id,
                           u8 *pcts)
{
    const struct conf_partition *row = conf_partitions(conf) + id;
    u32 stride = conf_pct_stride(conf_budget_of(conf->arch), row->n_areas, row->n_ports);

    partition->conf = row;
    partition->health = conf_healths(conf) + row->first_health;
    partition->id = id;
    partition->name = conf_text(conf, row->name);
    partition->name_sum = text_sum(partition->name, CONF_NAME_MAX);
    partition->vcpus = &vcpus[row->first_vcpu];
    partition->n_vcpus = row->n_vcpus;
    partition->areas = conf_areas(conf) + row->first_area;
    if (row->n_areas) {
        const struct conf_area *last = &partition->areas[row->n_areas - 1];

        partition->page_first = (u32)(partition->areas[0].start / CONF_PAGE);
        partition->page_end = (u32)((last->start + last->size) / CONF_PAGE);
    }
    partition->system = row->flags & CONF_PARTITION_SYSTEM;
    partition->pct = arch_core_phys(pcts);
    partition->pct_stride = stride;
    for (u32 i = 0; i < row->n_vcpus; i++) {
        struct vcpu *vcpu = &partition->vcpus[i];
        u32 cpu = conf_vcpus(conf)[row->first_vcpu + i].cpu;

        vcpu->partition = partition;
        vcpu->console_bits = console_bits(partition->conf->console);
        vcpu->number = i;
        vcpu->index = row->first_vcpu + i;
        vcpu->lines = i ? 0 : row->hw_lines;
        vcpu->cpu = cpus[cpu == CONF_NONE ? 0 : cpu]; /* without a slot it only has a state */
        vcpu->pct = (void *)(pcts + i * stride);
        vcpu->clock =
            (void *)(pcts + i * stride + stride - ROUND_UP(sizeof(struct prtos_clock), 64u));
        vcpu_quiet(vcpu);
        for (u32 piece = 0; vcpu_clear(vcpu, piece); piece++)
            ;
    }
}

static u64 pages_of(const struct partition *partition)
{
    u64 pages = 0;

    for (u32 i = 0; i < partition->conf->n_areas; i++)
        if (!(partition->areas[i].flags & CONF_AREA_DEVICE))
            pages += partition->areas[i].size / CONF_PAGE;
    return pages;
}

void setup_pools(const struct conf_header *conf, u8 *place, const struct conf_pool *pool)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    u8 *pcts = place + pool->pcts;
    u8 *io_map = place + pool->io_maps;
    u8 *pages = place + pool->pages;

    cpu_count = conf_count(conf, CONF_T_CPU);
    for (u32 i = 0; i < cpu_count; i++) {
        cpus[i] = arch_cpu_place(place + pool->cpus + i * budget->cpu);
        cpus[i]->id = i;
    }
    vcpus = (struct vcpu *)(void *)(place + pool->vcpus);
    partitions = (struct partition *)(void *)(place + pool->partitions);
    partition_count = conf_count(conf, CONF_T_PARTITION);
    devices = place + pool->devices;
    for (u32 i = 0; i < partition_count; i++) {
        const struct conf_partition *row = conf_partitions(conf) + i;

        if (row->n_ioports && budget->io_map) {
            arch_ports_init(&partitions[i], row, io_map);
            io_map += budget->io_map;
        }
        partition_fill(conf, &partitions[i], i, pcts);
        partitions[i].pages = (u32 *)(void *)pages;
        partitions[i].pages_bytes =
            (u32)conf_space_bytes(budget, row->n_areas, pages_of(&partitions[i]));
        pages += partitions[i].pages_bytes;
        pcts += conf_pct_bytes(budget, row->n_vcpus, row->n_areas, row->n_ports);
    }
    for (u32 i = 0; i < conf_count(conf, CONF_T_IPVI); i++) {
        const struct conf_ipvi *ipvi = conf_ipvis(conf) + i;

        partitions[ipvi->source].ipvi[ipvi->number] = ipvi;
    }
    ports_init(conf, (struct port *)(void *)(place + pool->ports), place + pool->channels);
}
