/* SPDX-License-Identifier: Apache-2.0 */
/* Follows every index and range of a configuration that conf_verify() accepted, as the core would:
 * a wrong one ends the program under the sanitizers, a wrong link by WALK_DEMAND(). */
#ifndef CONF_WALK_H
#define CONF_WALK_H

#include <stdlib.h>
#include <string.h>

#include "conf/access.h"

#define WALK_DEMAND(condition) ((condition) ? (void)0 : abort())

static inline u32 walk_text(const struct conf_header *conf, u32 offset, u32 max)
{
    u32 length = (u32)strlen(conf_text(conf, offset));

    WALK_DEMAND(length <= max);
    return length;
}

static inline u64 walk_plan(const struct conf_header *conf, const struct conf_plan *plan)
{
    u64 sum = walk_text(conf, plan->name, CONF_NAME_MAX), end = 0;

    for (u32 s = plan->first_span; s < plan->first_span + plan->n_spans; s++) {
        const struct conf_span *span = &conf_spans(conf)[s];

        WALK_DEMAND(span->start == end && span->end > end);
        end = span->end;
        if (span->vcpu != CONF_NONE)
            sum += conf_partitions(conf)[conf_vcpus(conf)[span->vcpu].partition].flags;
    }
    WALK_DEMAND(end == plan->frame);
    return sum;
}

static inline u64 walk_plans(const struct conf_header *conf)
{
    u64 sum = 0;

    for (u32 c = 0; c < conf_count(conf, CONF_T_CPU); c++) {
        const struct conf_cpu *cpu = &conf_cpus(conf)[c];

        for (u32 p = cpu->first_plan; p < cpu->first_plan + cpu->n_plans; p++)
            sum += walk_plan(conf, &conf_plans(conf)[p]);
    }
    return sum;
}

static inline u64 walk_device(const struct conf_header *conf, u32 device)
{
    return device == CONF_NONE ? 0 : conf_devices(conf)[device].start;
}

static inline u64 walk_partition(const struct conf_header *conf, u32 id)
{
    const struct conf_partition *p = &conf_partitions(conf)[id];
    u64 sum = walk_text(conf, p->name, CONF_NAME_MAX) + conf_areas(conf)[p->entry_area].start;

    WALK_DEMAND(p->n_vcpus >= 1 && p->n_vcpus <= CONF_MAX_VCPUS);
    for (u32 i = 0; i < p->n_vcpus; i++) {
        const struct conf_vcpu *vcpu = &conf_vcpus(conf)[p->first_vcpu + i];

        WALK_DEMAND(vcpu->partition == id && vcpu->number == i);
        WALK_DEMAND(vcpu->cpu == CONF_NONE || vcpu->cpu < conf_count(conf, CONF_T_CPU));
    }
    for (u32 i = 0; i < p->n_areas; i++) {
        const struct conf_area *area = &conf_areas(conf)[p->first_area + i];

        WALK_DEMAND(area->size && area->start + area->size > area->start);
        sum += walk_text(conf, area->name, CONF_NAME_MAX);
    }
    for (u32 i = 0; i < p->n_ports; i++) {
        const struct conf_port *port = &conf_ports(conf)[p->first_port + i];

        WALK_DEMAND(port->partition == id && port->number == i);
        sum += walk_text(conf, port->name, CONF_PORT_NAME_MAX);
        if (port->channel != CONF_NONE)
            sum += conf_channels(conf)[port->channel].message_size;
    }
    for (u32 i = 0; i < p->n_ioports; i++)
        sum += conf_ioports(conf)[p->first_ioport + i].base;
    for (u32 i = 0; i < CONF_HM_EVENTS; i++)
        sum += conf_healths(conf)[p->first_health + i].action;
    return sum + walk_device(conf, p->console) + walk_device(conf, p->trace);
}

static inline u64 walk_links(const struct conf_header *conf)
{
    u64 sum = 0;

    for (u32 i = 0; i < conf_count(conf, CONF_T_CHANNEL); i++) {
        const struct conf_channel *c = &conf_channels(conf)[i];

        WALK_DEMAND(conf_ports(conf)[c->source].channel == i);
        for (u32 j = 0; j < c->n_dests; j++)
            WALK_DEMAND(conf_ports(conf)[conf_dests(conf)[c->first_dest + j]].position == j);
    }
    for (u32 i = 0; i < conf_count(conf, CONF_T_IPVI); i++) {
        const struct conf_ipvi *ipvi = &conf_ipvis(conf)[i];

        WALK_DEMAND(ipvi->number < CONF_MAX_IPVI);
        for (u32 j = 0; j < ipvi->n_targets; j++)
            sum += conf_partitions(conf)[conf_targets(conf)[ipvi->first_target + j]].name;
        sum += conf_partitions(conf)[ipvi->source].name;
    }
    return sum;
}

static inline u64 conf_walk(const struct conf_header *conf)
{
    u64 sum = walk_plans(conf) + walk_links(conf) + walk_text(conf, conf->name, CONF_NAME_MAX);

    for (u32 i = 0; i < conf_count(conf, CONF_T_PARTITION); i++)
        sum += walk_partition(conf, i);
    for (u32 i = 0; i < CONF_HM_EVENTS; i++)
        sum += conf_healths(conf)[i].action;
    for (u32 i = 0; i < conf_count(conf, CONF_T_REGION); i++)
        sum += conf_regions(conf)[i].start;
    for (u32 i = 0; i < conf_count(conf, CONF_T_DEVICE); i++)
        sum += walk_text(conf, conf_devices(conf)[i].name, CONF_NAME_MAX);
    return sum + walk_device(conf, conf->console) + walk_device(conf, conf->health_log) +
           walk_device(conf, conf->trace);
}

#endif
