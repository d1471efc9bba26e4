/* SPDX-License-Identifier: Apache-2.0 */
/* Tree to model: PartitionTable. */
#include "attr.h"

#include <string.h>

const struct cf_word cf_partition_words[] = {
    {"system", CONF_PARTITION_SYSTEM},
    {"fp", CONF_PARTITION_FP},
    {"none", 0},
    {NULL, 0},
};

static const struct cf_word virt_words[] = {
    {"yes", CONF_PARTITION_HW_VIRT},
    {"true", CONF_PARTITION_HW_VIRT},
    {"no", 0},
    {"false", 0},
    {NULL, 0},
};

static void areas_read(struct cf *cf, xmlNodePtr node, u32 partition)
{
    u32 first = cf->areas.n;

    CF_EACH_CHILD(child, node)
    {
        struct cf_area *area = CF_PUSH(&cf->areas);

        cf_read_area(cf, child, area);
        area->owner = partition;
        area->order = cf->areas.n - 1 - first;
    }
}

static void events_read(struct cf *cf, xmlNodePtr node, u32 partition)
{
    (void)partition;
    cf_read_events(cf, node);
}

static void ports_read(struct cf *cf, xmlNodePtr node, u32 partition)
{
    static const struct cf_word types[] = {
        {"sampling", CONF_PORT_SAMPLING},
        {"queuing", CONF_PORT_QUEUING},
        {NULL, 0},
    };
    static const struct cf_word directions[] = {
        {"source", CONF_PORT_SOURCE},
        {"destination", CONF_PORT_DESTINATION},
        {NULL, 0},
    };

    CF_EACH_CHILD(child, node)
    {
        struct cf_port *port = CF_PUSH(&cf->ports);

        port->place = cf_place_of(child);
        port->name =
            cf_attr_needed(cf, child, "name", cf_attr_name(cf, child, "name", CONF_PORT_NAME_MAX));
        port->type = cf_attr_words(cf, child, "type", types);
        port->direction = cf_attr_words(cf, child, "direction", directions);
        port->partition = partition;
        port->channel = CONF_NONE;
    }
}

static void need_read(struct cf *cf, xmlNodePtr node, u32 partition)
{
    cf->partitions.at[partition].need_place = cf_place_of(node);
    cf->partitions.at[partition].need_period = cf_attr_time(cf, node, "period");
    cf->partitions.at[partition].need_duration = cf_attr_time(cf, node, "duration");
}

static void trace_read(struct cf *cf, xmlNodePtr node, u32 partition)
{
    struct cf_device_use *use = &cf->partitions.at[partition].trace;

    use->place = cf_place_of(node);
    use->name = cf_attr_name(cf, node, "device", CONF_NAME_MAX);
    use->what = "Trace device";
    use->stores = true;
    cf->partitions.at[partition].trace_mask = cf_attr_hex(cf, node, "bitmask");
}

bool cf_ports_fit(struct cf *cf, struct cf_place place, u32 base, u32 count)
{
    if ((u64)base + count <= 0x10000)
        return true;
    cf_report(cf, place, CF_RULE_VALUE_RANGE,
              "%u ports from 0x%x are beyond their range: the last port is 0xffff", count, base);
    return false;
}

static void ioports_read(struct cf *cf, xmlNodePtr node)
{
    CF_EACH_CHILD(child, node)
    {
        struct cf_ioport *range = CF_PUSH(&cf->ioports);

        range->place = cf_place_of(child);
        range->restricted = cf_is(child, "Restricted");
        range->base = cf_attr_hex(cf, child, range->restricted ? "address" : "base");
        range->count = range->restricted ? 1 : cf_attr_id(cf, child, "noPorts", 1);
        if (!cf_ports_fit(cf, range->place, range->base, range->count))
            cf->ioports.n--;
    }
}

static void resources_read(struct cf *cf, xmlNodePtr node, u32 index)
{
    struct cf_partition *partition = &cf->partitions.at[index];

    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "IoPorts")) {
            ioports_read(cf, child);
        } else if (cf_is(child, "Interrupts")) {
            const char *text = cf_attr_text(child, "lines");
            u32 line;

            partition->lines_place = cf_place_of(child);
            while (text && cf_list_next(cf, child, &text, &line))
                *CF_PUSH(&cf->lines) = line;
        }
    }
}

static void attributes_read(struct cf *cf, xmlNodePtr node, struct cf_partition *partition)
{
    partition->place = cf_place_of(node);
    partition->id = cf_attr_id(cf, node, "id", 0);
    partition->name = cf_attr_name(cf, node, "name", CONF_NAME_MAX);
    partition->flags = cf_attr_words(cf, node, "flags", cf_partition_words) |
                       cf_attr_words(cf, node, "hw_virt", virt_words);
    partition->n_vcpus = cf_attr_id(cf, node, "noVCpus", 1);
    partition->console.place = partition->place;
    partition->console.name = cf_attr_name(cf, node, "console", CONF_NAME_MAX);
    partition->console.what = "console";
    partition->console.device = CONF_NONE;
    partition->trace.device = CONF_NONE;
}

void cf_read_partitions(struct cf *cf, xmlNodePtr node)
{
    static const struct {
        const char *name;
        void (*read)(struct cf *cf, xmlNodePtr node, u32 partition);
    } parts[] = {
        {"PhysicalMemoryAreas", areas_read}, {"TemporalRequirements", need_read},
        {"HealthMonitor", events_read},      {"HwResources", resources_read},
        {"PortTable", ports_read},           {"Trace", trace_read},
    };

    CF_EACH_CHILD(child, node)
    {
        u32 index = cf->partitions.n;
        struct cf_partition *partition = CF_PUSH(&cf->partitions);

        attributes_read(cf, child, partition);
        partition->first_area = cf->areas.n;
        partition->first_port = cf->ports.n;
        partition->first_event = cf->events.n;
        partition->first_ioport = cf->ioports.n;
        partition->first_line = cf->lines.n;
        for (u32 i = 0; i < ARRAY_SIZE(parts); i++)
            CF_EACH_CHILD(part, child)
        if (cf_is(part, parts[i].name))
            parts[i].read(cf, part, index);
        partition->n_areas = cf->areas.n - partition->first_area;
        partition->n_ports = cf->ports.n - partition->first_port;
        partition->n_events = cf->events.n - partition->first_event;
        partition->n_ioports = cf->ioports.n - partition->first_ioport;
        partition->n_lines = cf->lines.n - partition->first_line;
    }
}
