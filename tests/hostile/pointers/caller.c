/* SPDX-License-Identifier: Apache-2.0 */
/* Makes each call with its pointer at each place; after a refusal nothing may have changed. */
#include <irqs.h>
#include <stdio.h>
#include <string.h>
#include "subject.h"

#define DESC(class, id) OBJDESC_BUILD(OBJ_CLASS_##class, 0, id)
#define HM OBJDESC_BUILD(OBJ_CLASS_HM, PRTOS_HYPERVISOR_ID, 0)
#define SYSTEM OBJDESC_BUILD(OBJ_CLASS_STATUS, PRTOS_HYPERVISOR_ID, 0)
#define FILL 0x5au
#define EVENT ((prtos_s32_t)sizeof(prtos_trace_event_t))
#define HM_ENTRY ((prtos_s32_t)sizeof(prtos_hm_log_t))

enum { SAY, HEAR, SEND, TAKE, IDLE };

static char text[64];
static struct prtos_create_sampling_port create = {"say", 64, PRTOS_SOURCE_PORT,
                                                   PRTOS_INFINITE_TIME};
static struct prtos_create_queuing_port create_queue = {"send", 40, 64, PRTOS_SOURCE_PORT};
static prtos_sampling_port_info_t info = {"say", 0, 0, 0};
static prtos_queuing_port_info_t queue_info = {"send", 0, 0, 0, 0};
static char name[16] = "peer";
static prtos_u32_t opmode = PRTOS_OPMODE_NORMAL, room[32], all = ~0u;
static union mem_cmd copy = {{0, PTR2ADDR(text), 0, PTR2ADDR(text), 16}};
static prtos_phys_page_status_t page = {PTR2ADDR(text), 0, 0, 0};

static const struct subject subjects[] = {
    {"get_time", get_time_nr, 1, {0, 0, 0, 0}, 8, 1, 0, 0},
    {"get_gid", get_gid_by_name_nr, 0, {0, 0, 0, 0}, 16, 0, name, 1},
    OBJECT_CALL("console", write_object_nr, DESC(CONSOLE, 0), 64, 0, text, 64),
    OBJECT_CALL("console1", write_object_nr, DESC(CONSOLE, 0), 1, 0, text, 1),
    OBJECT_CALL("say", write_object_nr, DESC(SAMPLING_PORT, SAY), 64, 0, text, 0),
    OBJECT_CALL("hear", read_object_nr, DESC(SAMPLING_PORT, HEAR), 64, 1, 0, 64),
    OBJECT_CALL("hear1", read_object_nr, DESC(SAMPLING_PORT, HEAR), 1, 1, 0, 1),
    OBJECT_CALL("hear-nothing", read_object_nr, DESC(SAMPLING_PORT, IDLE), 64, 1, 0, 0),
    OBJECT_CALL("send", write_object_nr, DESC(QUEUING_PORT, SEND), 64, 0, text, 0),
    OBJECT_CALL("take", read_object_nr, DESC(QUEUING_PORT, TAKE), 64, 1, 0, 64),
    OBJECT_CALL("hm_read", read_object_nr, HM, HM_ENTRY, 1, 0, HM_ENTRY),
    {"hear.flags",
     read_object_nr,
     3,
     {DESC(SAMPLING_PORT, HEAR), PTR2ADDR(room), 64, 0},
     4,
     1,
     0,
     64},
    {"trace",
     write_object_nr,
     1,
     {DESC(TRACE, 0), 0, EVENT, PTR2ADDR(&all)},
     EVENT,
     0,
     text,
     EVENT},
    {"trace.filter",
     write_object_nr,
     3,
     {DESC(TRACE, 0), PTR2ADDR(text), EVENT, 0},
     4,
     0,
     &all,
     EVENT},
    OBJECT_CALL("trace_read", read_object_nr, DESC(TRACE, 0), EVENT, 1, 0, EVENT),
    COMMAND("trace_status", DESC(TRACE, 0), 0, 12, 1, 0, 0),
    COMMAND("copy", DESC(MEM, 0), 1, sizeof(copy), 0, &copy, 16),
    COMMAND("page", DESC(STATUS, 0), 3, sizeof(page), 1, &page, 0),
    COMMAND("create", DESC(SAMPLING_PORT, 0), 0, sizeof(create), 0, &create, -1),
    COMMAND("create_queue", DESC(QUEUING_PORT, 0), 0, sizeof(create_queue), 0, &create_queue, -1),
    COMMAND("port_status", DESC(SAMPLING_PORT, SAY), 1, 16, 1, 0, 0),
    COMMAND("queue_status", DESC(QUEUING_PORT, SEND), 1, 4, 1, 0, 0),
    COMMAND("info", DESC(SAMPLING_PORT, 0), 2, sizeof(info), 1, &info, 0),
    COMMAND("queue_info", DESC(QUEUING_PORT, 0), 2, sizeof(queue_info), 1, &queue_info, 0),
    COMMAND("hm_status", HM, 0, 12, 1, 0, 0),
    COMMAND("status", DESC(STATUS, 0), 0, 64, 1, 0, 0),
    COMMAND("system_status", SYSTEM, 0, sizeof(prtos_sys_status_t), 1, 0, 0),
    COMMAND("plan_status", DESC(STATUS, 0), 1, sizeof(prtos_plan_status_t), 1, 0, 0),
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
           subject->content == text || own_content_is_free(subject->content);
}

static void probe(const struct subject *subject, const struct place *place)
{
    prtos_word_t address = place_address(place, subject->size);
    prtos_word_t arg[4];
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
        memcpy(ADDR2PTR(address), subject->content, subject->size);
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
            at.port_name = (char *)ADDR2PTR(place_address(&places[i], 2));
            memset((void *)EDGE, 'x', EDGE_END - EDGE);
            sprintf(both, "name.%s", places[i].name);
            check(both, PRTOS_INVALID_PARAM, call(ctrl_object_nr, desc, 0, PTR2ADDR(&at), 0, 0));
        }
}

void partition_main(void)
{
    prtos_hm_status_t hm;
    prtos_queuing_port_status_t queue;
    prtos_u32_t i, j;

    memset(text, 's', sizeof(text));
    own_prepare();
    open_ports();
    prtos_idle_self();
    for (i = 0; i < 40; i++)
        fault_call();
    prtos_hm_seek(0, PRTOS_OBJ_SEEK_SET);
    for (i = 0; i < SUBJECTS; i++)
        for (j = 0; j < n_places; j++)
            probe(&subjects[i], &places[j]);
    for (i = 0; i < n_own_subjects; i++)
        for (j = 0; j < n_places; j++)
            probe(&own_subjects[i], &places[j]);
    prtos_hm_status(&hm);
    check("hm.events", 40, hm.num_of_events);
    check("hm.cursor", good_places(), hm.current_event);
    prtos_get_queuing_port_status(TAKE, &queue);
    check("take.left", 40 - good_places(), (prtos_s32_t)queue.num_of_msgs);
    check_names();
    own_check();
    check_end();
    for (i = 0; i < 8; i++)
        prtos_idle_self();
    prtos_halt_system();
}
