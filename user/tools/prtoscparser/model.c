/* SPDX-License-Identifier: Apache-2.0 */
/* The checked model as JSON (-j), in the format "prtos-model-1" of documentation/model.md: what the
 * description says after all defaults, for programs that show or build it. Called by main.c. */
#include "model.h"

#include <stdlib.h>

static void head_write(struct cf *cf, struct json *json)
{
    json_text(json, "format", "prtos-model-1");
    json_array(json, "files");
    for (u32 i = 0; i < cf->files.n; i++)
        json_text(json, NULL, cf->files.at[i]);
    json_array_end(json);
    json_text(json, "architecture", cf->platform->arch);
    json_text(json, "platform", cf->platform->name);
    json_object(json, "system");
    json_text(json, "name", cf->name);
    json_text(json, "version",
              cf_text("%u.%u.%u", cf->version >> 16, cf->version >> 8 & 255, cf->version & 255));
    json_bool(json, "plan0_reenter", cf->flags & CONF_SYSTEM_PLAN0_REENTER);
    cf_json_where(json, "where", cf->place);
    json_object_end(json);
}

static void hypervisor_write(struct cf *cf, struct json *json)
{
    static const char *const names[] = {"core", "configuration", "pools", "control tables"};
    const u64 sizes[] = {cf->room.core, cf->room.image, cf->room.pools, cf->room.tables};

    json_object(json, "hypervisor");
    cf_json_range(json, cf->hypervisor.start, cf->hypervisor.size);
    cf_json_words(json, "flags", cf_area_words, cf->hypervisor.flags);
    json_number(json, "needed", cf_room_sum(&cf->room));
    json_array(json, "parts");
    for (u32 i = 0; i < ARRAY_SIZE(names); i++) {
        json_object(json, NULL);
        json_text(json, "name", names[i]);
        json_number(json, "size", sizes[i]);
        json_object_end(json);
    }
    json_array_end(json);
    cf_json_use(json, "console", &cf->console);
    cf_json_use(json, "health_log", &cf->health_log);
    cf_json_trace(json, &cf->trace, cf->trace_mask);
    cf_json_health(cf, json, NULL);
    cf_json_where(json, "where", cf->hypervisor.place);
    json_object_end(json);
}

static void memory_write(struct cf *cf, struct json *json)
{
    json_array(json, "regions");
    for (u32 i = 0; i < cf->regions.n; i++) {
        const struct cf_region *region = &cf->regions.at[i];

        json_object(json, NULL);
        json_text(json, "type", region->type == CONF_REGION_RAM ? "ram" : "rom");
        cf_json_range(json, region->start, region->size);
        cf_json_where(json, "where", region->place);
        json_object_end(json);
    }
    json_array_end(json);
    json_array(json, "reserved");
    for (u32 i = 0; i < cf->platform->reserved.n; i++) {
        const struct cf_window *window = &cf->platform->reserved.at[i];

        json_object(json, NULL);
        cf_json_range(json, window->start, window->size);
        json_text(json, "what", window->what);
        json_object_end(json);
    }
    json_array_end(json);
}

static void slots_write(struct cf *cf, struct json *json, const struct cf_plan *plan)
{
    json_array(json, "slots");
    for (u32 i = 0; i < plan->n_slots; i++) {
        const struct cf_slot *slot = &cf->slots.at[plan->first_slot + i];

        json_object(json, NULL);
        json_number(json, "id", slot->id);
        json_number(json, "start", slot->start);
        json_number(json, "end", slot->end);
        json_number(json, "partition", slot->partition);
        json_number(json, "vcpu", slot->vcpu);
        cf_json_where(json, "where", slot->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void plans_write(struct cf *cf, struct json *json, const struct cf_cpu *cpu)
{
    json_array(json, "plans");
    for (u32 i = 0; i < cpu->n_plans; i++) {
        const struct cf_plan *plan = &cf->plans.at[cpu->first_plan + i];

        json_object(json, NULL);
        json_number(json, "id", plan->id);
        json_text(json, "name", plan->name);
        json_number(json, "frame", plan->frame);
        cf_json_where(json, "where", plan->place);
        slots_write(cf, json, plan);
        json_object_end(json);
    }
    json_array_end(json);
}

static void processors_write(struct cf *cf, struct json *json)
{
    json_array(json, "processors");
    for (u32 i = 0; i < cf->cpus.n; i++) {
        const struct cf_cpu *cpu = &cf->cpus.at[i];

        json_object(json, NULL);
        json_number(json, "id", cpu->id);
        json_number(json, "khz", cpu->khz);
        cf_json_where(json, "where", cpu->place);
        plans_write(cf, json, cpu);
        json_object_end(json);
    }
    json_array_end(json);
}

static void devices_write(struct cf *cf, struct json *json)
{
    static const char *const types[] = {
        [0] = "null",
        [CONF_DEV_UART] = "uart",
        [CONF_DEV_VGA] = "vga",
        [CONF_DEV_MEMORY] = "memory-block",
    };

    json_array(json, "devices");
    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *device = &cf->devices.at[i];

        json_object(json, NULL);
        json_text(json, "name", device->name);
        json_text(json, "type", types[device->type]);
        if (device->type == CONF_DEV_UART) {
            json_number(json, "id", device->id);
            json_number(json, "baud", device->baud);
        } else if (device->type == CONF_DEV_MEMORY) {
            cf_json_range(json, device->start, device->size);
        }
        cf_json_where(json, "where", device->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void end_write(struct json *json, const char *key, const struct cf_end *end)
{
    json_object(json, key);
    json_number(json, "partition", end->partition);
    json_text(json, "port", end->port_name);
    json_object_end(json);
}

static void channels_write(struct cf *cf, struct json *json)
{
    json_array(json, "channels");
    for (u32 i = 0; i < cf->channels.n; i++) {
        const struct cf_channel *channel = &cf->channels.at[i];

        json_object(json, NULL);
        json_number(json, "id", i);
        json_text(json, "type", cf_json_type(channel->type));
        json_number(json, "message_size", channel->message_size);
        if (channel->type == CONF_PORT_QUEUING) {
            json_number(json, "messages", channel->n_messages);
            json_null(json, "valid_period");
        } else {
            json_null(json, "messages");
            if (channel->valid_period == CONF_TIME_INFINITE)
                json_text(json, "valid_period", "infinite");
            else
                json_number(json, "valid_period", channel->valid_period);
        }
        end_write(json, "source", &channel->source);
        json_array(json, "destinations");
        for (u32 j = 0; j < channel->n_dests; j++)
            end_write(json, NULL, &cf->dests.at[channel->first_dest + j]);
        json_array_end(json);
        cf_json_where(json, "where", channel->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void ipvis_write(struct cf *cf, struct json *json)
{
    json_array(json, "ipvis");
    for (u32 i = 0; i < cf->ipvis.n; i++) {
        const struct cf_ipvi *ipvi = &cf->ipvis.at[i];

        json_object(json, NULL);
        json_number(json, "id", ipvi->id);
        json_number(json, "source", ipvi->source);
        json_array(json, "destinations");
        for (u32 j = 0; j < ipvi->n_targets; j++)
            json_number(json, NULL, cf->targets.at[ipvi->first_target + j]);
        json_array_end(json);
        cf_json_where(json, "where", ipvi->place);
        json_object_end(json);
    }
    json_array_end(json);
}

static void messages_write(struct cf *cf, struct json *json, const char *key,
                           enum cf_severity severity)
{
    json_array(json, key);
    for (u32 i = 0; i < cf->messages.n; i++) {
        const struct cf_message *message = &cf->messages.at[i];

        if (cf_rule_severity(message->rule) != severity)
            continue;
        json_object(json, NULL);
        json_text(json, "rule", cf_rule_id(message->rule));
        json_text(json, "text", message->text);
        cf_json_where(json, "where", message->place);
        json_object_end(json);
    }
    json_array_end(json);
}

char *cf_model_text(struct cf *cf, size_t *length)
{
    char *text = NULL;
    struct json json = {.out = open_memstream(&text, length), .first = true};

    if (!json.out)
        return NULL;
    json_object(&json, NULL);
    head_write(cf, &json);
    hypervisor_write(cf, &json);
    memory_write(cf, &json);
    processors_write(cf, &json);
    devices_write(cf, &json);
    json_array(&json, "partitions");
    for (u32 i = 0; i < cf->partitions.n; i++)
        cf_json_partition(cf, &json, &cf->partitions.at[i]);
    json_array_end(&json);
    channels_write(cf, &json);
    ipvis_write(cf, &json);
    messages_write(cf, &json, "warnings", CF_WARNING);
    messages_write(cf, &json, "notes", CF_NOTE);
    json_object_end(&json);
    if (fclose(json.out) == 0)
        return text;
    free(text);
    return NULL;
}
