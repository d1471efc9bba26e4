/* SPDX-License-Identifier: Apache-2.0 */
/* Makes each call with its pointer at each place; after a refusal nothing may have changed. */
#include <irqs.h>
#include <stdio.h>
#include <string.h>
#include "places.h"

#define DESC(class, id) OBJDESC_BUILD(OBJ_CLASS_##class, 0, id)
#define HM OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)
#define SYSTEM OBJDESC_BUILD(OBJ_CLASS_STATUS, PRTOS_HYPERVISOR_ID, 0)
#define FILL 0x5au

enum { SAY, HEAR, SEND, TAKE, IDLE };

/* Argument `at` is the pointer; `good` is the answer when it may be used as it is used. */
struct subject {
    const char *name;
    prtos_u32_t nr, at, arg[4], size, writes;
    const void *content;
    prtos_s32_t good;
};

static char text[64];
static struct x86_desc_reg gdt_reg, idt_reg;
static struct x86_desc null_desc;
static struct x86_gate null_gate;
static struct x86_tss tss;
static struct prtos_create_sampling_port create = {"say", 64, PRTOS_SOURCE_PORT,
                                                   PRTOS_INFINITE_TIME};
static struct prtos_create_queuing_port create_queue = {"send", 40, 64, PRTOS_SOURCE_PORT};
static prtos_sampling_port_info_t info = {"say", 0, 0, 0};
static prtos_queuing_port_info_t queue_info = {"send", 0, 0, 0, 0};
static char name[16] = "peer";
static prtos_u32_t opmode = PRTOS_OPMODE_NORMAL, room[32], all = ~0u;
static union mem_cmd copy = {{0, PTR2ADDR(text), 0, PTR2ADDR(text), 16}};
static prtos_phys_page_status_t page = {PTR2ADDR(text), 0, 0, 0};

#define OBJECT_CALL(name, nr, desc, size, writes, content, good)                                   \
    {                                                                                              \
        name, nr, 1, {desc, 0, size, 0}, size, writes, content, good                               \
    }
#define COMMAND(name, desc, cmd, size, writes, content, good)                                      \
    {                                                                                              \
        name, ctrl_object_nr, 2, {desc, cmd, 0, 0}, size, writes, content, good                    \
    }
#define STRUCTURE(name, nr, at, first, size, content, good)                                        \
    {                                                                                              \
        name, nr, at, {first, 0, 0, 0}, size, 0, content, good                                     \
    }

static const struct subject subjects[] = {
    {"get_time", get_time_nr, 1, {0, 0, 0, 0}, 8, 1, 0, 0},
    {"get_gid", get_gid_by_name_nr, 0, {0, 0, 0, 0}, 16, 0, name, 1},
    STRUCTURE("load_tss", x86_load_tss_nr, 0, 0, 104, &tss, 0),
    STRUCTURE("load_gdt", x86_load_gdt_nr, 0, 0, 6, &gdt_reg, 0),
    STRUCTURE("load_idtr", x86_load_idtr_nr, 0, 0, 6, &idt_reg, 0),
    STRUCTURE("update_gdt", x86_update_gdt_nr, 1, 9, 8, &null_desc, 0),
    STRUCTURE("update_idt", x86_update_idt_nr, 1, 0x77, 8, &null_gate, 0),
    OBJECT_CALL("console", write_object_nr, DESC(CONSOLE, 0), 64, 0, text, 64),
    OBJECT_CALL("console1", write_object_nr, DESC(CONSOLE, 0), 1, 0, text, 1),
    OBJECT_CALL("say", write_object_nr, DESC(SAMPLING_PORT, SAY), 64, 0, text, 0),
    OBJECT_CALL("hear", read_object_nr, DESC(SAMPLING_PORT, HEAR), 64, 1, 0, 64),
    OBJECT_CALL("hear1", read_object_nr, DESC(SAMPLING_PORT, HEAR), 1, 1, 0, 1),
    OBJECT_CALL("hear-nothing", read_object_nr, DESC(SAMPLING_PORT, IDLE), 64, 1, 0, 0),
    OBJECT_CALL("send", write_object_nr, DESC(QUEUING_PORT, SEND), 64, 0, text, 0),
    OBJECT_CALL("take", read_object_nr, DESC(QUEUING_PORT, TAKE), 64, 1, 0, 64),
    OBJECT_CALL("hm_read", read_object_nr, HM, 36, 1, 0, 36),
    {"hear.flags",
     read_object_nr,
     3,
     {DESC(SAMPLING_PORT, HEAR), PTR2ADDR(room), 64, 0},
     4,
     1,
     0,
     64},
    {"trace", write_object_nr, 1, {DESC(TRACE, 0), 0, 36, PTR2ADDR(&all)}, 36, 0, text, 36},
    {"trace.filter", write_object_nr, 3, {DESC(TRACE, 0), PTR2ADDR(text), 36, 0}, 4, 0, &all, 36},
    OBJECT_CALL("trace_read", read_object_nr, DESC(TRACE, 0), 36, 1, 0, 36),
    COMMAND("trace_status", DESC(TRACE, 0), 0, 12, 1, 0, 0),
    COMMAND("copy", DESC(MEM, 0), 1, 20, 0, &copy, 16),
    COMMAND("page", DESC(STATUS, 0), 3, 8, 1, &page, 0),
    COMMAND("create", DESC(SAMPLING_PORT, 0), 0, 20, 0, &create, -1),
    COMMAND("create_queue", DESC(QUEUING_PORT, 0), 0, 16, 0, &create_queue, -1),
    COMMAND("port_status", DESC(SAMPLING_PORT, SAY), 1, 16, 1, 0, 0),
    COMMAND("queue_status", DESC(QUEUING_PORT, SEND), 1, 4, 1, 0, 0),
    COMMAND("info", DESC(SAMPLING_PORT, 0), 2, 20, 1, &info, 0),
    COMMAND("queue_info", DESC(QUEUING_PORT, 0), 2, 24, 1, &queue_info, 0),
    COMMAND("hm_status", HM, 0, 12, 1, 0, 0),
    COMMAND("status", DESC(STATUS, 0), 0, 64, 1, 0, 0),
    COMMAND("system_status", SYSTEM, 0, 60, 1, 0, 0),
    COMMAND("plan_status", DESC(STATUS, 0), 1, 20, 1, 0, 0),
    COMMAND("vcpu_status", DESC(STATUS, 0), 4, 8, 1, 0, 0),
    COMMAND("opmode", DESC(STATUS, 0), 2, 4, 0, &opmode, 0),
};
#define SUBJECTS (sizeof(subjects) / sizeof(subjects[0]))

static void edge_fill(void)
{
    memset((void *)EDGE, FILL, EDGE_END - EDGE);
    memset((void *)(PCT_BASE + 0xe00), FILL, 0x100);
}

static prtos_u32_t edge_changed(void)
{
    const prtos_u32_t *word = (const prtos_u32_t *)EDGE;
    prtos_u32_t i, changed = 0;

    for (i = 0; i < (EDGE_END - EDGE) / 4; i++)
        changed += word[i] != FILL * 0x01010101u;
    return changed;
}

/* Whether the answer can be told from the place alone: content cannot be put everywhere. */
static prtos_s32_t is_clear(const struct subject *subject, const struct place *place)
{
    return place->allowed != READ_ONLY || subject->writes || !subject->content ||
           subject->content == text || subject->content == &null_desc ||
           subject->content == &null_gate;
}

static void probe(const struct subject *subject, const struct place *place)
{
    prtos_u32_t arg[4], address = place_address(place, subject->size);
    prtos_s32_t may = place->allowed == ALWAYS || (place->allowed == READ_ONLY && !subject->writes);
    prtos_s32_t got;
    char both[48];

    if (!is_clear(subject, place))
        return;
    if (subject->size == 1 &&
        (!strcmp(place->name, "last-byte") || !strcmp(place->name, "two-pages")))
        may = 1;
    if (subject->at == 3 && subject->writes && address == 0)
        may = 1; /* flags may be null, a filter not */
    memcpy(arg, subject->arg, sizeof(arg));
    arg[subject->at] = address;
    edge_fill();
    if (place->own && subject->content)
        memcpy((void *)address, subject->content, subject->size);
    got = call(subject->nr, arg[0], arg[1], arg[2], arg[3], 0);
    if (subject->content == text)
        putchar('\n'); /* the console's line has been written into */
    sprintf(both, "%s.%s", subject->name, place->name);
    check(both, may ? subject->good : PRTOS_INVALID_PARAM, got);
    if (may)
        return;
    sprintf(both, "%s.%s.changed", subject->name, place->name);
    check(both, 0, (prtos_s32_t)edge_changed());
}

/* Places where a call that writes is right: so often something is taken from queue and log. */
static prtos_s32_t good_places(void)
{
    prtos_u32_t i;
    prtos_s32_t n = 0;

    for (i = 0; i < n_places; i++)
        n += places[i].allowed == ALWAYS;
    return n;
}

static void open_ports(void)
{
    prtos_create_sampling_port("say", 64, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME);
    prtos_create_sampling_port("hear", 64, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
    prtos_create_queuing_port("send", 40, 64, PRTOS_SOURCE_PORT);
    prtos_create_queuing_port("take", 40, 64, PRTOS_DESTINATION_PORT);
    prtos_create_sampling_port("idle", 64, PRTOS_DESTINATION_PORT, PRTOS_INFINITE_TIME);
}

/* Names that end where the memory ends, and do not. */
static void check_names(void)
{
    struct prtos_create_sampling_port at = {0, 64, PRTOS_SOURCE_PORT, PRTOS_INFINITE_TIME};
    prtos_u32_t desc = DESC(SAMPLING_PORT, 0), i;
    char both[48];

    memcpy((void *)(EDGE_END - 4), "say", 4);
    at.port_name = (char *)(EDGE_END - 4);
    check("name.at-end", -1, call(ctrl_object_nr, desc, 0, PTR2ADDR(&at), 0, 0));
    at.port_name = (char *)(EDGE_END - 3);
    memcpy(at.port_name, "say", 3);
    check("name.over-end", PRTOS_INVALID_PARAM, call(ctrl_object_nr, desc, 0, PTR2ADDR(&at), 0, 0));
    for (i = 0; i < n_places; i++)
        if (places[i].allowed == NEVER) {
            at.port_name = (char *)place_address(&places[i], 2);
            memset((void *)EDGE, 'x', EDGE_END - EDGE);
            sprintf(both, "name.%s", places[i].name);
            check(both, PRTOS_INVALID_PARAM, call(ctrl_object_nr, desc, 0, PTR2ADDR(&at), 0, 0));
        }
}

/* Tables that a register of descriptors names. */
static void check_tables(void)
{
    struct x86_desc_reg reg;
    prtos_u32_t i;
    char both[48];

    reg.limit = 32 * 8 - 1;
    for (i = 0; i < n_places; i++)
        if (places[i].allowed == NEVER) {
            reg.linear_base = place_address(&places[i], 32 * 8);
            sprintf(both, "gdt-table.%s", places[i].name);
            check(both, PRTOS_INVALID_PARAM, call(x86_load_gdt_nr, PTR2ADDR(&reg), 0, 0, 0, 0));
        }
    check("gdt-table.still", 0, prtos_get_pct()->arch.gdtr.linear_base - gdt_reg.linear_base);
}

void partition_main(void)
{
    prtos_hm_status_t hm;
    prtos_queuing_port_status_t queue;
    prtos_u32_t i, j;

    memset(text, 's', sizeof(text));
    tss.ss1 = tss.ss2 = GUEST_DS_SEL;
    gdt_reg = part_gdt_desc;
    idt_reg = part_idt_desc;
    open_ports();
    prtos_idle_self();
    for (i = 0; i < 40; i++)
        __asm__ __volatile__("int3");
    prtos_hm_seek(0, PRTOS_OBJ_SEEK_SET);
    for (i = 0; i < SUBJECTS; i++)
        for (j = 0; j < n_places; j++)
            probe(&subjects[i], &places[j]);
    prtos_hm_status(&hm);
    check("hm.events", 40, hm.num_of_events);
    check("hm.cursor", good_places(), hm.current_event);
    prtos_get_queuing_port_status(TAKE, &queue);
    check("take.left", 40 - good_places(), (prtos_s32_t)queue.num_of_msgs);
    check_names();
    check_tables();
    check_end();
    for (i = 0; i < 8; i++)
        prtos_idle_self();
    prtos_halt_system();
}
