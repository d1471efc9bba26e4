/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the core's structures from the configuration. Every size was budgeted by conf/pool.c; the
 * assertions here keep the two in step. */
#include "hv/setup.h"

#include <prtos_inc/guest.h>

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hv/port.h"
#include "hv/system.h"
#include "hv/vcpu.h"
#include "lib/string.h"

_Static_assert(sizeof(struct vcpu) <= 4096, "budget: vcpu");
_Static_assert(sizeof(struct partition) <= 512, "budget: partition");
_Static_assert(sizeof(struct port) <= 64, "budget: port");
_Static_assert(sizeof(struct channel) <= 64, "budget: channel");
_Static_assert(sizeof(struct channel_dest) <= 16, "budget: dest");

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

/* What stays the same in a control table for the life of the system. */
static void pct_fill(const struct conf_header *conf, struct vcpu *vcpu, u32 stride)
{
    const struct partition *partition = vcpu->partition;
    partition_control_table_t *pct = vcpu->pct;
    struct prtos_physical_mem_map *map = (void *)(pct + 1);
    u32 n_areas = partition->conf->n_areas;

    pct->magic = KTHREAD_MAGIC;
    pct->prtos_version = ARCH_ABI_VERSION;
    pct->prtos_abi_version = ARCH_ABI_VERSION;
    pct->prtos_api_version = ARCH_API_VERSION;
    pct->part_ctrl_table_size = stride;
    pct->id = partition->id | vcpu->number << 8;
    pct->num_of_vcpus = partition->n_vcpus;
    if (partition->conf->flags & CONF_PARTITION_FP)
        pct->flags |= PRTOS_PART_FP;
    if (partition->system)
        pct->flags |= PRTOS_PART_SYSTEM | partition_count << PRTOS_PART_COUNT_SHIFT;
    pct->hw_irqs = partition->conf->hw_lines;
    pct->num_of_physical_mem_areas = (s32)n_areas;
    pct->num_of_comm_ports = (s32)partition->conf->n_ports;
    memcpy(pct->name, partition->name, strlen(partition->name));
    for (u32 i = 0; i < n_areas; i++) {
        const struct conf_area *area = &partition->areas[i];
        const char *name = conf_text(conf, area->name);

        memcpy(map[i].name, name, strlen(name));
        map[i].start_addr = (prtos_address_t)area->start;
        map[i].mapped_at = (prtos_address_t)area->mapped_at;
        map[i].size = (prtos_u_size_t)area->size;
        map[i].flags = area->flags & ~CONF_AREA_DEVICE;
    }
    pct->clock_offset = stride - ROUND_UP((u32)sizeof(struct prtos_clock), 64u);
    vcpu->clock = (struct prtos_clock *)(void *)((u8 *)pct + pct->clock_offset);
    vcpu->clock->magic = PRTOS_CLOCK_MAGIC;
    vcpu->clock->version = PRTOS_CLOCK_VERSION;
}

static void partition_fill(const struct conf_header *conf, struct partition *partition, u32 id,
                           u8 *pcts)
{
    const struct conf_partition *row = conf_partitions(conf) + id;
    u32 stride = conf_pct_stride(conf_budget_of(conf->arch), row->n_areas, row->n_ports);

    partition->conf = row;
    partition->id = id;
    partition->name = conf_text(conf, row->name);
    partition->vcpus = &vcpus[row->first_vcpu];
    partition->n_vcpus = row->n_vcpus;
    partition->areas = conf_areas(conf) + row->first_area;
    partition->system = row->flags & CONF_PARTITION_SYSTEM;
    partition->pct = arch_core_phys(pcts);
    for (u32 i = 0; i < row->n_vcpus; i++) {
        struct vcpu *vcpu = &partition->vcpus[i];
        u32 cpu = conf_vcpus(conf)[row->first_vcpu + i].cpu;

        vcpu->partition = partition;
        vcpu->number = i;
        vcpu->cpu = cpu == CONF_NONE ? NULL : cpus[cpu];
        vcpu->pct = (void *)(pcts + i * stride);
        pct_fill(conf, vcpu, stride);
        vcpu_init(vcpu);
    }
}

void setup_pools(const struct conf_header *conf, u8 *place, const struct conf_pool *pool)
{
    const struct conf_budget *budget = conf_budget_of(conf->arch);
    u8 *pcts = place + pool->pcts;

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

        partition_fill(conf, &partitions[i], i, pcts);
        pcts += conf_pct_bytes(budget, row->n_vcpus, row->n_areas, row->n_ports);
    }
    ports_init(conf, (struct port *)(void *)(place + pool->ports), place + pool->channels);
}
