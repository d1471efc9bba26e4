/* SPDX-License-Identifier: Apache-2.0 */
/* Trace streams by guest-abi.md, section 10: what is stored, in which order, and who may look. The
 * own stream has half of a block of 64 KB; the filter lets bit 0 of boss through, bits 1 and 2 of
 * plain. */
#include "conform.h"
#include <string.h>

#define STREAM(partition) OBJDESC_BUILD(OBJ_CLASS_TRACE, partition, 0)
#define SIZE ((prtos_u32_t)sizeof(prtos_trace_event_t))
#define HEAD 64
#define MAX_EVENTS ((32 * 1024 - HEAD) / (prtos_s32_t)sizeof(prtos_trace_event_t))
#define CODE 0x1234u

static prtos_trace_event_t event[4], got;
static prtos_u32_t filter;

static prtos_s32_t write_events(prtos_u32_t bytes, prtos_u32_t mask)
{
    filter = mask;
    return call(write_object_nr, STREAM(PRTOS_PARTITION_SELF), PTR2ADDR(event), bytes,
                PTR2ADDR(&filter), 0);
}

static prtos_s32_t read_event(void)
{
    memset(&got, 0x5a, sizeof(got));
    return call(read_object_nr, STREAM(PRTOS_PARTITION_SELF), PTR2ADDR(&got), SIZE, 0, 0);
}

static prtos_s32_t seek(prtos_s32_t offset, prtos_u32_t whence)
{
    return call(seek_object_nr, STREAM(PRTOS_PARTITION_SELF), (prtos_u32_t)offset, whence, 0, 0);
}

static prtos_s32_t command(prtos_u32_t cmd)
{
    return call(ctrl_object_nr, STREAM(PRTOS_PARTITION_SELF), cmd, 0, 0, 0);
}

static void check_counts(const char *name, prtos_s32_t count, prtos_s32_t cursor)
{
    prtos_trace_status_t status = {-1, -1, -1};

    check(name, OK,
          call(ctrl_object_nr, STREAM(PRTOS_PARTITION_SELF), PRTOS_TRACE_GET_STATUS,
               PTR2ADDR(&status), 0, 0));
    check(name, count, status.num_of_events);
    check(name, cursor, status.current_event);
    check(name, MAX_EVENTS, status.max_events);
}

static prtos_u32_t sequence_of(const prtos_trace_event_t *entry)
{
    return entry->op_code_hi >> TRACE_OPCODE_SEQ_BIT;
}

/* All words of an entry with its checksum add up to all ones. */
static prtos_u32_t sum_of(const prtos_trace_event_t *entry)
{
    const prtos_u16_t *word = (const prtos_u16_t *)(const void *)entry;
    prtos_u32_t i, sum = 0;

    for (i = 0; i < sizeof(*entry) / 2; i++)
        sum += word[i];
    return (sum & 0xffff) + (sum >> 16);
}

static void check_entry(const char *name, prtos_u32_t criticality, prtos_u32_t word)
{
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    check(name, (prtos_s32_t)SIZE, read_event());
    check_word(name, PRTOSTRACE_SIGNATURE, got.signature);
    check_word(name, criticality << TRACE_OPCODE_CRIT_BIT, got.op_code_hi & 0xf);
    check_word(name, CODE << 16 | PRTOS_PARTITION_SELF, got.op_code_lo);
    check_word(name, 0xffff, sum_of(&got));
    check_range(name, (prtos_u32_t)now - 20000, (prtos_u32_t)now, (prtos_u32_t)got.timestamp);
    check_word(name, word, got.payload[0]);
    check_word(name, ~word, got.payload[3]);
}

static void fill(prtos_u32_t n, prtos_u32_t criticality, prtos_u32_t word)
{
    memset(&event[n], 0xff, sizeof(event[n])); /* what the hypervisor fills in does not count */
    event[n].op_code_hi = 0xfffffff1u | criticality << TRACE_OPCODE_CRIT_BIT;
    event[n].op_code_lo = CODE << 16 | 0xa5a5;
    event[n].payload[0] = word;
    event[n].payload[3] = ~word;
}

static void check_writes(prtos_u32_t mine)
{
    prtos_u32_t first;

    fill(0, PRTOS_TRACE_WARNING, 7);
    fill(1, PRTOS_TRACE_NOTIFY, 8);
    fill(2, PRTOS_TRACE_DEBUG, 9);
    check_counts("trace.empty", 0, 0);
    check("trace.read-empty", 0, read_event());
    check("trace.filtered", 0, write_events(SIZE, PRTOS_PARTITION_SELF == BOSS ? ~1u : ~6u));
    check("trace.filtered0", 0, write_events(SIZE, 0));
    check("trace.short", PARAM, write_events(SIZE - 1, mine));
    check("trace.nothing", PARAM, write_events(0, mine));
    check("trace.longest", PARAM, write_events(~0u, mine));
    check("trace.null", PARAM,
          call(write_object_nr, STREAM(PRTOS_PARTITION_SELF), 0, SIZE, PTR2ADDR(&filter), 0));
    check("trace.null-filter", PARAM,
          call(write_object_nr, STREAM(PRTOS_PARTITION_SELF), PTR2ADDR(event), SIZE, 0, 0));
    check_counts("trace.none", 0, 0);
    check("trace.write", (prtos_s32_t)SIZE, write_events(SIZE, mine));
    check("trace.write-more", 3 * (prtos_s32_t)SIZE, write_events(3 * SIZE + 20, TRACE_BM_ALWAYS));
    check_counts("trace.four", 4, 0);
    check_entry("trace.entry", PRTOS_TRACE_WARNING, 7);
    first = sequence_of(&got);
    check_entry("trace.entry1", PRTOS_TRACE_WARNING, 7);
    check_entry("trace.entry2", PRTOS_TRACE_NOTIFY, 8);
    check_entry("trace.entry3", PRTOS_TRACE_DEBUG, 9);
    check("trace.sequence", 3, (prtos_s32_t)(sequence_of(&got) - first));
    check("trace.read-end", 0, read_event());
    check_counts("trace.read", 4, 4);
    check("trace.read-short", PARAM,
          call(read_object_nr, STREAM(PRTOS_PARTITION_SELF), PTR2ADDR(&got), SIZE - 1, 0, 0));
    check("trace.read-null", PARAM,
          call(read_object_nr, STREAM(PRTOS_PARTITION_SELF), 0, SIZE, 0, 0));
}

static void check_cursor(void)
{
    check("trace.set", 1, seek(1, PRTOS_OBJ_SEEK_SET));
    check("trace.cur", 2, seek(1, PRTOS_OBJ_SEEK_CUR));
    check("trace.end", 3, seek(-1, PRTOS_OBJ_SEEK_END));
    check_entry("trace.at", PRTOS_TRACE_DEBUG, 9);
    check("trace.beyond", 4, seek(5, PRTOS_OBJ_SEEK_SET));
    check("trace.before", 0, seek(-5, PRTOS_OBJ_SEEK_CUR));
    check("trace.far", 4, seek(0x7fffffff, PRTOS_OBJ_SEEK_END));
    check("trace.far-back", 0, seek((prtos_s32_t)0x80000000, PRTOS_OBJ_SEEK_SET));
    check("trace.whence", PARAM, seek(0, 3));
    check("trace.whence-minus", PARAM, seek(0, ~0u));
    check("trace.command", PARAM, command(4));
    check("trace.command-minus", PARAM, command(~0u));
    check("trace.status-null", PARAM, command(PRTOS_TRACE_GET_STATUS));
}

/* A full stream loses its oldest, a locked one the newest. */
static void check_full(prtos_u32_t mine)
{
    prtos_s32_t i;

    check("trace.reset", OK, command(PRTOS_TRACE_RESET));
    check_counts("trace.after-reset", 0, 0);
    for (i = 0; i < MAX_EVENTS; i++) {
        fill(0, PRTOS_TRACE_NOTIFY, (prtos_u32_t)i);
        if (write_events(SIZE, mine) != (prtos_s32_t)SIZE)
            break;
    }
    check("trace.fits", MAX_EVENTS, i);
    check("trace.lock", OK, command(PRTOS_TRACE_LOCK));
    check("trace.locked", 0, write_events(SIZE, mine));
    seek(0, PRTOS_OBJ_SEEK_SET);
    check_entry("trace.oldest", PRTOS_TRACE_NOTIFY, 0);
    check("trace.unlock", OK, command(PRTOS_TRACE_UNLOCK));
    check("trace.unlocked", (prtos_s32_t)SIZE, write_events(SIZE, mine));
    check_counts("trace.full", MAX_EVENTS, 0);
    check_entry("trace.next", PRTOS_TRACE_NOTIFY, 1);
    command(PRTOS_TRACE_RESET);
}

/* The report of an error reaches the health monitor whatever the filter says. */
static void check_report(prtos_u32_t mine)
{
    prtos_sys_status_t before, after;
    prtos_hm_log_t log = {0};

    fill(0, PRTOS_TRACE_UNRECOVERABLE, 0x600d);
    prtos_get_system_status(&before);
    check("trace.report", (prtos_s32_t)SIZE, write_events(SIZE, mine));
    check("trace.report-filtered", 0, write_events(SIZE, 0));
    if (PRTOS_PARTITION_SELF != BOSS)
        return;
    prtos_get_system_status(&after);
    check("trace.report.events", 2,
          (prtos_s32_t)(after.num_of_hm_events - before.num_of_hm_events));
    prtos_hm_seek(-2, PRTOS_OBJ_SEEK_END);
    check("trace.report.log", 1, prtos_hm_read(&log));
    check_word("trace.report.event", PRTOS_HM_EV_PARTITION_ERROR << 16 | BOSS, log.op_code_lo);
    check_word("trace.report.kind", 0, log.op_code_hi & 0xf);
    check_word("trace.report.word", 0x600d, log.payload[0]);
    check_word("trace.report.last", ~0x600du, log.payload[3]);
}

static void check_library(prtos_u32_t self)
{
    prtos_s32_t own = prtos_trace_open(self);
    prtos_trace_status_t status;

    fill(0, PRTOS_TRACE_NOTIFY, 77);
    check("trace.lib.open-other", self == BOSS ? (prtos_s32_t)STREAM(TARGET) : PERM,
          prtos_trace_open(TARGET));
    check("trace.lib.open-hyp", self == BOSS ? (prtos_s32_t)STREAM(0xffu) : PERM,
          prtos_trace_open(PRTOS_HYPERVISOR_ID));
    check("trace.lib.open-bad", self == BOSS ? PARAM : PERM, prtos_trace_open(PARTITIONS));
    check("trace.lib.event", OK, prtos_trace_event(TRACE_BM_ALWAYS, event));
    check("trace.lib.event-filtered", CONFIG, prtos_trace_event(0, event));
    check("trace.lib.event-null", PARAM, prtos_trace_event(1, 0));
    prtos_trace_status(own, &status);
    check("trace.lib.seek", status.num_of_events - 1,
          prtos_trace_seek(own, -1, PRTOS_TRACE_SEEK_END));
    check("trace.lib.read", 1, prtos_trace_read(own, &got));
    check_word("trace.lib.word", 77, got.payload[0]);
    check("trace.lib.read-end", 0, prtos_trace_read(own, &got));
    check("trace.lib.read-class", PARAM, prtos_trace_read((prtos_s32_t)self << 10, &got));
    check("trace.lib.status-null", PARAM, prtos_trace_status(own, 0));
    check("trace.lib.status", OK, prtos_trace_status(own, &status));
}

/* Streams of others, and of a partition that has none. */
static const struct row rows[] = {
    {"trace.write-other", write_object_nr, {STREAM(TARGET), 0, 0, 0}, PERM, PERM},
    {"trace.write-hyp", write_object_nr, {STREAM(0xffu), 0, 0, 0}, PERM, PERM},
    {"trace.read-other", read_object_nr, {STREAM(TARGET), PTR2ADDR(&got), SIZE, 0}, PERM, 0},
    {"trace.read-hyp", read_object_nr, {STREAM(0xffu), PTR2ADDR(&got), SIZE, 0}, PERM, 0},
    {"trace.read-beyond", read_object_nr, {STREAM(PARTITIONS), 0, 0, 0}, PERM, PARAM},
    {"trace.seek-other", seek_object_nr, {STREAM(TARGET), 5, 1}, PERM, 0},
    {"trace.seek-beyond", seek_object_nr, {STREAM(99u), 0, 1}, PERM, PARAM},
    {"trace.ctrl-other", ctrl_object_nr, {STREAM(TARGET), 3, 0}, PERM, OK},
    {"trace.ctrl-hyp", ctrl_object_nr, {STREAM(0xffu), 1, 0}, PERM, OK},
    {"trace.status-other", ctrl_object_nr, {STREAM(TARGET), 0, PTR2ADDR(&got)}, PERM, OK},
    {"trace.unlock-other", ctrl_object_nr, {STREAM(TARGET), 2, 0}, PERM, OK},
    {"trace.unlock-beyond", ctrl_object_nr, {STREAM(PARTITIONS), 2, 0}, PERM, PARAM},
    {"trace.reset-beyond", ctrl_object_nr, {STREAM(PARTITIONS), 3, 0}, PERM, PARAM},
    {"trace.ctrl-beyond", ctrl_object_nr, {STREAM(PARTITIONS), 1, 0}, PERM, PARAM},
};

void check_trace(void)
{
    prtos_u32_t self = PRTOS_PARTITION_SELF;
    prtos_u32_t mine = self == BOSS ? 1 : 4;

    prtos_idle_self();
    check_writes(mine);
    check_cursor();
    check_full(mine);
    check_report(mine);
    check_library(self);
    run_rows(rows, sizeof(rows) / sizeof(rows[0]));
}
