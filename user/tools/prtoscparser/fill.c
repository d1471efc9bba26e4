/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of the image's tables from the checked model: ids become indexes, times ns, idle time
 * spans of its own. Called by image.c. */
#include "image.h"

#define NS 1000ull

static void cpus_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_cpu *cpu = cf_table(image->header, CONF_T_CPU);

    for (u32 i = 0; i < cf->cpus.n; i++)
        cpu[i] = (struct conf_cpu){
            .first_plan = cf->cpus.at[i].first_plan,
            .n_plans = cf->cpus.at[i].n_plans,
            .khz = cf->cpus.at[i].khz,
        };
}

static u32 slot_vcpu(struct cf *cf, const struct cf_slot *slot)
{
    return cf_partition_by_id(cf, slot->partition)->first_vcpu + slot->vcpu;
}

static struct conf_span span_idle(u64 start, u64 end)
{
    return (struct conf_span){.start = start * NS, .end = end * NS, .vcpu = CONF_NONE};
}

/* Writes the spans of a plan from `span` on and gives their number. */
static u32 spans_fill(struct cf *cf, const struct cf_plan *plan, struct conf_span *span)
{
    u64 end = 0;
    u32 n = 0;

    for (u32 i = 0; i < plan->n_slots; i++) {
        const struct cf_slot *slot = &cf->slots.at[plan->first_slot + i];

        if (slot->start > end)
            span[n++] = span_idle(end, slot->start);
        end = slot->end;
        span[n++] = (struct conf_span){
            .start = slot->start * NS,
            .end = end * NS,
            .vcpu = slot_vcpu(cf, slot),
            .slot_id = slot->id,
            .slot_index = i,
            .slot_us = (u32)(slot->end - slot->start),
        };
    }
    if (plan->frame > end)
        span[n++] = span_idle(end, plan->frame);
    return n;
}

/* How far from each slot its vCPU's next one is: found backwards over two frames. */
static void gaps_fill(const struct conf_plan *plan, struct conf_span *span)
{
    u64 next[CONF_MAX_THREADS] = {0};

    for (u32 frame = 2; frame > 0; frame--)
        for (u32 i = plan->n_spans; i > 0; i--) {
            struct conf_span *slot = &span[i - 1];
            u64 start = (frame - 1) * plan->frame;

            if (slot->vcpu == CONF_NONE)
                continue;
            slot->gap_us = (u32)((next[slot->vcpu] - start - slot->end) / NS);
            next[slot->vcpu] = start + slot->start;
        }
}

static void plans_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_plan *plan = cf_table(image->header, CONF_T_PLAN);
    struct conf_span *span = cf_table(image->header, CONF_T_SPAN);
    u32 n = 0;

    for (u32 i = 0; i < cf->plans.n; i++) {
        plan[i] = (struct conf_plan){
            .name = cf_string_add(image, cf->plans.at[i].name),
            .cpu = cf->plans.at[i].cpu,
            .first_span = n,
            .n_spans = spans_fill(cf, &cf->plans.at[i], span + n),
            .frame = cf->plans.at[i].frame * NS,
        };
        gaps_fill(&plan[i], span + n);
        n += plan[i].n_spans;
    }
}

/* Gives the index of the area that stands first in the file. */
static u32 areas_fill(struct cf *cf, struct cf_image *image, const struct cf_partition *partition)
{
    struct conf_area *area = cf_table(image->header, CONF_T_AREA);
    const struct cf_area *from = cf->areas.at + partition->first_area;
    u32 entry = partition->first_area;

    for (u32 i = 0; i < partition->n_areas; i++) {
        area[partition->first_area + i] = (struct conf_area){
            .start = from[i].start,
            .size = from[i].size,
            .mapped_at = from[i].mapped_at,
            .flags = from[i].flags,
            .name = cf_string_add(image, from[i].name),
        };
        if (from[i].order == 0)
            entry += i;
    }
    return entry;
}

static void partitions_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_partition *partition = cf_table(image->header, CONF_T_PARTITION);

    for (u32 i = 0; i < cf->partitions.n; i++) {
        const struct cf_partition *from = &cf->partitions.at[i];

        partition[i] = (struct conf_partition){
            .name = cf_string_add(image, from->name),
            .flags = from->flags,
            .first_vcpu = from->first_vcpu,
            .n_vcpus = from->n_vcpus,
            .first_area = from->first_area,
            .n_areas = from->n_areas,
            .entry_area = areas_fill(cf, image, from),
            .first_port = from->first_port,
            .n_ports = from->n_ports,
            .first_health = (i + 1) * CONF_HM_EVENTS,
            .hw_lines = cf_lines_mask(cf, from),
            .first_ioport = from->first_ioport,
            .n_ioports = from->n_ioports,
            .console = from->console.device,
            .trace = from->trace.device,
            .trace_mask = from->trace.device == CONF_NONE ? 0 : from->trace_mask,
        };
    }
}

static void vcpus_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_vcpu *vcpu = cf_table(image->header, CONF_T_VCPU);

    for (u32 i = 0; i < cf->vcpus.n; i++)
        vcpu[i] = (struct conf_vcpu){
            .partition = cf->vcpus.at[i].partition,
            .number = cf->vcpus.at[i].number,
            .cpu = cf->vcpus.at[i].cpu,
        };
}

static void regions_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_region *region = cf_table(image->header, CONF_T_REGION);

    for (u32 i = 0; i < cf->regions.n; i++)
        region[i] = (struct conf_region){
            .start = cf->regions.at[i].start,
            .size = cf->regions.at[i].size,
            .type = cf->regions.at[i].type,
        };
}

static void ports_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_port *port = cf_table(image->header, CONF_T_PORT);

    for (u32 i = 0; i < cf->ports.n; i++) {
        const struct cf_port *from = &cf->ports.at[i];

        port[i] = (struct conf_port){
            .partition = from->partition,
            .number = i - cf->partitions.at[from->partition].first_port,
            .name = cf_string_add(image, from->name),
            .type = from->type,
            .direction = from->direction,
            .channel = from->channel,
            .position = from->position,
        };
    }
}

static void channels_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_channel *channel = cf_table(image->header, CONF_T_CHANNEL);
    u32 *dest = cf_table(image->header, CONF_T_DEST);

    for (u32 i = 0; i < cf->channels.n; i++) {
        const struct cf_channel *from = &cf->channels.at[i];

        channel[i] = (struct conf_channel){
            .type = from->type,
            .message_size = from->message_size,
            .n_messages = from->n_messages,
            .source = from->source.port,
            .first_dest = from->first_dest,
            .n_dests = from->n_dests,
            .valid_period = from->valid_period == CONF_TIME_INFINITE ? CONF_TIME_INFINITE
                                                                     : from->valid_period * NS,
        };
    }
    for (u32 i = 0; i < cf->dests.n; i++)
        dest[i] = cf->dests.at[i].port;
}

static void ipvis_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_ipvi *ipvi = cf_table(image->header, CONF_T_IPVI);
    u32 *target = cf_table(image->header, CONF_T_TARGET);

    for (u32 i = 0; i < cf->ipvis.n; i++)
        ipvi[i] = (struct conf_ipvi){
            .source = cf->ipvis.at[i].source,
            .number = cf->ipvis.at[i].id,
            .first_target = cf->ipvis.at[i].first_target,
            .n_targets = cf->ipvis.at[i].n_targets,
        };
    for (u32 i = 0; i < cf->targets.n; i++)
        target[i] = cf->targets.at[i];
}

static void devices_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_device *device = cf_table(image->header, CONF_T_DEVICE);
    struct conf_ioport *ioport = cf_table(image->header, CONF_T_IOPORT);

    for (u32 i = 0; i < cf->devices.n; i++) {
        const struct cf_device *from = &cf->devices.at[i];

        if (from->type)
            *device++ = (struct conf_device){
                .type = from->type,
                .id = from->id,
                .name = cf_string_add(image, from->name),
                .baud = from->baud,
                .start = from->start,
                .size = from->size,
            };
    }
    for (u32 i = 0; i < cf->ioports.n; i++)
        ioport[i] = (struct conf_ioport){cf->ioports.at[i].base, cf->ioports.at[i].count};
}

void cf_fill_tables(struct cf *cf, struct cf_image *image)
{
    cpus_fill(cf, image);
    plans_fill(cf, image);
    partitions_fill(cf, image);
    vcpus_fill(cf, image);
    regions_fill(cf, image);
    ports_fill(cf, image);
    channels_fill(cf, image);
    ipvis_fill(cf, image);
    devices_fill(cf, image);
}
