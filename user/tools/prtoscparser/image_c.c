/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration image as C source that compiles to the same bytes (with -Icore): one structure
 * with the tables in their order. Called for -c. */
#include <stdio.h>
#include <stdlib.h>

#include "cf.h"

struct field {
    const char *name;
    u8 at;
    u8 size; /* 2, 4 or 8; 0 ends the list */
};

struct table {
    const char *type;
    const char *name;
    u32 size; /* of an entry */
    const struct field *fields;
};

#define FIELD(type, name)                                                                          \
    {                                                                                              \
#name, offsetof(struct type, name), sizeof(((struct type *)0)->name)                       \
    }
#define FIELDS(name, ...) static const struct field name[] = {__VA_ARGS__, {NULL, 0, 0}}

FIELDS(cpu_fields, FIELD(conf_cpu, first_plan), FIELD(conf_cpu, n_plans), FIELD(conf_cpu, khz));
FIELDS(plan_fields, FIELD(conf_plan, name), FIELD(conf_plan, cpu), FIELD(conf_plan, first_span),
       FIELD(conf_plan, n_spans), FIELD(conf_plan, frame));
FIELDS(span_fields, FIELD(conf_span, start), FIELD(conf_span, end), FIELD(conf_span, vcpu),
       FIELD(conf_span, slot_id), FIELD(conf_span, slot_index), FIELD(conf_span, slot_us),
       FIELD(conf_span, gap_us));
FIELDS(partition_fields, FIELD(conf_partition, name), FIELD(conf_partition, flags),
       FIELD(conf_partition, first_vcpu), FIELD(conf_partition, n_vcpus),
       FIELD(conf_partition, first_area), FIELD(conf_partition, n_areas),
       FIELD(conf_partition, entry_area), FIELD(conf_partition, first_port),
       FIELD(conf_partition, n_ports), FIELD(conf_partition, first_health),
       FIELD(conf_partition, hw_lines), FIELD(conf_partition, first_ioport),
       FIELD(conf_partition, n_ioports), FIELD(conf_partition, console),
       FIELD(conf_partition, trace), FIELD(conf_partition, trace_mask));
FIELDS(vcpu_fields, FIELD(conf_vcpu, partition), FIELD(conf_vcpu, number), FIELD(conf_vcpu, cpu));
FIELDS(region_fields, FIELD(conf_region, start), FIELD(conf_region, size),
       FIELD(conf_region, type));
FIELDS(area_fields, FIELD(conf_area, start), FIELD(conf_area, size), FIELD(conf_area, mapped_at),
       FIELD(conf_area, flags), FIELD(conf_area, name));
FIELDS(port_fields, FIELD(conf_port, partition), FIELD(conf_port, number), FIELD(conf_port, name),
       FIELD(conf_port, type), FIELD(conf_port, direction), FIELD(conf_port, channel),
       FIELD(conf_port, position));
FIELDS(channel_fields, FIELD(conf_channel, type), FIELD(conf_channel, message_size),
       FIELD(conf_channel, n_messages), FIELD(conf_channel, source),
       FIELD(conf_channel, first_dest), FIELD(conf_channel, n_dests),
       FIELD(conf_channel, valid_period));
FIELDS(ipvi_fields, FIELD(conf_ipvi, source), FIELD(conf_ipvi, number),
       FIELD(conf_ipvi, first_target), FIELD(conf_ipvi, n_targets));
FIELDS(health_fields, FIELD(conf_health, action), FIELD(conf_health, log));
FIELDS(device_fields, FIELD(conf_device, type), FIELD(conf_device, id), FIELD(conf_device, name),
       FIELD(conf_device, baud), FIELD(conf_device, start), FIELD(conf_device, size));
FIELDS(ioport_fields, FIELD(conf_ioport, base), FIELD(conf_ioport, count));
FIELDS(header_fields, FIELD(conf_header, magic), FIELD(conf_header, version),
       FIELD(conf_header, crc), FIELD(conf_header, size), FIELD(conf_header, arch),
       FIELD(conf_header, file_version), FIELD(conf_header, name), FIELD(conf_header, flags),
       FIELD(conf_header, area_start), FIELD(conf_header, area_size), FIELD(conf_header, pool_size),
       FIELD(conf_header, console), FIELD(conf_header, health_log), FIELD(conf_header, trace),
       FIELD(conf_header, trace_mask));

#define TABLE(name)                                                                                \
    {                                                                                              \
        "struct conf_" #name, #name, sizeof(struct conf_##name), name##_fields                     \
    }

static const struct table tables[CONF_TABLES] = {
    [CONF_T_CPU] = TABLE(cpu),         [CONF_T_PLAN] = TABLE(plan),
    [CONF_T_SPAN] = TABLE(span),       [CONF_T_PARTITION] = TABLE(partition),
    [CONF_T_VCPU] = TABLE(vcpu),       [CONF_T_REGION] = TABLE(region),
    [CONF_T_AREA] = TABLE(area),       [CONF_T_PORT] = TABLE(port),
    [CONF_T_CHANNEL] = TABLE(channel), [CONF_T_DEST] = {"u32", "dest", sizeof(u32), NULL},
    [CONF_T_IPVI] = TABLE(ipvi),       [CONF_T_TARGET] = {"u32", "target", sizeof(u32), NULL},
    [CONF_T_HEALTH] = TABLE(health),   [CONF_T_DEVICE] = TABLE(device),
    [CONF_T_IOPORT] = TABLE(ioport),   [CONF_T_STRING] = {"char", "string", 1, NULL},
};

static void number_print(FILE *to, const char *at, u32 size)
{
    if (size == 8)
        fprintf(to, "0x%llxull", *(const u64 *)(const void *)at);
    else if (size == 2)
        fprintf(to, "%u", *(const u16 *)(const void *)at);
    else if (*(const u32 *)(const void *)at == CONF_NONE)
        fputs("CONF_NONE", to);
    else
        fprintf(to, "%uu", *(const u32 *)(const void *)at);
}

static void fields_print(FILE *to, const char *entry, const struct field *field)
{
    for (const char *between = ""; field->size; field++, between = ", ") {
        fprintf(to, "%s.%s = ", between, field->name);
        number_print(to, entry + field->at, field->size);
    }
}

static void entries_print(FILE *to, const struct table *table, const char *entry, u32 n)
{
    for (u32 i = 0; i < n; i++, entry += table->size) {
        fprintf(to, "        [%u] = ", i);
        if (table->fields) {
            fputc('{', to);
            fields_print(to, entry, table->fields);
            fputs("},\n", to);
        } else {
            number_print(to, entry, table->size);
            fputs(",\n", to);
        }
    }
}

/* One literal for each text; the last one's NUL is the literal's own. */
static void strings_print(FILE *to, const char *text, u32 n)
{
    fputs("        \"", to);
    for (u32 i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];

        if (!c)
            fputs(i + 1 == n ? "\"" : "\\0\"\n        \"", to);
        else if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
            fprintf(to, "\\%03o", c);
        else
            fputc(c, to);
    }
    fputc('\n', to);
}

static void structure_print(FILE *to, const struct conf_header *conf)
{
    fputs("const struct {\n    struct conf_header header;\n", to);
    for (u32 i = 0; i < CONF_TABLES; i++)
        if (conf->table[i].count)
            fprintf(to, "    _Alignas(8) %s %s[%u];\n", tables[i].type, tables[i].name,
                    conf->table[i].count);
    fputs("} prtos_conf = {\n", to);
}

char *cf_image_source(const struct conf_header *conf, size_t *length)
{
    char *text = NULL;
    FILE *to = open_memstream(&text, length);

    if (!to)
        return NULL;
    fputs("/* Generated by prtoscparser: the tables of a configuration image. */\n"
          "#include \"conf/layout.h\"\n\n",
          to);
    structure_print(to, conf);
    fputs("    .header = {", to);
    fields_print(to, (const char *)conf, header_fields);
    fputs(",\n        .table = {\n", to);
    for (u32 i = 0; i < CONF_TABLES; i++)
        fprintf(to, "            {%uu, %uu}, /* %s */\n", conf->table[i].offset,
                conf->table[i].count, tables[i].name);
    fputs("        },\n    },\n", to);
    for (u32 i = 0; i < CONF_TABLES; i++) {
        const char *at = (const char *)conf + conf->table[i].offset;

        if (!conf->table[i].count)
            continue;
        fprintf(to, "    .%s = %s\n", tables[i].name, i == CONF_T_STRING ? "" : "{");
        if (i == CONF_T_STRING)
            strings_print(to, at, conf->table[i].count);
        else
            entries_print(to, &tables[i], at, conf->table[i].count);
        fputs(i == CONF_T_STRING ? "        ,\n" : "    },\n", to);
    }
    fputs("};\n", to);
    return fclose(to) ? NULL : text;
}
