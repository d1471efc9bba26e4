/* SPDX-License-Identifier: Apache-2.0 */
/* What prtoscparser knows about one system description, and who does what with it:
 * source.c and schema.c give a valid tree, read_*.c fill the model below, check_*.c judge it,
 * image.c lays it out. The process handles one description and frees nothing before it ends. */
#ifndef CF_H
#define CF_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "conf/layout.h"
#include "conf/pool.h"
#include "list.h"
#include "platform.h"
#include "rules.h"

struct cf_slot {
    struct cf_place place;
    u32 id;
    u32 partition;
    u32 vcpu;
    u64 start; /* us */
    u64 end;
};

struct cf_plan {
    struct cf_place place;
    const char *name;
    u32 id;
    u32 cpu; /* index */
    u32 first_slot;
    u32 n_slots;
    u64 stated; /* majorFrame in us, 0: absent */
    u64 frame;  /* us, settled by cf_check_plans() */
};

struct cf_cpu {
    struct cf_place place;
    u32 id;
    u32 khz;
    u32 first_plan;
    u32 n_plans;
};

/* Owners of areas besides the partitions. */
#define CF_OWNER_HYPERVISOR 0xfffffffeu
#define CF_OWNER_BLOCK 0xfffffffdu

struct cf_area {
    struct cf_place place;
    const char *name; /* null: unnamed */
    u64 start;
    u64 size;
    u64 mapped_at;
    u32 flags; /* CONF_AREA_* */
    u32 owner; /* partition index or CF_OWNER_* */
    u32 order; /* position in the file among its partition's */
};

struct cf_device {
    struct cf_place place;
    const char *name;
    u32 type; /* enum conf_device_type; 0: no device (Null) */
    u32 id;
    u32 baud;
    u64 start;
    u64 size;
    u32 index; /* in the image, where devices of no type are left out */
};

/* A reference to a device by name; null name: not stated. */
struct cf_device_use {
    struct cf_place place;
    const char *name;
    const char *what; /* "console", ... */
    bool stores;      /* must be a memory block, else a console */
    u32 device;       /* index in the image or CONF_NONE, settled by cf_check_devices() */
};

struct cf_ioport {
    struct cf_place place;
    u32 base;
    u32 count;
    bool restricted;
};

struct cf_event {
    struct cf_place place;
    const char *name;
    const char *action;
    const char *log;
};

struct cf_port {
    struct cf_place place;
    const char *name;
    u32 type;
    u32 direction;
    u32 partition;
    u32 channel;               /* index or CONF_NONE */
    u32 position;              /* among the channel's destinations */
    struct cf_place end_place; /* of the channel end that took it */
};

struct cf_end {
    struct cf_place place;
    u32 partition;
    const char *port_name;
    const char *partition_name; /* null: not stated */
    u32 port;                   /* index or CONF_NONE */
};

struct cf_channel {
    struct cf_place place;
    u32 type;
    u32 message_size;
    u32 n_messages;
    u64 valid_period; /* us or CONF_TIME_INFINITE */
    struct cf_end source;
    u32 first_dest;
    u32 n_dests;
};

struct cf_ipvi {
    struct cf_place place;
    u32 id;
    u32 source;
    u32 first_target;
    u32 n_targets;
};

struct cf_partition {
    struct cf_place place;
    const char *name; /* null: unnamed */
    u32 id;
    u32 flags; /* CONF_PARTITION_* */
    u32 n_vcpus;
    u32 first_vcpu;
    u32 first_area;
    u32 n_areas;
    u32 first_port;
    u32 n_ports;
    u32 first_event;
    u32 n_events;
    u32 first_ioport;
    u32 n_ioports;
    u32 first_line; /* numbers as they stand, in lines */
    u32 n_lines;
    struct cf_place lines_place;
    struct cf_place need_place; /* of TemporalRequirements */
    u64 need_period;            /* us, 0: not stated */
    u64 need_duration;
    struct cf_device_use console;
    struct cf_device_use trace;
    u32 trace_mask;
};

struct cf_vcpu {
    u32 partition; /* index */
    u32 number;
    u32 cpu;               /* whose slots name it, or CONF_NONE */
    struct cf_place place; /* of the first such slot */
};

/* What the hypervisor's area must hold besides the container, in whole pages. */
struct cf_room {
    u64 core;
    u64 image;
    u64 pools;
    u64 tables; /* control tables */
};

/* One line of a health table, after defaults. */
struct cf_health_line {
    const char *event; /* null: a number without an event */
    const char *action;
    bool log;
    bool stated;
};

#define CF_LISTED_MAX 1000u /* messages of one rule */
#define CF_PARTNERS_MAX 8u  /* others of the same kind that one thing is told to collide with */

struct cf_message {
    struct cf_place place;
    enum cf_rule rule;
    char *text;
};

struct cf {
    const struct cf_platform *platform;
    CF_LIST(const char *) files; /* names for messages, the main one first */
    CF_LIST(struct cf_message) messages;
    u32 n_of_rule[CF_N_RULES];
    struct cf_place more_place[CF_N_RULES]; /* of the first that is not listed */
    u32 n_errors;

    struct cf_place place;
    const char *name;
    u32 version;
    u32 flags;

    bool regions_stated;       /* there is a MemoryLayout */
    bool area_stated;          /* the size of the hypervisor's memory is given */
    struct cf_area hypervisor; /* its memory */
    struct cf_room room;       /* settled by cf_check_room() */
    struct cf_device_use console;
    struct cf_device_use health_log;
    struct cf_device_use trace;
    u32 trace_mask;
    u32 n_events; /* the hypervisor's are the first in events */

    CF_LIST(struct cf_region) regions;
    CF_LIST(struct cf_cpu) cpus;
    CF_LIST(struct cf_plan) plans;
    CF_LIST(struct cf_slot) slots;
    CF_LIST(struct cf_device) devices;
    CF_LIST(struct cf_partition) partitions;
    CF_LIST(const struct cf_partition *) by_id; /* sorted by cf_check_ids() */
    CF_LIST(struct cf_vcpu) vcpus;              /* filled by cf_check_ids() */
    CF_LIST(struct cf_area) areas;              /* of the partitions */
    CF_LIST(struct cf_area) blocks;             /* memory blocks as areas, and all of them: */
    CF_LIST(const struct cf_area *) by_start;   /* made by cf_areas_sorted() */
    CF_LIST(struct cf_port) ports;
    CF_LIST(struct cf_event) events;
    CF_LIST(struct cf_ioport) ioports;
    CF_LIST(u32) lines;
    CF_LIST(struct cf_channel) channels;
    CF_LIST(struct cf_end) dests;
    CF_LIST(struct cf_ipvi) ipvis;
    CF_LIST(u32) targets;
};

/* message.c: everything that is to be said about the description, printed in the order of the
 * files. Errors, warnings and notes are told apart by their rule. */
enum cf_severity { CF_ERROR, CF_WARNING, CF_NOTE };
void cf_report(struct cf *cf, struct cf_place place, enum cf_rule rule, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* True if so many of the rule are listed that this one is only counted: then it needs no text. */
bool cf_unlisted(struct cf *cf, struct cf_place place, enum cf_rule rule);
/* Whether it is still worth looking for a hint that takes long. */
extern u32 cf_n_hints; /* so many were taken */
bool cf_hint_left(void);
bool cf_hint_take(void);
void cf_messages_sort(struct cf *cf);
void cf_messages_print(struct cf *cf);
const char *cf_rule_id(enum cf_rule rule);
enum cf_severity cf_rule_severity(enum cf_rule rule);
/* "line 9", or "other.xml:9" when it stands in another file than `from`. */
const char *cf_where(struct cf *cf, struct cf_place place, struct cf_place from);
const char *cf_time_text(u64 us);
const char *cf_size_text(u64 bytes);
/* " (did you mean 'x'?)" for the likeliest of n words, or "". */
const char *cf_nearest(const char *word, const char *const *words, u32 n);

/* source.c: reads the file and, if it may, what it includes; null if that failed. */
xmlDocPtr cf_source_read(struct cf *cf, const char *path, bool includes);
xmlDocPtr cf_source_built_in(struct cf *cf, const unsigned char *bytes, u32 size);
/* Files below `folder` may be included too; false if there is no such folder. */
bool cf_source_allow(const char *folder);
struct cf_place cf_place_of(const xmlNode *node);

/* schema.c: validates the tree and adds default attributes; false if it is not valid. */
struct cf_schema {
    const char *path; /* null: built in */
    const unsigned char *bytes;
    const unsigned *size;
    const char *root; /* how a document begins, for messages */
};
extern struct cf_schema cf_schema_system;
extern const struct cf_schema cf_schema_platform;
bool cf_schema_check(struct cf *cf, xmlDocPtr doc, const struct cf_schema *schema);
void cf_schema_print(void);

/* read.c and read_*.c: tree to model. */
void cf_read(struct cf *cf, xmlDocPtr doc);
void cf_read_hardware(struct cf *cf, xmlNodePtr node);
void cf_read_partitions(struct cf *cf, xmlNodePtr node);
void cf_read_channels(struct cf *cf, xmlNodePtr node);
void cf_read_events(struct cf *cf, xmlNodePtr node);
void cf_read_area(struct cf *cf, xmlNodePtr node, struct cf_area *area);
void cf_read_region(struct cf *cf, xmlNodePtr node, struct cf_region *region);
/* Reports ports beyond the last one. */
bool cf_ports_fit(struct cf *cf, struct cf_place place, u32 base, u32 count);

/* board.c: takes from the platform what the description leaves out. */
void cf_board_apply(struct cf *cf);

/* check*.c */
void cf_check(struct cf *cf);
void cf_check_ids(struct cf *cf);
void cf_check_plans(struct cf *cf);
void cf_check_slots(struct cf *cf);
void cf_check_memory(struct cf *cf);
void cf_check_overlap(struct cf *cf);
void cf_check_mapped(struct cf *cf);
void cf_check_devices(struct cf *cf);
void cf_check_resources(struct cf *cf);
void cf_check_ports(struct cf *cf);
void cf_check_ipvis(struct cf *cf);
void cf_check_health(struct cf *cf);
void cf_check_room(struct cf *cf);
void cf_check_advice(struct cf *cf);
void cf_check_advice_time(struct cf *cf);

void cf_check_regions(struct cf *cf, const struct cf_region *regions, u32 n);
/* The window that holds these addresses, or null. */
const struct cf_window *cf_window_of(const struct cf_window *window, u32 n, u64 start, u64 size);

/* The partition with that id, or null. */
struct cf_partition *cf_partition_by_id(struct cf *cf, u32 id);
/* "partition 1 'worker'" or "partition 1". */
const char *cf_partition_text(const struct cf_partition *partition);
/* "area 0x6000000 + 1MB of partition 1 'worker'" and its like. */
const char *cf_area_text(struct cf *cf, const struct cf_area *area);
/* "; 1MB are free at 0x2000000", or "". */
const char *cf_free_hint(struct cf *cf, const struct cf_area *area);
/* The partitions' areas, the hypervisor's and the memory blocks' by address, without those of
 * size 0 (their fault is reported); a list of `*n` pointers, made once. */
const struct cf_area *const *cf_areas_sorted(struct cf *cf, u32 *n);

/* Brings each partition's areas, and the regions, in the order of their addresses. */
void cf_memory_sort(struct cf *cf);
/* Bit n: line n is the partition's. */
u32 cf_lines_mask(const struct cf *cf, const struct cf_partition *partition);
/* Sum of it. */
u64 cf_room_sum(const struct cf_room *room);

/* health.c: rows of the health tables, defaults included. */
void cf_health_rows(const struct cf *cf, struct conf_health *rows);
/* Line `number` of a partition's table (null: the hypervisor's); false behind the last one. */
bool cf_health_line(const struct cf *cf, const struct cf_partition *partition, u32 number,
                    struct cf_health_line *line);

/* image.c: the image in memory, its bytes in *size; and what it needs. */
void *cf_image_build(struct cf *cf, u32 *size);
u32 cf_image_size(struct cf *cf);

/* image_c.c: the tables of an image as C source. */
char *cf_image_source(const struct conf_header *conf, size_t *length);

/* model.c: the model as JSON. */
char *cf_model_text(struct cf *cf, size_t *length);

#endif
