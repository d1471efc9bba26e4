/* SPDX-License-Identifier: Apache-2.0 */
/* Read-only views of the tables of a verified configuration image. */
#ifndef CONF_ACCESS_H
#define CONF_ACCESS_H

#include "conf/layout.h"

#define CONF_VIEW(type, name, id)                                                                  \
    static inline const type *name(const struct conf_header *conf)                                 \
    {                                                                                              \
        return (const type *)(const void *)((const char *)conf + conf->table[id].offset);          \
    }

CONF_VIEW(struct conf_cpu, conf_cpus, CONF_T_CPU)
CONF_VIEW(struct conf_plan, conf_plans, CONF_T_PLAN)
CONF_VIEW(struct conf_span, conf_spans, CONF_T_SPAN)
CONF_VIEW(struct conf_partition, conf_partitions, CONF_T_PARTITION)
CONF_VIEW(struct conf_vcpu, conf_vcpus, CONF_T_VCPU)
CONF_VIEW(struct conf_region, conf_regions, CONF_T_REGION)
CONF_VIEW(struct conf_area, conf_areas, CONF_T_AREA)
CONF_VIEW(struct conf_port, conf_ports, CONF_T_PORT)
CONF_VIEW(struct conf_channel, conf_channels, CONF_T_CHANNEL)
CONF_VIEW(u32, conf_dests, CONF_T_DEST)
CONF_VIEW(struct conf_ipvi, conf_ipvis, CONF_T_IPVI)
CONF_VIEW(u32, conf_targets, CONF_T_TARGET)
CONF_VIEW(struct conf_health, conf_healths, CONF_T_HEALTH)
CONF_VIEW(struct conf_device, conf_devices, CONF_T_DEVICE)
CONF_VIEW(struct conf_ioport, conf_ioports, CONF_T_IOPORT)
CONF_VIEW(char, conf_strings, CONF_T_STRING)

#undef CONF_VIEW

/* Entries of a table. */
static inline u32 conf_count(const struct conf_header *conf, enum conf_table_id id)
{
    return conf->table[id].count;
}

/* NUL-terminated text at `offset` of the string table. */
static inline const char *conf_text(const struct conf_header *conf, u32 offset)
{
    return conf_strings(conf) + offset;
}

#endif
