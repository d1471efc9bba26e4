/* SPDX-License-Identifier: Apache-2.0 */
/* The model as a configuration image (conf/layout.h): sizes, the place of each table, the fixed
 * parts. The model has passed all checks, except where only sizes are asked for. */
#include "image.h"

#include <stdlib.h>
#include <string.h>

#include "conf/verify.h"
#include "lib/crc32c.h"

/* Bytes that a name takes; unnamed things share the empty string at offset 0. */
static u32 name_size(const char *name)
{
    return name && *name ? (u32)strlen(name) + 1 : 0;
}

static u32 strings_size(const struct cf *cf)
{
    u32 size = 1 + name_size(cf->name);

    for (u32 i = 0; i < cf->plans.n; i++)
        size += name_size(cf->plans.at[i].name);
    for (u32 i = 0; i < cf->partitions.n; i++)
        size += name_size(cf->partitions.at[i].name);
    for (u32 i = 0; i < cf->areas.n; i++)
        size += name_size(cf->areas.at[i].name);
    for (u32 i = 0; i < cf->ports.n; i++)
        size += name_size(cf->ports.at[i].name);
    for (u32 i = 0; i < cf->devices.n; i++)
        size += cf->devices.at[i].type ? name_size(cf->devices.at[i].name) : 0;
    return size;
}

/* Slots and the idle time before, between and behind them. */
static u32 plan_spans(const struct cf *cf, const struct cf_plan *plan)
{
    u64 end = 0;
    u32 n = plan->n_slots;

    for (u32 i = 0; i < plan->n_slots; i++) {
        const struct cf_slot *slot = &cf->slots.at[plan->first_slot + i];

        n += slot->start > end;
        end = slot->end;
    }
    return n + (plan->frame > end || n == 0);
}

static u32 real_devices(const struct cf *cf)
{
    u32 n = 0;

    for (u32 i = 0; i < cf->devices.n; i++)
        n += cf->devices.at[i].type != 0;
    return n;
}

/* Counts of all tables, and from them offsets and the size of the whole. */
static void tables_place(const struct cf *cf, struct conf_header *header)
{
    u32 counts[CONF_TABLES] = {
        [CONF_T_CPU] = cf->cpus.n,
        [CONF_T_PLAN] = cf->plans.n,
        [CONF_T_PARTITION] = cf->partitions.n,
        [CONF_T_VCPU] = cf->vcpus.n,
        [CONF_T_REGION] = cf->regions.n,
        [CONF_T_AREA] = cf->areas.n,
        [CONF_T_PORT] = cf->ports.n,
        [CONF_T_CHANNEL] = cf->channels.n,
        [CONF_T_DEST] = cf->dests.n,
        [CONF_T_IPVI] = cf->ipvis.n,
        [CONF_T_TARGET] = cf->targets.n,
        [CONF_T_HEALTH] = (cf->partitions.n + 1) * CONF_HM_EVENTS,
        [CONF_T_DEVICE] = real_devices(cf),
        [CONF_T_IOPORT] = cf->ioports.n,
        [CONF_T_STRING] = strings_size(cf),
    };
    u32 offset = sizeof(*header);

    for (u32 i = 0; i < cf->plans.n; i++)
        counts[CONF_T_SPAN] += plan_spans(cf, &cf->plans.at[i]);
    for (u32 i = 0; i < CONF_TABLES; i++) {
        header->table[i].offset = offset;
        header->table[i].count = counts[i];
        offset = ROUND_UP(offset + counts[i] * conf_entry_size[i], 8u);
    }
    header->size = offset;
}

u32 cf_image_size(struct cf *cf)
{
    struct conf_header header;

    tables_place(cf, &header);
    return header.size;
}

void *cf_table(struct conf_header *header, enum conf_table_id id)
{
    return (char *)header + header->table[id].offset;
}

u32 cf_string_add(struct cf_image *image, const char *name)
{
    u32 offset = image->strings, size = name_size(name);

    if (!size)
        return 0;
    memcpy((char *)cf_table(image->header, CONF_T_STRING) + offset, name, size);
    image->strings += size;
    return offset;
}

static void header_fill(struct cf *cf, struct cf_image *image)
{
    struct conf_header *header = image->header;
    struct conf_pool_need need;
    struct conf_pool pool;

    header->magic = CONF_MAGIC;
    header->version = CONF_VERSION;
    header->arch = cf->platform->conf->arch;
    header->file_version = cf->version;
    header->name = cf_string_add(image, cf->name);
    header->flags = cf->flags;
    header->area_start = cf->hypervisor.start;
    header->area_size = cf->hypervisor.size;
    header->console = cf->console.device;
    header->health_log = cf->health_log.device;
    header->trace = cf->trace.device;
    header->trace_mask = cf->trace.device == CONF_NONE ? 0 : cf->trace_mask;
    cf_fill_tables(cf, image);
    cf_health_rows(cf, cf_table(header, CONF_T_HEALTH));
    conf_pool_need_of(header, &need);
    conf_pool_layout(&need, &pool);
    header->pool_size = pool.total;
    header->crc = crc32c_with_hole(header, header->size, offsetof(struct conf_header, crc));
}

void *cf_image_build(struct cf *cf, u32 *size)
{
    struct conf_header head = {0};
    struct cf_image image = {.strings = 1};

    tables_place(cf, &head);
    image.header = calloc(1, head.size);
    if (!image.header)
        return NULL;
    *image.header = head;
    header_fill(cf, &image);
    *size = head.size;
    return image.header;
}
