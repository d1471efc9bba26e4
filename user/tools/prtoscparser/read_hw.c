/* SPDX-License-Identifier: Apache-2.0 */
/* Tree to model: HwDescription. */
#include <string.h>

#include "attr.h"

void cf_read_region(struct cf *cf, xmlNodePtr node, struct cf_region *region)
{
    static const struct cf_word types[] = {
        {"ram", CONF_REGION_RAM},
        {"rom", CONF_REGION_ROM},
        {NULL, 0},
    };

    region->place = cf_place_of(node);
    region->start = cf_attr_address(cf, node, "start", 0);
    region->size = cf_attr_size(cf, node, "size");
    region->type = cf_attr_words(cf, node, "type", types);
    if (!cf_range_fits(cf, region->place, "Region", region->start, region->size))
        region->size = 0;
}

static void region_read(struct cf *cf, xmlNodePtr node)
{
    cf->regions_stated = true;
    cf_read_region(cf, node, CF_PUSH(&cf->regions));
}

static void slot_read(struct cf *cf, xmlNodePtr node)
{
    struct cf_slot *slot = CF_PUSH(&cf->slots);
    u32 errors = cf->n_errors;

    slot->place = cf_place_of(node);
    slot->id = cf_attr_id(cf, node, "id", 0);
    slot->partition = cf_attr_id(cf, node, "partitionId", 0);
    slot->vcpu = cf_attr_id(cf, node, "vCpuId", 0);
    slot->start = cf_attr_time(cf, node, "start");
    slot->end = slot->start + cf_attr_time(cf, node, "duration");
    if (slot->end == slot->start && cf->n_errors != errors)
        slot->end++; /* the fault is reported, the slot is not empty too */
}

static void plan_read(struct cf *cf, xmlNodePtr node, u32 cpu)
{
    struct cf_plan *plan = CF_PUSH(&cf->plans);

    plan->place = cf_place_of(node);
    plan->id = cf_attr_id(cf, node, "id", 0);
    plan->name = cf_attr_name(cf, node, "name", CONF_NAME_MAX);
    plan->stated = cf_attr_time(cf, node, "majorFrame");
    plan->cpu = cpu;
    plan->first_slot = cf->slots.n;
    CF_EACH_CHILD(child, node)
    slot_read(cf, child);
    plan->n_slots = cf->slots.n - plan->first_slot;
}

static void cpu_read(struct cf *cf, xmlNodePtr node)
{
    u32 index = cf->cpus.n;
    struct cf_cpu *cpu = CF_PUSH(&cf->cpus);

    cpu->place = cf_place_of(node);
    cpu->id = cf_attr_id(cf, node, "id", 0);
    cpu->khz = cf_attr_khz(cf, node, "frequency");
    cpu->first_plan = cf->plans.n;
    CF_EACH_CHILD(table, node)
    CF_EACH_CHILD(child, table)
    plan_read(cf, child, index);
    cpu->n_plans = cf->plans.n - cpu->first_plan;
}

static void device_read(struct cf *cf, xmlNodePtr node)
{
    static const struct cf_word types[] = {
        {"MemoryBlock", CONF_DEV_MEMORY},
        {"Uart", CONF_DEV_UART},
        {"Vga", CONF_DEV_VGA},
        {NULL, 0},
    };
    struct cf_device *device = CF_PUSH(&cf->devices);

    device->place = cf_place_of(node);
    device->name = cf_attr_name(cf, node, "name", CONF_NAME_MAX);
    for (u32 i = 0; types[i].word; i++)
        if (cf_is(node, types[i].word))
            device->type = types[i].value;
    if (device->type == CONF_DEV_UART) {
        device->id = cf_attr_id(cf, node, "id", 0);
        device->baud = cf_attr_id(cf, node, "baudRate", 0);
    }
    if (device->type == CONF_DEV_MEMORY) {
        device->start = cf_attr_address(cf, node, "start", 0);
        device->size = cf_attr_size(cf, node, "size");
        if (!cf_range_fits(cf, device->place, "MemoryBlock", device->start, device->size))
            device->size = 0;
    }
}

void cf_read_hardware(struct cf *cf, xmlNodePtr node)
{
    static const struct {
        const char *name;
        void (*read)(struct cf *cf, xmlNodePtr node);
    } tables[] = {
        {"MemoryLayout", region_read},
        {"ProcessorTable", cpu_read},
        {"Devices", device_read},
    };

    CF_EACH_CHILD(table, node)
    for (u32 i = 0; i < ARRAY_SIZE(tables); i++)
        if (cf_is(table, tables[i].name))
            CF_EACH_CHILD(child, table)
    tables[i].read(cf, child);
}
