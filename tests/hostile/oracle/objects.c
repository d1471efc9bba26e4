/* SPDX-License-Identifier: Apache-2.0 */
/* Calls on objects: arguments, and their result by the contract's guest-abi.md, sections 8 to 12.
 * Which class has which operation comes from the description. */
#include <string.h>
#include "oracle.h"
#include "oracle_calls.h"

enum { SAY, HEAR, SEND, TAKE, N_PORTS };

#define FREE 0x7000000u        /* memory of nobody */
#define TARGET_ROOM 0x64f0000u /* unused memory of the target */
#define ENTRY ((prtos_u32_t)sizeof(prtos_trace_event_t))

static prtos_u32_t open[N_PORTS], waiting[N_PORTS], range;

void objects_supplied(void)
{
    waiting[SEND] = 0;
    waiting[TAKE] = DEPTH;
}

static prtos_u32_t partition_of(const struct trial *trial)
{
    return A(0) >> 10 & 0x3ff;
}

static prtos_s32_t foreign(prtos_u32_t id)
{
    if (id == self || id == 0xff)
        return id == self || self == BOSS ? 0 : PERM;
    return self != BOSS ? PERM : id >= PARTITIONS ? PARAM : 0;
}

static prtos_s32_t do_console(struct trial *trial)
{
    if (partition_of(trial) != self)
        return PERM;
    A(2) = PICK(0, 1, 5, 128, 129, 1000, ~0u);
    A(1) = random_pointer(BLANK, A(2) > 128 || !A(2) ? 1 : A(2));
    if (A(2) > 128 || (A(2) && !accessible(A(1), A(2), 0)))
        return PARAM;
    if (!A(2))
        A(1) = BLANK;
    range = A(2);
    return 0;
}

static prtos_s32_t do_create(struct trial *trial, prtos_u32_t class)
{
    static const char names[2][6][8] = {{"p_say", "p_hear", "p_send", "p_take", "news", ""},
                                        {"b_say", "b_hear", "b_send", "b_take", "news", ""}};
    struct prtos_create_sampling_port sampling;
    struct prtos_create_queuing_port queue;
    prtos_u32_t queuing = class == OBJ_CLASS_QUEUING_PORT;
    prtos_u32_t size = queuing ? sizeof(queue) : sizeof(sampling);
    prtos_u32_t port = random_word() % 6, direction = PICK(1, 2, 1, 2, 0, 3);
    prtos_u32_t bytes = PICK(SAMPLE, SHORT, SHORT, SAMPLE, 1), n = PICK(DEPTH, DEPTH, 3);
    prtos_u32_t name = ROOM + 0x1000 + port * 8, short_period = random_word() % 4 == 0;

    A(2) = random_pointer(BLANK, size);
    if (!accessible(A(2), size, 0))
        return PARAM;
    A(2) = ROOM + 0x100 + random_word() % 64;
    memcpy(ADDR2PTR(name), names[self][port], 8);
    sampling.port_name = queue.port_name = ADDR2PTR(name);
    sampling.max_msg_size = queue.max_msg_size = bytes;
    sampling.direction = queue.direction = direction;
    sampling.valid_period = (prtos_time_t)short_period << 32 | PRTOS_INFINITE_TIME;
    queue.max_num_of_msgs = n;
    memcpy(ADDR2PTR(A(2)), queuing ? (void *)&queue : (void *)&sampling, size);
    if (direction < 1 || direction > 2 || port >= N_PORTS)
        return PARAM;
    if (queuing != port >= SEND || direction != (port % 2 ? 1u : 2u))
        return CONFIG;
    if (open[port])
        return NONE;
    if (bytes != (queuing ? SHORT : SAMPLE) || (queuing ? n != DEPTH : short_period))
        return CONFIG;
    open[port] = 1;
    return (prtos_s32_t)port;
}

static prtos_s32_t do_port_ctrl(struct trial *trial, prtos_u32_t class)
{
    prtos_u32_t queuing = class == OBJ_CLASS_QUEUING_PORT, id = A(0) & 0x3ff, size;

    A(1) = PICK(0, 1, 1, 3, ~0u);
    if (A(1) == PRTOS_COMM_CREATE_PORT)
        return do_create(trial, class);
    if (A(1) != PRTOS_COMM_GET_PORT_STATUS)
        return PARAM;
    size = queuing ? 4 : 16;
    A(2) = random_pointer(ROOM, size);
    return id < N_PORTS && open[id] && id / 2 == queuing && accessible(A(2), size, 1) ? OK : PARAM;
}

static prtos_s32_t do_port(struct trial *trial, prtos_u32_t class)
{
    prtos_u32_t id = A(0) & 0x3ff, write = trial->nr == write_object_nr, good;
    prtos_u32_t queuing = class == OBJ_CLASS_QUEUING_PORT, max = queuing ? SHORT : SAMPLE;

    if (partition_of(trial) != self)
        return PERM;
    if (trial->nr == ctrl_object_nr)
        return do_port_ctrl(trial, class);
    A(2) = PICK(1, 4, 32, 64, 33, 65, 0, ~0u, 17, 31);
    good = A(2) - 1 < max;
    A(1) = random_pointer(write ? BLANK : ROOM, good ? A(2) : 1);
    A(3) = write || queuing || random_word() % 2 ? 0 : random_pointer(ROOM, 4);
    if (id >= N_PORTS || !open[id] || id / 2 != queuing || id % 2 == write)
        return PARAM;
    if (!good)
        return CONFIG;
    if (queuing && waiting[id] == (write ? DEPTH : 0)) {
        A(1) = ROOM; /* full or empty, or a bad buffer: the contract has no order */
        return NOTALLOWED;
    }
    /* Room that the message does not reach need not be there: the contract leaves it open. */
    if (!write && !queuing && A(2) > HEARD && accessible(A(1), HEARD, 1))
        A(1) = ROOM;
    if (!accessible(A(1), A(2), !write) || (A(3) && !accessible(A(3), 4, 1)))
        return PARAM;
    if (queuing)
        waiting[id] += write ? 1 : ~0u;
    if (write)
        return OK;
    good = queuing ? SHORT : HEARD;
    return (prtos_s32_t)(A(2) < good ? A(2) : good);
}

/* May an id's range be read or written, as far as this model makes them up. */
static prtos_s32_t check_copy(prtos_u32_t id, prtos_u32_t addr, prtos_u32_t size, prtos_u32_t write)
{
    if (id == self)
        return accessible(addr, size, write) ? OK : PARAM;
    if (id == TARGET)
        return addr == TARGET_ROOM ? OK : PARAM;
    return id == 0xff && addr == FREE ? OK : PARAM;
}

static prtos_s32_t do_memory(struct trial *trial)
{
    prtos_u32_t to = PICK(self, self, TARGET, 0xff, PARTITIONS, ~0u);
    prtos_u32_t from = PICK(self, self, TARGET, 0xff, PARTITIONS, 99);
    prtos_u32_t size = PICK(1, 4, 100, 100, 0, ~0u, 0x80000000);
    union mem_cmd copy;
    prtos_u32_t n = (prtos_s32_t)size > 0 ? size : 1;
    prtos_u32_t dst = to == TARGET ? TARGET_ROOM : to == 0xff ? FREE : random_pointer(ROOM, n);
    prtos_u32_t src = from == TARGET ? TARGET_ROOM : from == 0xff ? FREE : random_pointer(BLANK, n);

    A(1) = PICK(1, 1, 1, 0, 2, ~0u);
    A(2) = random_pointer(BLANK, sizeof(copy));
    if (A(1) != PRTOS_OBJ_MEM_CPY_AREA || !accessible(A(2), sizeof(copy), 0))
        return PARAM;
    if (to == self && random_word() % 8 == 0)
        dst = FROZEN;
    A(2) = ROOM + 0x200;
    copy.cpy_area.dst_id = to;
    copy.cpy_area.dst_addr = dst;
    copy.cpy_area.src_id = from;
    copy.cpy_area.src_addr = src;
    copy.cpy_area.size = (prtos_s32_t)size;
    memcpy(ADDR2PTR(A(2)), &copy, sizeof(copy));
    if ((prtos_s32_t)size <= 0)
        return 0;
    if (self != BOSS && (to != self || from != self))
        return PERM;
    return check_copy(to, dst, n, 1) || check_copy(from, src, n, 0) ? PARAM : (prtos_s32_t)size;
}

/* No log has a device: nothing is stored, so that nothing is ever read. */
static prtos_s32_t do_log(struct trial *trial, prtos_u32_t health)
{
    prtos_u32_t id = partition_of(trial);
    prtos_s32_t code = health && id != 0xff ? PARAM : foreign(id);

    if (!health && trial->nr == write_object_nr && id != self)
        return PERM;
    if (code)
        return code;
    switch (trial->nr) {
    case seek_object_nr:
        A(1) = health ? 0 : A(1);
        A(2) = PICK(0, 1, 2, 3, ~0u);
        return A(2) > 2 ? PARAM : 0;
    case ctrl_object_nr:
        A(1) = PICK(0, 0, 1, 2, 3, 4, ~0u);
        A(2) = random_pointer(ROOM, 12);
        return A(1) > 3 || (A(1) == 0 && !accessible(A(2), 12, 1)) ? PARAM : OK;
    default:
        A(2) = PICK(ENTRY, ENTRY, ENTRY - 1, 0, 80);
        A(2) = health && A(2) == ENTRY ? sizeof(prtos_hm_log_t) : A(2);
        A(1) = random_pointer(trial->nr == write_object_nr ? BLANK : ROOM, A(2) ? A(2) : 1);
        A(3) = random_pointer(BLANK, 4);
        if (A(2) < ENTRY)
            return PARAM;
        if (trial->nr == write_object_nr)
            return accessible(A(1), A(2), 0) && accessible(A(3), 4, 0) ? 0 : PARAM;
        A(2) = health ? sizeof(prtos_hm_log_t) : ENTRY; /* one entry is read, whatever the room */
        return accessible(A(1), A(2), 1) ? 0 : PARAM;
    }
}

static prtos_s32_t do_status(struct trial *trial)
{
    static const prtos_u32_t sizes[] = {sizeof(prtos_part_status_t), sizeof(prtos_plan_status_t), 4,
                                        sizeof(prtos_phys_page_status_t), 8};
    prtos_u32_t id = partition_of(trial), size;
    prtos_s32_t code;

    /* The operating mode only of itself and of the target. */
    A(1) = id == self || id >= PARTITIONS || id == TARGET ? random_word() % 6 : 0;
    code = foreign(id);
    if (code || A(1) > 4)
        return code ? code : PARAM;
    size = id == 0xff && A(1) == 0 ? sizeof(prtos_sys_status_t) : sizes[A(1)];
    A(2) = random_pointer(A(1) == PRTOS_SET_PARTITION_OPMODE ? BLANK : ROOM, size);
    if (!accessible(A(2), size, A(1) != PRTOS_SET_PARTITION_OPMODE))
        return PARAM;
    if (A(1) < PRTOS_SET_PARTITION_OPMODE)
        return OK;
    if (id == 0xff || (A(1) == PRTOS_GET_VCPU_STATUS && (A(0) >> 20 & 15) > 0))
        return PARAM;
    if (A(1) == PRTOS_GET_PHYSPAGE_STATUS) {
        prtos_u32_t page = PICK(ROOM, BLANK + AREA - 1, FROZEN, FREE, 0, TARGET_ROOM, 0x1000000);

        prtos_address_t asked = page;

        memcpy(ADDR2PTR(A(2)), &asked, sizeof(asked));
        if (page == TARGET_ROOM)
            return id == TARGET ? OK : PARAM;
        return id == self && (page == ROOM || page == BLANK + AREA - 1 || page == FROZEN) ? OK
                                                                                          : PARAM;
    }
    if (A(1) == PRTOS_SET_PARTITION_OPMODE) {
        prtos_u32_t mode = PICK(0, 1, 2, 3, 4, ~0u);

        A(2) = ROOM + 0x300;
        *AT(prtos_u32_t, A(2)) = mode;
        return mode > PRTOS_OPMODE_NORMAL ? PARAM : OK;
    }
    return OK;
}

static prtos_s32_t result_of(struct trial *trial, prtos_u32_t class)
{
    if (A(0) >> 31 || class >= sizeof(oracle_operations))
        return PARAM;
    if (!(oracle_operations[class] >> (trial->nr - read_object_nr) & 1))
        return NOTALLOWED;
    switch (class) {
    case OBJ_CLASS_CONSOLE:
        return do_console(trial);
    case OBJ_CLASS_SAMPLING_PORT:
    case OBJ_CLASS_QUEUING_PORT:
        return do_port(trial, class);
    case OBJ_CLASS_MEM:
        return do_memory(trial);
    case OBJ_CLASS_STATUS:
        return do_status(trial);
    default:
        return do_log(trial, class == OBJ_CLASS_HM);
    }
}

void objects_call(struct trial *trial)
{
    prtos_u32_t class = PICK(0, 1, 2, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 127, 0x80, 0x83);
    prtos_u32_t id = PICK(self, self, self, self, TARGET, MONITOR, PARTITIONS, 0x3ff, 0xff);

    range = 0;
    if (class == OBJ_CLASS_HM && random_word() % 2)
        id = 0xff;
    A(0) = class << 24 | random_word() % 3 % 2 << 20 | id << 10 |
           PICK(0, 1, 2, 3, 0, 1, 2, 3, 4, 0x3ff);
    trial->low = result_of(trial, class);
    trial->high = trial->low + (prtos_s32_t)range;
}
