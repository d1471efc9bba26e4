/* SPDX-License-Identifier: Apache-2.0 */
/* conf_verify() against lies: for each check an image, sound but for one fact and with a right sum,
 * must be refused with that check's words. */
/* sources: core/conf/verify_conf.c core/conf/verify_links.c core/conf/verify_memory.c
 * core/conf/platform.c core/conf/pool.c core/lib/crc32c.c */
#include "conf_samples.h"

/* One field with another value, and what must be said about it. */
struct lie {
    const struct conf_header *sample;
    u32 table; /* CONF_TABLES: the header */
    u32 index;
    u32 at;
    u32 size;
    u64 value;
    const char *text;
};

#define LIE_IN(sample, table, index, type, field, value, text)                                     \
    {                                                                                              \
        &sample_##sample.header, table, index, offsetof(struct type, field),                       \
            sizeof(((struct type *)0)->field), value, text                                         \
    }
#define HEAD(field, value, text) LIE_IN(demo, CONF_TABLES, 0, conf_header, field, value, text)
#define DEMO(table, index, type, field, value, text)                                               \
    LIE_IN(demo, table, index, type, field, value, text)
#define EDGES(table, index, type, field, value, text)                                              \
    LIE_IN(edges, table, index, type, field, value, text)

#define RUN "a run of entries is not where it must be"
#define RANGE "a number, an index or a name is out of range"
#define COUNT "a table has too few or too many entries"
#define PAGES "an area is not of whole pages"
#define KIND "a device is of the wrong kind"
#define CH_SOURCE "a channel and its source differ"
#define CH_DEST "a channel and its destination differ"
#define CH_ROOM "a channel has no room, or room of the other kind"

static const struct lie lies[] = {
    HEAD(magic, 1, "not a configuration"),
    HEAD(version, 2, "a configuration of another version"),
    HEAD(size, sizeof(sample_demo) + 8, "the size is out of range"),
    HEAD(name, sizeof(sample_demo.string), "the name is out of range"),
    HEAD(area_start, 0x1001000, "the hypervisor's area is out of range"),
    HEAD(area_size, 45 << 20, "the hypervisor's area is out of range"),
    HEAD(area_size, 0x400800, "the hypervisor's area is out of range"),
    HEAD(area_size, 0x20000, "the hypervisor's area is too small"),
    HEAD(pool_size, 4096, "the pools' size is not what this core needs"),
    HEAD(console, 2, "the hypervisor's device does not exist"),
    HEAD(health_log, 2, "the hypervisor's device does not exist"),
    HEAD(trace, 2, "the hypervisor's device does not exist"),
    HEAD(console, 1, KIND),
    HEAD(health_log, 0, KIND),
    HEAD(trace, 0, KIND),
    HEAD(table[CONF_T_CPU].count, 5, COUNT),
    HEAD(table[CONF_T_CPU].count, 0, COUNT),
    HEAD(table[CONF_T_PARTITION].count, 65, COUNT),
    HEAD(table[CONF_T_VCPU].count, 257, COUNT),
    HEAD(table[CONF_T_STRING].count, 0, COUNT),
    HEAD(table[CONF_T_AREA].offset, 8, "a table is not where it must be"),
    HEAD(table[CONF_T_AREA].count, 0x08000000, "a table ends beyond the image"),
    HEAD(table[CONF_T_STRING].count, 8, "the image is longer than its tables"),
    DEMO(CONF_T_CPU, 0, conf_cpu, first_plan, 1, RUN),
    DEMO(CONF_T_CPU, 0, conf_cpu, n_plans, 3, RUN),
    DEMO(CONF_T_CPU, 0, conf_cpu, n_plans, 1, "entries belong to nothing"),
    DEMO(CONF_T_PLAN, 0, conf_plan, n_spans, 0, RUN),
    DEMO(CONF_T_PARTITION, 1, conf_partition, first_area, 0, RUN),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, n_dests, 0xffffffff, RUN),
    DEMO(CONF_T_PARTITION, 0, conf_partition, flags, 8, RANGE),
    DEMO(CONF_T_PARTITION, 0, conf_partition, name, 63, RANGE),
    DEMO(CONF_T_PARTITION, 0, conf_partition, entry_area, 4, RANGE),
    DEMO(CONF_T_PARTITION, 0, conf_partition, console, 2, RANGE),
    DEMO(CONF_T_PLAN, 0, conf_plan, cpu, 1, RANGE),
    DEMO(CONF_T_SPAN, 0, conf_span, vcpu, 2, RANGE),
    DEMO(CONF_T_VCPU, 0, conf_vcpu, cpu, 1, RANGE),
    DEMO(CONF_T_REGION, 0, conf_region, type, 2, RANGE),
    DEMO(CONF_T_PORT, 0, conf_port, type, 2, RANGE),
    DEMO(CONF_T_PORT, 0, conf_port, direction, 3, RANGE),
    DEMO(CONF_T_PORT, 0, conf_port, channel, 1, RANGE),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, source, 2, RANGE),
    {&sample_demo.header, CONF_T_DEST, 0, 0, 4, 2, RANGE},
    {&sample_demo.header, CONF_T_TARGET, 0, 0, 4, 2, RANGE},
    DEMO(CONF_T_IPVI, 0, conf_ipvi, source, 2, RANGE),
    DEMO(CONF_T_IPVI, 0, conf_ipvi, number, 8, RANGE),
    DEMO(CONF_T_SPAN, 0, conf_span, start, 1, "spans do not follow each other"),
    DEMO(CONF_T_SPAN, 1, conf_span, start, 5000001, "spans do not follow each other"),
    DEMO(CONF_T_SPAN, 0, conf_span, end, 0, "spans do not follow each other"),
    DEMO(CONF_T_SPAN, 2, conf_span, end, 20000001, "spans do not fill the major frame"),
    DEMO(CONF_T_SPAN, 0, conf_span, slot_us, 5001, "a slot's two lengths differ"),
    DEMO(CONF_T_SPAN, 2, conf_span, slot_us, 1, "an idle span has a slot"),
    DEMO(CONF_T_SPAN, 2, conf_span, gap_us, 1, "an idle span has a slot"),
    DEMO(CONF_T_SPAN, 0, conf_span, gap_us, 15001, "a vCPU's next slot is out of place"),
    DEMO(CONF_T_PLAN, 0, conf_plan, frame, 20000001, "spans do not fill the major frame"),
    EDGES(CONF_T_PLAN, 2, conf_plan, cpu, 0, "a slot names a vCPU of another CPU"),
    EDGES(CONF_T_PLAN, 1, conf_plan, cpu, 1, "a plan names another CPU"),
    EDGES(CONF_T_VCPU, 0, conf_vcpu, cpu, 1, "a slot names a vCPU of another CPU"),
    DEMO(CONF_T_SPAN, 1, conf_span, vcpu, 0, "a vCPU has a CPU but no slot"),
    DEMO(CONF_T_VCPU, 0, conf_vcpu, partition, 1, "a vCPU names another partition"),
    DEMO(CONF_T_VCPU, 0, conf_vcpu, number, 1, "a vCPU names another partition"),
    DEMO(CONF_T_PORT, 0, conf_port, partition, 1, "a port names another partition"),
    DEMO(CONF_T_PORT, 0, conf_port, number, 1, "a port names another partition"),
    DEMO(CONF_T_PARTITION, 0, conf_partition, entry_area, 2,
         "the entry area is another partition's"),
    DEMO(CONF_T_PARTITION, 1, conf_partition, entry_area, 1,
         "the entry area is another partition's"),
    DEMO(CONF_T_PARTITION, 1, conf_partition, first_health, 32,
         "a health table is not where it must be"),
    DEMO(CONF_T_PARTITION, 0, conf_partition, hw_lines, 16, "an interrupt line has two owners"),
    EDGES(CONF_T_PARTITION, 1, conf_partition, hw_lines, 32, "an interrupt line has two owners"),
    DEMO(CONF_T_PARTITION, 0, conf_partition, console, 1, KIND),
    DEMO(CONF_T_PARTITION, 0, conf_partition, trace, 0, KIND),
    DEMO(CONF_T_PORT, 0, conf_port, direction, 0, "a port has no direction"),
    DEMO(CONF_T_PORT, 0, conf_port, direction, 1, CH_SOURCE),
    DEMO(CONF_T_PORT, 0, conf_port, type, 0, CH_SOURCE),
    DEMO(CONF_T_PORT, 0, conf_port, channel, CONF_NONE, CH_SOURCE),
    DEMO(CONF_T_PORT, 1, conf_port, direction, 2, CH_DEST),
    EDGES(CONF_T_PORT, 2, conf_port, position, 0, CH_DEST),
    EDGES(CONF_T_PORT, 1, conf_port, position, 1, CH_SOURCE),
    {&sample_edges.header, CONF_T_DEST, 2, 0, 4, 4, CH_DEST},
    EDGES(CONF_T_PORT, 7, conf_port, channel, 1, "a port names a channel that does not name it"),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, message_size, 0, CH_ROOM),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, n_messages, 0, CH_ROOM),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, type, 0, CH_ROOM),
    EDGES(CONF_T_CHANNEL, 1, conf_channel, type, 1, CH_ROOM),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, message_size, 0xffffffff,
         "a channel is larger than the hypervisor's area"),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, n_messages, 0xffffffff,
         "a channel is larger than the hypervisor's area"),
    DEMO(CONF_T_CHANNEL, 0, conf_channel, n_messages, 0x10000,
         "the channels are larger than the hypervisor's area"),
    DEMO(CONF_T_DEVICE, 0, conf_device, type, 0, "a device is of no kind"),
    DEMO(CONF_T_DEVICE, 0, conf_device, type, 4, "a device is of no kind"),
    DEMO(CONF_T_DEVICE, 0, conf_device, id, 2, "there is no such UART"),
    EDGES(CONF_T_IOPORT, 0, conf_ioport, count, 0, "an I/O port is out of range"),
    EDGES(CONF_T_IOPORT, 0, conf_ioport, count, 0xffa1, "an I/O port is out of range"),
    EDGES(CONF_T_IOPORT, 0, conf_ioport, base, 0x10000, "an I/O port is out of range"),
    DEMO(CONF_T_HEALTH, 40, conf_health, action, 11, "a health event has no such action"),
    DEMO(CONF_T_HEALTH, 95, conf_health, log, 2, "a health event has no such action"),
    DEMO(CONF_T_REGION, 0, conf_region, start, 0x800, "a region is not of whole pages"),
    DEMO(CONF_T_REGION, 0, conf_region, size, 1ull << 33, "a region is not of whole pages"),
    EDGES(CONF_T_REGION, 1, conf_region, start, 0x7fff000, "regions overlap, or are not in order"),
    DEMO(CONF_T_REGION, 0, conf_region, size, 0x1000, "the hypervisor's area is out of range"),
    DEMO(CONF_T_DEVICE, 1, conf_device, start, 0x20000000, "a memory block is out of range"),
    DEMO(CONF_T_DEVICE, 1, conf_device, size, 0, "a memory block is out of range"),
    DEMO(CONF_T_DEVICE, 1, conf_device, start, 0x13ff000,
         "a memory block overlaps another or the hypervisor"),
    EDGES(CONF_T_DEVICE, 2, conf_device, start, 0x4001000,
          "a memory block overlaps another or the hypervisor"),
    DEMO(CONF_T_AREA, 0, conf_area, flags, 0x1000, "an area has an unknown flag"),
    DEMO(CONF_T_AREA, 0, conf_area, start, 0x6000800, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, mapped_at, 0x6000800, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, size, 0, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, size, 0xfffffffffffff000ull, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, start, 1ull << 32, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, mapped_at, 0xfff01000, PAGES),
    DEMO(CONF_T_AREA, 0, conf_area, mapped_at, 0xfbe6f000,
         "an area is mapped into the hypervisor's window"),
    DEMO(CONF_T_AREA, 3, conf_area, start, 0x20000000, "an area lies in no region"),
    DEMO(CONF_T_AREA, 0, conf_area, start, 0x13ff000, "an area overlaps what is the hypervisor's"),
    DEMO(CONF_T_AREA, 0, conf_area, start, 0x2300000, "an area overlaps what is the hypervisor's"),
    EDGES(CONF_T_AREA, 4, conf_area, start, 0x5002000, "two areas overlap and are not both shared"),
    DEMO(CONF_T_AREA, 1, conf_area, start, 0x5000000, "areas are not in order"),
    DEMO(CONF_T_AREA, 1, conf_area, mapped_at, 0x6000000, "two areas are mapped to one place"),
    DEMO(CONF_T_AREA, 1, conf_area, start, 0x61ff000, "two areas overlap and are not both shared"),
    DEMO(CONF_T_AREA, 3, conf_area, flags, 4, "two areas overlap and are not both shared"),
    DEMO(CONF_T_AREA, 1, conf_area, flags, 0, "two areas overlap and are not both shared"),
    LIE_IN(aarch64, CONF_T_AREA, 1, conf_area, start, 0x100000,
           "an area overlaps what is the hypervisor's"),
};

static void *table_of(struct conf_header *conf, u32 table)
{
    return (u8 *)conf + conf->table[table].offset;
}

/* A copy in which a table has another number of entries, new ones zero, and the rest has moved. */
static struct conf_header *copy_resized(const struct conf_header *sample, u32 table, u32 count)
{
    struct conf_header head = *sample, *copy;
    u32 end = sizeof(head);

    head.table[table].count = count;
    for (u32 i = 0; i < CONF_TABLES; i++) {
        head.table[i].offset = end;
        end = ROUND_UP(end + head.table[i].count * conf_entry_size[i], 8u);
    }
    head.size = end;
    copy = calloc(1, end);
    assert_non_null(copy);
    *copy = head;
    for (u32 i = 0; i < CONF_TABLES; i++) {
        u32 n = sample->table[i].count < head.table[i].count ? sample->table[i].count
                                                             : head.table[i].count;

        memcpy(table_of(copy, i), (const u8 *)sample + sample->table[i].offset,
               n * conf_entry_size[i]);
    }
    return copy;
}

/* The copy is refused with these words. */
static void refused(struct conf_header *copy, const char *text)
{
    sum_repair(copy, copy->size);
    assert_string_equal(conf_verify(copy, copy->size, CONF_ARCH_X86), text);
}

static void test_each_lie_is_named(void **state)
{
    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(lies); i++) {
        const struct lie *lie = &lies[i];
        struct conf_header *copy = copy_make(lie->sample, lie->sample->size);
        u8 *entry = (u8 *)copy;
        const char *fault;

        if (lie->table != CONF_TABLES)
            entry = (u8 *)table_of(copy, lie->table) + lie->index * conf_entry_size[lie->table];
        memcpy(entry + lie->at, &lie->value, lie->size);
        sum_repair(copy, lie->sample->size);
        fault = conf_verify(copy, lie->sample->size, lie->sample->arch);
        if (!fault || strcmp(fault, lie->text) != 0)
            fail_msg("lie %u: expected '%s', got '%s'", i, lie->text, fault ? fault : "accepted");
        free(copy);
    }
}

/* What a single field cannot say. */
static void test_lies_of_several_fields(void **state)
{
    struct conf_header *copy = copy_make(&sample_demo.header, sample_demo.header.size);
    char *text = table_of(copy, CONF_T_STRING);
    struct conf_area *area = table_of(copy, CONF_T_AREA);

    (void)state;
    text[copy->table[CONF_T_STRING].count - 1] = 'x';
    refused(copy, "the last text has no end");
    text[copy->table[CONF_T_STRING].count - 1] = '\0';

    text[5] = 'x'; /* "demo" runs on into "normal": 11 bytes, then into the next: 23 */
    text[12] = 'x';
    refused(copy, "the name is out of range");
    text[5] = text[12] = '\0';

    area[3].flags |= CONF_AREA_DEVICE; /* of a device, over the LAPIC's page */
    area[3].start = 0xfedf0000;
    area[3].size = 0x11000;
    refused(copy, "an area holds a reserved page");
    free(copy);
}

static void test_frames_of_one_plan_agree(void **state)
{
    struct conf_header *copy = copy_make(&sample_edges.header, sample_edges.header.size);
    struct conf_plan *plan = table_of(copy, CONF_T_PLAN);
    struct conf_span *span = table_of(copy, CONF_T_SPAN);

    (void)state;
    plan[0].frame += 1000;
    span[plan[0].first_span + plan[0].n_spans - 1].end += 1000;
    refused(copy, "the major frames of one plan differ");
    free(copy);
}

/* Two places of a channel that name one port: it agrees with one of them only. */
static void test_port_named_twice(void **state)
{
    struct conf_header *copy = copy_make(&sample_edges.header, sample_edges.header.size);
    u32 *dest = table_of(copy, CONF_T_DEST);

    (void)state;
    dest[1] = dest[2];
    refused(copy, CH_DEST);
    free(copy);
}

static void test_missing_health_table(void **state)
{
    struct conf_header *copy = copy_resized(&sample_demo.header, CONF_T_HEALTH, 2 * CONF_HM_EVENTS);

    (void)state;
    refused(copy, "a health table is missing");
    free(copy);
}

/* As many areas as the window of the control tables holds, and too many. */
static void test_control_tables_in_window(void **state)
{
    static const struct {
        u32 n;
        const char *text;
    } sizes[] = {
        {8000, "the pools' size is not what this core needs"},
        {8200, "control tables are larger than their window"},
    };

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct conf_header *copy = copy_resized(&sample_minimal.header, CONF_T_AREA, sizes[i].n);
        struct conf_partition *partition = table_of(copy, CONF_T_PARTITION);
        struct conf_area *area = table_of(copy, CONF_T_AREA);

        partition->n_areas = sizes[i].n;
        for (u32 j = 0; j < sizes[i].n; j++) {
            area[j].start = area[j].mapped_at = 0x1400000 + j * CONF_PAGE;
            area[j].size = CONF_PAGE;
        }
        refused(copy, sizes[i].text);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_lie_is_named),
        cmocka_unit_test(test_lies_of_several_fields),
        cmocka_unit_test(test_frames_of_one_plan_agree),
        cmocka_unit_test(test_port_named_twice),
        cmocka_unit_test(test_missing_health_table),
        cmocka_unit_test(test_control_tables_in_window),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
