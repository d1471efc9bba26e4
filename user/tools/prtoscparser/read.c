/* SPDX-License-Identifier: Apache-2.0 */
/* Tree to model: the document, the hypervisor, areas and health events. The tree is valid;
 * nothing is judged here but the range of single values. */
#include "attr.h"

#include "value.h"

const struct cf_word cf_area_words[] = {
    {"unmapped", CONF_AREA_UNMAPPED},
    {"shared", CONF_AREA_SHARED},
    {"read-only", CONF_AREA_READONLY},
    {"uncacheable", CONF_AREA_UNCACHEABLE},
    {"rom", CONF_AREA_ROM},
    {"flag0", CONF_AREA_FLAG0},
    {"flag1", CONF_AREA_FLAG0 << 1},
    {"flag2", CONF_AREA_FLAG0 << 2},
    {"flag3", CONF_AREA_FLAG0 << 3},
    {"iommu", CONF_AREA_IOMMU},
    {"device", CONF_AREA_DEVICE},
    {"none", 0},
    {NULL, 0},
};

/* Bit of the audit module. */
static const struct cf_word trace_words[] = {
    {"HYP_IRQS", 1u << 0}, {"HYP_HCALLS", 1u << 1}, {"HYP_SCHED", 1u << 2},
    {"HYP_HM", 1u << 3},   {"HYP_VMM", 1u << 4},    {NULL, 0},
};

static const struct cf_word plan0_words[] = {
    {"never", 0},
    {"reenter", CONF_SYSTEM_PLAN0_REENTER},
    {NULL, 0},
};

void cf_read_area(struct cf *cf, xmlNodePtr node, struct cf_area *area)
{
    area->place = cf_place_of(node);
    area->name = cf_attr_name(cf, node, "name", CONF_NAME_MAX);
    area->start = cf_attr_address(cf, node, "start", 0);
    area->size = cf_attr_size(cf, node, "size");
    area->mapped_at = cf_attr_address(cf, node, "mappedAt", area->start);
    area->flags = cf_attr_words(cf, node, "flags", cf_area_words);
    if (area->name)
        area->flags |= CONF_AREA_TAGGED;
    if (!cf_range_fits(cf, area->place, "Area", area->start, area->size) ||
        !cf_range_fits(cf, area->place, "mappedAt", area->mapped_at, area->size))
        area->size = 0;
}

static const char *word_read(struct cf *cf, xmlNodePtr node, const char *name)
{
    return cf_attr_needed(cf, node, name, cf_attr_text(node, name));
}

void cf_read_events(struct cf *cf, xmlNodePtr node)
{
    CF_EACH_CHILD(child, node)
    {
        struct cf_event *event = CF_PUSH(&cf->events);

        event->place = cf_place_of(child);
        event->name = word_read(cf, child, "name");
        event->action = word_read(cf, child, "action");
        event->log = word_read(cf, child, "log");
    }
}

static void version_read(struct cf *cf, xmlNodePtr node)
{
    const char *text = cf_attr_text(node, "version"), *next = text;

    for (u32 i = 0; text && i < 3; i++) {
        u64 part = 0;

        if (cf_value_decimal(&next, &part) && part > 255)
            cf_report(cf, cf->place, CF_RULE_VALUE_RANGE,
                      "version '%s' is beyond its range: each number is at most 255", text);
        cf->version = cf->version << 8 | (u32)(part & 255);
        if (*next == '.')
            next++;
    }
}

static struct cf_device_use device_use(struct cf *cf, xmlNodePtr node, const char *attribute)
{
    return (struct cf_device_use){
        .place = cf_place_of(node),
        .name = cf_attr_name(cf, node, attribute, CONF_NAME_MAX),
        .what = attribute,
        .device = CONF_NONE,
    };
}

static void hypervisor_area_read(struct cf *cf, xmlNodePtr node)
{
    struct cf_area *area = &cf->hypervisor;

    area->place = cf_place_of(node);
    area->flags = cf_attr_words(cf, node, "flags", cf_area_words);
    cf->area_stated = xmlHasProp(node, BAD_CAST "size") != NULL;
    if (cf->area_stated)
        area->size = cf_attr_size(cf, node, "size");
    if (!cf_range_fits(cf, area->place, "PhysicalMemoryArea", area->start, area->size))
        area->size = 0;
}

static void hypervisor_read(struct cf *cf, xmlNodePtr node)
{
    cf->hypervisor = (struct cf_area){
        .place = cf_place_of(node),
        .start = cf->platform->conf->area_start,
        .owner = CF_OWNER_HYPERVISOR,
    };
    cf->console = device_use(cf, node, "console");
    cf->health_log = device_use(cf, node, "healthMonitorDevice");
    cf->health_log.stores = true;
    cf->flags = cf_attr_words(cf, node, "plan0", plan0_words);
    CF_EACH_CHILD(child, node)
    {
        if (cf_is(child, "PhysicalMemoryArea")) {
            hypervisor_area_read(cf, child);
        } else if (cf_is(child, "HealthMonitor")) {
            cf_read_events(cf, child);
            cf->n_events = cf->events.n;
        } else if (cf_is(child, "Trace")) {
            cf->trace = device_use(cf, child, "device");
            cf->trace.what = "Trace device";
            cf->trace.stores = true;
            cf->trace_mask = cf_attr_words(cf, child, "bitmask", trace_words);
        }
    }
}

static void resident_read(struct cf *cf, xmlNodePtr node)
{
    cf_report(cf, cf_place_of(node), CF_RULE_RESIDENT_SW_IGNORED,
              "ResidentSw has no effect: there is no second boot program, its areas are not "
              "reserved");
}

/* The children in a fixed order, since the hypervisor's events come first. */
void cf_read(struct cf *cf, xmlDocPtr doc)
{
    static const struct {
        const char *name;
        void (*read)(struct cf *cf, xmlNodePtr node);
    } parts[] = {
        {"PRTOSHypervisor", hypervisor_read}, {"ResidentSw", resident_read},
        {"HwDescription", cf_read_hardware},  {"PartitionTable", cf_read_partitions},
        {"Channels", cf_read_channels},
    };
    xmlNodePtr root = xmlDocGetRootElement(doc);

    cf->place = cf_place_of(root);
    cf->name = cf_attr_name(cf, root, "name", CONF_NAME_MAX);
    version_read(cf, root);
    for (u32 i = 0; i < ARRAY_SIZE(parts); i++)
        CF_EACH_CHILD(child, root)
    if (cf_is(child, parts[i].name))
        parts[i].read(cf, child);
}
