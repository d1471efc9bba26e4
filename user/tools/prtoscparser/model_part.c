/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of the model as JSON that stand in several places, and the partitions. Called by
 * model.c. */
#include "model.h"

void cf_json_where(struct json *json, const char *key, struct cf_place place)
{
    if (place.file == CF_FILE_BUILT_IN) {
        json_null(json, key);
        return;
    }
    json_object(json, key);
    json_number(json, "file", place.file);
    json_number(json, "line", place.line);
    json_object_end(json);
}

void cf_json_range(struct json *json, u64 start, u64 size)
{
    json_number(json, "start", start);
    json_number(json, "size", size);
}

/* The words of `table` whose bits are in `value`. */
void cf_json_words(struct json *json, const char *key, const struct cf_word *table, u32 value)
{
    json_array(json, key);
    for (; table->word; table++)
        if (table->value & value)
            json_text(json, NULL, table->word);
    json_array_end(json);
}

/* A device without effect is none. */
void cf_json_use(struct json *json, const char *key, const struct cf_device_use *use)
{
    json_text(json, key, use->device == CONF_NONE ? NULL : use->name);
}

void cf_json_trace(struct json *json, const struct cf_device_use *use, u32 mask)
{
    json_object(json, "trace");
    cf_json_use(json, "device", use);
    json_number(json, "mask", use->device == CONF_NONE ? 0 : mask);
    json_object_end(json);
}

void cf_json_health(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    struct cf_health_line line;

    json_array(json, "health");
    for (u32 i = 0; cf_health_line(cf, partition, i, &line); i++) {
        if (!line.event)
            continue;
        json_object(json, NULL);
        json_text(json, "event", line.event);
        json_text(json, "action", line.action);
        json_bool(json, "log", line.log);
        json_bool(json, "stated", line.stated);
        json_object_end(json);
    }
    json_array_end(json);
}

static void areas_write(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    json_array(json, "areas");
    for (u32 i = 0; i < partition->n_areas; i++) {
        const struct cf_area *area = &cf->areas.at[partition->first_area + i];

        json_object(json, NULL);
        json_text(json, "name", area->name);
        cf_json_range(json, area->start, area->size);
        json_number(json, "mapped_at", area->mapped_at);
        cf_json_words(json, "flags", cf_area_words, area->flags);
        json_bool(json, "entry", area->order == 0);
        cf_json_where(json, "where", area->place);
        json_object_end(json);
    }
    json_array_end(json);
}

const char *cf_json_type(u32 type)
{
    return type == CONF_PORT_QUEUING ? "queuing" : "sampling";
}

static void ports_write(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    json_array(json, "ports");
    for (u32 i = 0; i < partition->n_ports; i++) {
        const struct cf_port *port = &cf->ports.at[partition->first_port + i];

        json_object(json, NULL);
        json_text(json, "name", port->name);
        json_text(json, "type", cf_json_type(port->type));
        json_text(json, "direction",
                  port->direction == CONF_PORT_SOURCE ? "source" : "destination");
        if (port->channel == CONF_NONE)
            json_null(json, "channel");
        else
            json_number(json, "channel", port->channel);
        cf_json_where(json, "where", port->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void hardware_write(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    u32 lines = cf_lines_mask(cf, partition);

    json_array(json, "lines");
    for (u32 i = 0; i < 32; i++)
        if (lines >> i & 1)
            json_number(json, NULL, i);
    json_array_end(json);
    json_array(json, "ioports");
    for (u32 i = 0; i < partition->n_ioports; i++) {
        const struct cf_ioport *range = &cf->ioports.at[partition->first_ioport + i];

        json_object(json, NULL);
        json_number(json, "base", range->base);
        json_number(json, "count", range->count);
        cf_json_where(json, "where", range->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void vcpus_write(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    json_array(json, "vcpus");
    for (u32 i = 0; i < partition->n_vcpus; i++) {
        const struct cf_vcpu *vcpu = &cf->vcpus.at[partition->first_vcpu + i];

        json_object(json, NULL);
        json_number(json, "id", vcpu->number);
        if (vcpu->cpu == CONF_NONE)
            json_null(json, "processor");
        else
            json_number(json, "processor", vcpu->cpu);
        json_object_end(json);
    }
    json_array_end(json);
}

void cf_json_partition(struct cf *cf, struct json *json, const struct cf_partition *partition)
{
    const struct conf_platform *conf = cf->platform->conf;

    json_object(json, NULL);
    json_number(json, "id", partition->id);
    json_text(json, "name", partition->name);
    cf_json_words(json, "flags", cf_partition_words, partition->flags);
    json_bool(json, "hw_virt", partition->flags & CONF_PARTITION_HW_VIRT);
    cf_json_use(json, "console", &partition->console);
    cf_json_trace(json, &partition->trace, partition->trace_mask);
    json_object(json, "control_table");
    cf_json_range(json, conf->pct_start,
                  conf_pct_bytes(conf_budget_of(conf->arch), partition->n_vcpus, partition->n_areas,
                                 partition->n_ports));
    json_object_end(json);
    vcpus_write(cf, json, partition);
    areas_write(cf, json, partition);
    ports_write(cf, json, partition);
    hardware_write(cf, json, partition);
    cf_json_health(cf, json, partition);
    cf_json_where(json, "where", partition->place);
    json_object_end(json);
}
