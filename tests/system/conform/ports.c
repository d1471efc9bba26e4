/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling and queuing ports by guest-abi.md, section 9. Both callers run this in the same frames:
 * what one says in its slot, the other hears in the next. */
#include "conform.h"
#include <string.h>

enum { SAY, SEND, HEAR, TAKE, LOOSE_SAY, LOOSE_SEND, LOOSE_HEAR, LOOSE_TAKE };

#define SIZE 64u
#define SHORT 16u
#define DEPTH 3u

#define AGREED ((volatile prtos_u32_t *)0x6800000) /* in the area of both */

static prtos_u32_t self;
static char buffer[128];
static prtos_u32_t flags;

static prtos_u32_t port_desc(prtos_u32_t class, prtos_u32_t id)
{
    return OBJDESC_BUILD(class, self, id);
}

static prtos_s32_t open_sampling(const char *name, prtos_u32_t size, prtos_u32_t direction,
                                 prtos_time_t period)
{
    struct prtos_create_sampling_port create = {(char *)name, size, direction, period};

    return call(ctrl_object_nr, port_desc(OBJ_CLASS_SAMPLING_PORT, 0), PRTOS_COMM_CREATE_PORT,
                PTR2ADDR(&create), 0, 0);
}

static prtos_s32_t open_queuing(const char *name, prtos_u32_t n, prtos_u32_t size,
                                prtos_u32_t direction)
{
    struct prtos_create_queuing_port create = {(char *)name, n, size, direction};

    return call(ctrl_object_nr, port_desc(OBJ_CLASS_QUEUING_PORT, 0), PRTOS_COMM_CREATE_PORT,
                PTR2ADDR(&create), 0, 0);
}

static prtos_s32_t transfer(prtos_u32_t nr, prtos_u32_t class, prtos_u32_t id, prtos_u32_t size,
                            void *flag)
{
    return call(nr, port_desc(class, id), PTR2ADDR(buffer), size, PTR2ADDR(flag), 0);
}

#define SAMPLING OBJ_CLASS_SAMPLING_PORT
#define QUEUING OBJ_CLASS_QUEUING_PORT
#define WRITE(id, size) transfer(write_object_nr, SAMPLING, id, size, 0)
#define READ(id, size) transfer(read_object_nr, SAMPLING, id, size, &flags)
#define PUT(id, size) transfer(write_object_nr, QUEUING, id, size, 0)
#define GET(id, size) transfer(read_object_nr, QUEUING, id, size, 0)
#define SOURCE PRTOS_SOURCE_PORT
#define DEST PRTOS_DESTINATION_PORT

static void check_create(void)
{
    prtos_time_t mine = self == PLAIN ? 10000 : 0, heard = self == PLAIN ? 0 : 10000;

    check("use.not-open", PARAM, WRITE(SAY, 4));
    check("use.not-open-read", PARAM, READ(HEAR, 4));
    check("use.not-open-put", PARAM, PUT(SEND, 4));
    check("create.direction0", PARAM, open_sampling("say", SIZE, 0, mine));
    check("create.direction3", PARAM, open_sampling("say", SIZE, 3, mine));
    check("create.direction3q", PARAM, open_queuing("send", DEPTH, SHORT, 3));
    check("create.direction-no-name", PARAM, open_sampling("zzz", SIZE, 3, mine));
    check("create.name", PARAM, open_sampling("zzz", SIZE, SOURCE, mine));
    check("create.name-q", PARAM, open_queuing("zzz", DEPTH, SHORT, SOURCE));
    check("create.name-empty", PARAM, open_sampling("", SIZE, SOURCE, mine));
    check("create.name-null", PARAM, open_sampling(0, SIZE, SOURCE, mine));
    check("create.name-case", PARAM, open_sampling("SAY", SIZE, SOURCE, mine));
    check("create.name-longer", PARAM, open_sampling("say_", SIZE, SOURCE, mine));
    if (self == PLAIN)
        check("create.name-other's", PARAM, open_sampling("only_boss", SIZE, SOURCE, mine));
    check("create.type", CONFIG, open_queuing("say", DEPTH, SIZE, SOURCE));
    check("create.type-q", CONFIG, open_sampling("send", SHORT, SOURCE, mine));
    check("create.wrong-way", CONFIG, open_sampling("say", SIZE, DEST, mine));
    check("create.wrong-way-q", CONFIG, open_queuing("take", DEPTH, SHORT, SOURCE));
    check("create.size", CONFIG, open_sampling("say", SIZE + 1, SOURCE, mine));
    check("create.size-less", CONFIG, open_sampling("say", SIZE - 1, SOURCE, mine));
    check("create.period", CONFIG, open_sampling("say", SIZE, SOURCE, mine + 1));
    check("create.period-minus", CONFIG, open_sampling("say", SIZE, SOURCE, -1));
    check("create.period-infinite", CONFIG,
          open_sampling("say", SIZE, SOURCE, PRTOS_INFINITE_TIME));
    check("create.depth", CONFIG, open_queuing("send", DEPTH + 1, SHORT, SOURCE));
    check("create.size-q", CONFIG, open_queuing("send", DEPTH, SHORT - 1, SOURCE));
    check("create", SAY, open_sampling("say", SIZE, SOURCE, mine));
    check("create.again", NONE, open_sampling("say", SIZE, SOURCE, mine));
    check("create.again-size", NONE, open_sampling("say", SIZE + 1, SOURCE, mine));
    check("create.again-type", CONFIG, open_queuing("say", DEPTH, SIZE, SOURCE));
    check("create.queuing", SEND, open_queuing("send", DEPTH, SHORT, SOURCE));
    check("create.again-q", NONE, open_queuing("send", DEPTH, SHORT, SOURCE));
    check("create.hear", HEAR, open_sampling("hear", SIZE, DEST, heard));
    check("create.take", TAKE, open_queuing("take", DEPTH, SHORT, DEST));
    check("create.loose", LOOSE_SAY, open_sampling("loose_say", 7, SOURCE, 123));
    check("create.loose-q", LOOSE_SEND, open_queuing("loose_send", 9, 7, SOURCE));
    check("create.loose-hear", LOOSE_HEAR, open_sampling("loose_hear", 7, DEST, 0));
    check("create.loose-take", LOOSE_TAKE, open_queuing("loose_take", 9, 7, DEST));
}

/* Descriptors, sizes, directions, before anything was said. */
static void check_use(void)
{
    prtos_u32_t other = OBJDESC_BUILD(SAMPLING, 2, SAY);
    prtos_u32_t other_q = OBJDESC_BUILD(QUEUING, 2, SEND);

    check("write.other", PERM, call(write_object_nr, other, PTR2ADDR(buffer), 4, 0, 0));
    check("write.other-bad", PERM, call(write_object_nr, other | 0x3ff, 0, 0, 0, 0));
    check("read.other", PERM, call(read_object_nr, other, PTR2ADDR(buffer), 4, 0, 0));
    check("send.other", PERM, call(write_object_nr, other_q, PTR2ADDR(buffer), 4, 0, 0));
    check("receive.other", PERM, call(read_object_nr, other_q, PTR2ADDR(buffer), 4, 0, 0));
    check("ctrl.other", PERM, call(ctrl_object_nr, other, 1, PTR2ADDR(buffer), 0, 0));
    check("ctrl.other-q", PERM, call(ctrl_object_nr, other_q, 1, PTR2ADDR(buffer), 0, 0));
    check("create.other", PERM, call(ctrl_object_nr, other, 0, PTR2ADDR(buffer), 0, 0));
    check("create.other-q", PERM, call(ctrl_object_nr, other_q, 0, PTR2ADDR(buffer), 0, 0));
    check("info.other", PERM, call(ctrl_object_nr, other, 2, PTR2ADDR(buffer), 0, 0));
    check("info.other-q", PERM, call(ctrl_object_nr, other_q, 2, PTR2ADDR(buffer), 0, 0));
    check("write.id", PARAM, WRITE(0x3ff, 4));
    check("write.id-count", PARAM, WRITE(9, 4));
    check("write.destination", PARAM, WRITE(HEAR, 4));
    check("write.queuing", PARAM, WRITE(SEND, 4));
    check("write.id-size", PARAM, WRITE(0x3ff, 0));
    check("write.size0", CONFIG, WRITE(SAY, 0));
    check("write.size65", CONFIG, WRITE(SAY, SIZE + 1));
    check("write.size-minus", CONFIG, WRITE(SAY, ~0u));
    check("read.source", PARAM, READ(SAY, 4));
    check("read.id", PARAM, READ(0x3ff, 4));
    check("read.size0", CONFIG, READ(HEAR, 0));
    check("read.size65", CONFIG, READ(HEAR, SIZE + 1));
    check("send.destination", PARAM, PUT(TAKE, 4));
    check("send.sampling", PARAM, PUT(SAY, 4));
    check("send.id", PARAM, PUT(0x3ff, 4));
    check("send.size0", CONFIG, PUT(SEND, 0));
    check("send.size17", CONFIG, PUT(SEND, SHORT + 1));
    check("receive.source", PARAM, GET(SEND, 4));
    check("receive.size0", CONFIG, GET(TAKE, 0));
    check("receive.size17", CONFIG, GET(TAKE, SHORT + 1));
    check("write.loose", OK, WRITE(LOOSE_SAY, 7));
    check("write.loose-size", CONFIG, WRITE(LOOSE_SAY, 8));
    check("read.loose", 0, READ(LOOSE_HEAR, 7));
    check("send.loose", OK, PUT(LOOSE_SEND, 7));
    check("receive.loose", NOTALLOWED, GET(LOOSE_TAKE, 7));
    check("ctrl.command", PARAM,
          call(ctrl_object_nr, port_desc(SAMPLING, SAY), 3, PTR2ADDR(buffer), 0, 0));
    check("ctrl.command-q", PARAM,
          call(ctrl_object_nr, port_desc(QUEUING, SEND), 3, PTR2ADDR(buffer), 0, 0));
}

static void check_info(void)
{
    prtos_sampling_port_info_t sampling = {"say", 1, 1, 1};
    prtos_queuing_port_info_t queuing = {"take", 1, 1, 1, 1};
    prtos_sampling_port_status_t status;
    prtos_queuing_port_status_t queue;
    prtos_u32_t desc = port_desc(SAMPLING, 0), desc_q = port_desc(QUEUING, 0);

    check("info", OK, call(ctrl_object_nr, desc, 2, PTR2ADDR(&sampling), 0, 0));
    check("info.size", SIZE, (prtos_s32_t)sampling.max_msg_size);
    check("info.direction", SOURCE, (prtos_s32_t)sampling.direction);
    check("info.period", self == PLAIN ? 10000 : 0, (prtos_s32_t)sampling.valid_period);
    sampling.port_name = "loose_say";
    check("info.loose", OK, call(ctrl_object_nr, desc, 2, PTR2ADDR(&sampling), 0, 0));
    check("info.loose.size", 0, (prtos_s32_t)sampling.max_msg_size);
    check("info.loose.direction", 0, (prtos_s32_t)sampling.direction);
    check_word("info.loose.period", PRTOS_INFINITE_TIME, (prtos_u32_t)sampling.valid_period);
    check("info.q", OK, call(ctrl_object_nr, desc_q, 2, PTR2ADDR(&queuing), 0, 0));
    check("info.q.size", SHORT, (prtos_s32_t)queuing.max_msg_size);
    check("info.q.depth", DEPTH, (prtos_s32_t)queuing.max_num_of_msgs);
    check("info.q.direction", DEST, (prtos_s32_t)queuing.direction);
    queuing.port_name = sampling.port_name = "zzz";
    check("info.q.name", PARAM, call(ctrl_object_nr, desc_q, 2, PTR2ADDR(&queuing), 0, 0));
    check("info.name", PARAM, call(ctrl_object_nr, desc, 2, PTR2ADDR(&sampling), 0, 0));
    sampling.port_name = 0;
    check("info.null-name", PARAM, call(ctrl_object_nr, desc, 2, PTR2ADDR(&sampling), 0, 0));
    check("info.null", PARAM, call(ctrl_object_nr, desc, 2, 0, 0, 0));
    check("port-status.id", PARAM,
          call(ctrl_object_nr, port_desc(SAMPLING, 0x3ff), 1, PTR2ADDR(&status), 0, 0));
    check("port-status.type", PARAM,
          call(ctrl_object_nr, port_desc(SAMPLING, SEND), 1, PTR2ADDR(&status), 0, 0));
    check("port-status.null", PARAM, call(ctrl_object_nr, port_desc(SAMPLING, SAY), 1, 0, 0, 0));
    check("port-status.q-id", PARAM,
          call(ctrl_object_nr, port_desc(QUEUING, 0x3ff), 1, PTR2ADDR(&queue), 0, 0));
    check("port-status.q", OK,
          call(ctrl_object_nr, port_desc(QUEUING, SEND), 1, PTR2ADDR(&queue), 0, 0));
    check("port-status.q.messages", 0, (prtos_s32_t)queue.num_of_msgs);
}

/* plain: says, waits until it was heard, and looks at what that did. */
static void check_speaker(void)
{
    prtos_sampling_port_status_t status;
    prtos_word_t *news = prtos_get_commport_bitmap();

    memset(buffer, 'a', 40);
    check_word("news.none", 0, *news);
    check("write", OK, WRITE(SAY, 40));
    check_word("news.said", 1u << SAY, *news);
    check("port-status.said", OK,
          call(ctrl_object_nr, port_desc(SAMPLING, SAY), 1, PTR2ADDR(&status), 0, 0));
    check("port-status.said.size", 40, (prtos_s32_t)status.last_msg_size);
    check_word("port-status.said.flags", PRTOS_COMM_PORT_NEW_MSG | PRTOS_COMM_MSG_VALID,
               status.flags);
    check("send1", OK, PUT(SEND, 16));
    memset(buffer, 'b', 40);
    check("send2", OK, PUT(SEND, 3));
    check("send3", OK, PUT(SEND, 16));
    check("send.full", NOTALLOWED, PUT(SEND, 16));
    check("send.full-size", CONFIG, PUT(SEND, 17));
    check_word("news.sent", 1u << SAY | 1u << SEND, *news);
    prtos_idle_self();
    prtos_idle_self();
    check_word("news.heard", 0, *news);
    check_word("news.irqs", 1u << PRTOS_VT_EXT_SAMPLING_PORT | 1u << PRTOS_VT_EXT_QUEUING_PORT,
               prtos_get_pct()->ext_irqs_pend & 0x30);
    call(ctrl_object_nr, port_desc(SAMPLING, SAY), 1, PTR2ADDR(&status), 0, 0);
    check_word("port-status.stale", PRTOS_COMM_PORT_CONSUMED_MSG, status.flags);
    check("send.again", OK, PUT(SEND, 16));
}

/* boss: its slot follows plain's. */
static void check_listener(void)
{
    prtos_queuing_port_status_t queue;
    prtos_word_t *news = prtos_get_commport_bitmap();

    while (!prtos_is_bit_set(news, HEAR, 9))
        prtos_idle_self();
    check_word("news", 1u << HEAR | 1u << TAKE, *news);
    check_word("news.irqs", 1u << PRTOS_VT_EXT_SAMPLING_PORT | 1u << PRTOS_VT_EXT_QUEUING_PORT,
               prtos_get_pct()->ext_irqs_pend & 0x30);
    check("read.part", 10, READ(HEAR, 10));
    check("read.valid", 1, (prtos_s32_t)flags);
    check_word("news.read", 1u << TAKE, *news);
    memset(buffer, 0, sizeof(buffer));
    check("read", 40, READ(HEAR, SIZE));
    check("read.first", 'a', buffer[0]);
    check("read.last", 'a', buffer[39]);
    check("read.beyond", 0, buffer[40]);
    check("read.no-flags", 40, transfer(read_object_nr, SAMPLING, HEAR, SIZE, 0));
    call(ctrl_object_nr, port_desc(QUEUING, TAKE), 1, PTR2ADDR(&queue), 0, 0);
    check("port-status.q.full", DEPTH, (prtos_s32_t)queue.num_of_msgs);
    memset(buffer, 0, sizeof(buffer));
    check("receive.part", 5, GET(TAKE, 5));
    check("receive.part.last", 'a', buffer[4]);
    check("receive.part.beyond", 0, buffer[5]);
    check("receive.short", 3, GET(TAKE, 16));
    check("receive.short.first", 'b', buffer[0]);
    check("receive.short.beyond", 'a', buffer[3] ? buffer[3] : 'z');
    check_word("news.left", 1u << TAKE, *news);
    check("receive.last", 16, GET(TAKE, 16));
    check_word("news.empty", 0, *news);
    check("receive.empty", NOTALLOWED, GET(TAKE, 16));
    check("receive.empty-size", CONFIG, GET(TAKE, 17));
    prtos_idle_self();
    check("read.stale", 40, READ(HEAR, SIZE));
    check("read.stale.valid", 0, (prtos_s32_t)flags);
}

/* Until the other caller has come as far. */
static void meet(void)
{
    AGREED[self] = 1;
    while (!AGREED[PLAIN] || !AGREED[BOSS])
        prtos_idle_self();
    prtos_idle_self();
}

void check_ports(void)
{
    self = PRTOS_PARTITION_SELF;
    check_create();
    check_use();
    check_info();
    check("read.never", 0, READ(HEAR, SIZE));
    check("read.never.valid", 0, (prtos_s32_t)flags);
    check("receive.never", NOTALLOWED, GET(TAKE, 16));
    prtos_clear_irqpend(0, 0x30);
    meet();
    if (self == PLAIN)
        check_speaker();
    else
        check_listener();
}
