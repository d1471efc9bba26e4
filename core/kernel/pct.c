/* SPDX-License-Identifier: Apache-2.0 */
/* The control table as a guest finds it when a vCPU starts: every word is written anew, whatever
 * the guest has made of it. Nothing is read back here. */
#include "hv/pct.h"

#include "conf/access.h"
#include "hv/arch.h"
#include "hv/clock.h"
#include "hv/partition.h"
#include "hv/system.h"
#include "hv/port.h"
#include "lib/string.h"

#define MAP_PIECE 4u /* areas written in one piece */

static void text_copy(void *to, const char *text, u32 room)
{
    memset(to, 0, room);
    memcpy(to, text, strlen(text));
}

/* Flags that follow from the configuration. */
static u32 flags_fixed(const struct partition *partition)
{
    u32 flags = 0;

    if (partition->conf->flags & CONF_PARTITION_FP)
        flags |= PRTOS_PART_FP;
    if (partition->system)
        flags |= PRTOS_PART_SYSTEM | partition_count << PRTOS_PART_COUNT_SHIFT;
    return flags;
}

void pct_publish_state(struct vcpu *vcpu)
{
    static const u32 bits[VCPU_STATES] = {[VCPU_HALTED] = PRTOS_PART_HALTED,
                                          [VCPU_READY] = PRTOS_PART_READY,
                                          [VCPU_SUSPENDED] = PRTOS_PART_SUSPENDED};

    vcpu->pct->flags = flags_fixed(vcpu->partition) | bits[vcpu->state];
}

bool pct_reset_map(struct vcpu *vcpu, u32 piece)
{
    const struct partition *partition = vcpu->partition;
    struct prtos_physical_mem_map *map = (void *)(vcpu->pct + 1);
    u32 i = piece * MAP_PIECE;
    u32 end = i + MAP_PIECE;

    for (; i < end && i < partition->conf->n_areas; i++) {
        const struct conf_area *area = &partition->areas[i];

        text_copy(map[i].name, conf_text(system_conf, area->name), sizeof(map[i].name));
        map[i].start_addr = (prtos_address_t)area->start;
        map[i].mapped_at = (prtos_address_t)area->mapped_at;
        map[i].size = (prtos_u_size_t)area->size;
        map[i].flags = area->flags & ~CONF_AREA_DEVICE;
    }
    return i < partition->conf->n_areas;
}

void pct_reset(struct vcpu *vcpu)
{
    const struct partition *partition = vcpu->partition;
    partition_control_table_t *pct = vcpu->pct;

    memset(pct, 0, sizeof(*pct));
    pct->magic = KTHREAD_MAGIC;
    pct->prtos_version = ARCH_ABI_VERSION;
    pct->prtos_abi_version = ARCH_ABI_VERSION;
    pct->prtos_api_version = ARCH_API_VERSION;
    pct->part_ctrl_table_size = partition->pct_stride;
    pct->cpu_khz = clock_khz();
    pct->id = partition->id | vcpu->number << 8;
    pct->num_of_vcpus = partition->n_vcpus;
    pct->hw_irqs = partition->conf->hw_lines;
    pct->num_of_physical_mem_areas = (s32)partition->conf->n_areas;
    pct->num_of_comm_ports = (s32)partition->conf->n_ports;
    text_copy(pct->name, partition->name, sizeof(pct->name));
    pct->clock_offset = (u32)((u8 *)vcpu->clock - (u8 *)pct);
    memset((u8 *)pct + port_bitmap_offset(partition), 0, port_bitmap_size(partition));
    vcpu->clock->magic = PRTOS_CLOCK_MAGIC;
    vcpu->clock->version = PRTOS_CLOCK_VERSION;
    vcpu->clock->mult = clock_scale.mult;
    vcpu->clock->shift = clock_scale.shift;
}
