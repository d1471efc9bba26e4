/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of packing: core, partitions and their files against the configuration. Called by
 * main.c before anything is written. Each message names the file, the partition and the ranges. */
#include "pack.h"

#include <stdio.h>
#include <string.h>

#include "conf/access.h"
#include "hyp_area.h"
#include "tool.h"

/* [start, start + size) inside [outer, outer + outer_size)? Nothing wraps. */
static int lies_in(u64 start, u64 size, u64 outer, u64 outer_size)
{
    return start >= outer && start - outer <= outer_size && size <= outer_size - (start - outer);
}

static int meet(u64 a, u64 a_size, u64 b, u64 b_size)
{
    return a < b + b_size && b < a + a_size;
}

/* The areas of a partition as text, for messages; at most five are listed. */
static const char *areas_text(const struct conf_header *conf, u32 id, int mapped)
{
    const struct conf_partition *p = &conf_partitions(conf)[id];
    static char text[512];
    size_t used = 0;

    text[0] = 0;
    for (u32 i = 0; i < p->n_areas && i < 5; i++) {
        const struct conf_area *a = &conf_areas(conf)[p->first_area + i];
        u64 start = mapped ? a->mapped_at : a->start;

        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s[0x%llx, 0x%llx)",
                                 i ? ", " : "", start, start + a->size);
    }
    if (p->n_areas > 5)
        snprintf(text + used, sizeof(text) - used, " and %u more", p->n_areas - 5);
    return text;
}

/* The area of the partition that holds the range, by physical or by mapped address; as the core
 * looks for it. */
static const struct conf_area *area_of(const struct conf_header *conf, u32 id, u64 start, u64 size,
                                       int mapped)
{
    const struct conf_partition *p = &conf_partitions(conf)[id];

    for (u32 i = 0; i < p->n_areas; i++) {
        const struct conf_area *a = &conf_areas(conf)[p->first_area + i];

        if (!(a->flags & (CONF_AREA_DEVICE | (mapped ? CONF_AREA_UNMAPPED : 0))) &&
            lies_in(start, size, mapped ? a->mapped_at : a->start, a->size))
            return a;
    }
    return 0;
}

/* Nothing of an image may lie where another partition's memory is, shared or not. */
static void check_foreign(const struct pack *pack, u32 id, const struct pef_file *pef, u32 index)
{
    const struct conf_header *conf = pack->conf;
    const struct pef_segment *s = &pef->segments[index];

    for (u32 other = 0; other < conf_count(conf, CONF_T_PARTITION); other++) {
        const struct conf_partition *p = &conf_partitions(conf)[other];

        for (u32 i = 0; other != id && i < p->n_areas; i++) {
            const struct conf_area *a = &conf_areas(conf)[p->first_area + i];

            if (meet(s->phys, s->mem_size, a->start, a->size))
                tool_error("%s: partition %u (%s): segment %u [0x%llx, 0x%llx) overlaps the area "
                           "[0x%llx, 0x%llx) of partition %u (%s) [segment-overlap]",
                           pef->path, id, conf_text(conf, conf_partitions(conf)[id].name), index,
                           s->phys, s->phys + s->mem_size, a->start, a->start + a->size, other,
                           conf_text(conf, p->name));
        }
    }
}

static void check_segments(const struct pack *pack, u32 id, const struct pef_file *pef)
{
    const struct conf_header *conf = pack->conf;
    const char *name = conf_text(conf, conf_partitions(conf)[id].name);

    for (u32 i = 0; i < pef->header->n_segments; i++) {
        const struct pef_segment *s = &pef->segments[i];
        const struct conf_area *a = area_of(conf, id, s->phys, s->mem_size, 0);

        check_foreign(pack, id, pef, i);
        if (!a)
            tool_error("%s: partition %u (%s): segment %u [0x%llx, 0x%llx) lies in no area of the "
                       "partition; it has %s [segment-area]",
                       pef->path, id, name, i, s->phys, s->phys + s->mem_size,
                       areas_text(conf, id, 0));
        else if (s->virt - a->mapped_at != s->phys - a->start)
            tool_warning("%s: partition %u (%s): segment %u is linked at 0x%llx, but its place is "
                         "mapped at 0x%llx [segment-mapping]",
                         pef->path, id, name, i, s->virt, a->mapped_at + (s->phys - a->start));
    }
}

static void check_custom_count(const struct pef_file *pef, u32 given)
{
    if (given != pef->header->n_customs)
        tool_warning("%s: %u customisation files given, the image declares %u [custom-count]",
                     pef->path, given, pef->header->n_customs);
}

static void check_customs(const struct pack *pack, const struct pack_entry *entry,
                          const struct pef_file *pef)
{
    u32 id = entry->partition;
    const char *name = conf_text(pack->conf, conf_partitions(pack->conf)[id].name);

    check_custom_count(pef, entry->n_customs);
    for (u32 i = 0; i < entry->n_customs; i++) {
        const struct pef_file *file = &pack->files[entry->custom[i]].pef;
        const struct pef_custom *place = &pef->customs[i];
        u64 size = file->segments[0].size;

        if (file->header->kind != PEF_FILE) {
            tool_error("%s: partition %u (%s): a %s, not a customisation file [file-kind]",
                       file->path, id, name, pef_kind_name(file->header->kind));
            continue;
        }
        if (i >= pef->header->n_customs)
            continue;
        if (place->size && size > place->size)
            tool_error("%s: partition %u (%s): %llu bytes, but %s has room for %llu at 0x%llx "
                       "[custom-size]",
                       file->path, id, name, size, pef->path, place->size, place->start);
        if (!area_of(pack->conf, id, place->start, size, 1))
            tool_error("%s: partition %u (%s): its place [0x%llx, 0x%llx) lies in no area of the "
                       "partition; they are mapped at %s [custom-area]",
                       file->path, id, name, place->start, place->start + size,
                       areas_text(pack->conf, id, 1));
    }
}

static void check_versions(const struct pack *pack, const struct pef_file *pef)
{
    const struct pef_header *core;

    if (!pack->has_hypervisor)
        return;
    core = pack->files[pack->hypervisor.file].pef.header;
    if (core->abi_version != pef->header->abi_version ||
        core->api_version != pef->header->api_version)
        tool_warning("%s: made for ABI 0x%06x and API 0x%06x, the core has 0x%06x and 0x%06x: the "
                     "partition will not be started [version]",
                     pef->path, pef->header->abi_version, pef->header->api_version,
                     core->abi_version, core->api_version);
}

static int check_kind(const struct pack *pack, const struct pef_file *pef, u32 kind)
{
    if (pef->header->kind != kind)
        tool_error("%s: a %s, not a %s [file-kind]", pef->path, pef_kind_name(pef->header->kind),
                   pef_kind_name(kind));
    else if (pef->header->arch != pack->conf->arch)
        tool_error("%s: made for %s, the configuration is for %s [architecture]", pef->path,
                   pef_arch_name(pef->header->arch), pef_arch_name(pack->conf->arch));
    else
        return 1;
    return 0;
}

static void check_partition(const struct pack *pack, u32 id)
{
    const struct pack_entry *entry = &pack->partition[id];
    const struct pef_file *pef = &pack->files[entry->file].pef;
    u32 count = conf_count(pack->conf, CONF_T_PARTITION);

    if (id >= count) {
        tool_error("%s: partition %u: the configuration has partitions 0 to %u [partition-id]",
                   pef->path, id, count - 1);
        return;
    }
    if (!check_kind(pack, pef, PEF_PARTITION))
        return;
    check_versions(pack, pef);
    check_segments(pack, id, pef);
    check_customs(pack, entry, pef);
    if (pack->conf->arch == CONF_ARCH_X86)
        pack_check_tables(pack, id, pef);
}

static void check_core(const struct pack *pack, struct pack_file *file)
{
    const struct conf_header *conf = pack->conf;
    const struct pef_file *pef = &file->pef;
    u64 start = conf->area_start + hyp_ram_offset(conf->arch);
    struct hyp_area area;

    if (!check_kind(pack, pef, PEF_HYPERVISOR))
        return;
    for (u32 i = 0; i < pef->header->n_segments; i++) {
        const struct pef_segment *s = &pef->segments[i];

        if (!lies_in(s->phys, s->mem_size, start, conf->area_size))
            tool_error("%s: hypervisor: segment %u [0x%llx, 0x%llx) lies outside its area "
                       "[0x%llx, 0x%llx) [segment-area]",
                       pef->path, i, s->phys, s->phys + s->mem_size, start,
                       start + conf->area_size);
    }
    hyp_area_of(pef, conf, 0, &area);
    if (area.base != start)
        tool_error("%s: hypervisor: the core begins at 0x%llx, its area at 0x%llx [core-start]",
                   pef->path, area.base, start);
    check_custom_count(pef, pack->hypervisor.n_customs);
    for (u32 i = 1; i < pack->hypervisor.n_customs; i++) {
        const struct pef_file *custom = &pack->files[pack->hypervisor.custom[i]].pef;

        if (custom->header->kind != PEF_FILE)
            tool_error("%s: hypervisor: a %s, not a customisation file [file-kind]", custom->path,
                       pef_kind_name(custom->header->kind));
    }
}

static void check_offsets(const struct pack *pack)
{
    for (u32 i = pack->first; i < pack->n_files; i++) {
        const struct pack_file *f = &pack->files[i];

        if (f->wanted != NO_OFFSET && f->wanted != f->offset)
            tool_error("%s: offset 0x%llx cannot be built, the file's place is 0x%llx "
                       "[file-offset]",
                       f->pef.path, f->wanted, f->offset);
    }
}

static void check_sum(struct pack *pack, u64 container_size)
{
    const struct pack_entry *h = &pack->hypervisor;
    const struct pef_file *core = pack->has_hypervisor ? &pack->files[h->file].pef : 0;
    struct hyp_area area;

    if (core && core->header->kind != PEF_HYPERVISOR)
        return;
    hyp_area_of(core, pack->conf, container_size, &area);
    hyp_area_check(&area, pack->conf, pack->files[h->custom[0]].pef.path);
}

/* `> <file> ... ok` for an entry whose checks found nothing. */
static void report(const struct pack *pack, u32 file, unsigned errors_before)
{
    if (tool_errors() == errors_before)
        printf("> %s ... ok\n", pack->files[file].pef.path);
}

void pack_check(struct pack *pack)
{
    unsigned before = tool_errors();
    u64 size;

    if (!pack->hypervisor.n_customs)
        tool_refuse("%s: no configuration behind the core (-h <core.pef>:<conf.pef>) [conf-once]",
                    pack->files[pack->hypervisor.file].pef.path);
    pack->conf = hyp_conf(&pack->files[pack->hypervisor.custom[0]].pef);
    size = pack_layout(pack);
    check_sum(pack, size);
    check_offsets(pack);
    report(pack, pack->hypervisor.custom[0], before);
    if (pack->has_hypervisor) {
        before = tool_errors();
        check_core(pack, &pack->files[pack->hypervisor.file]);
        report(pack, pack->hypervisor.file, before);
    }
    for (u32 id = 0; id < CONF_MAX_PARTITIONS; id++) {
        if (!pack->has_partition[id])
            continue;
        before = tool_errors();
        check_partition(pack, id);
        report(pack, pack->partition[id].file, before);
    }
}
