/* SPDX-License-Identifier: Apache-2.0 */
/* How the hypervisor's area is divided behind the core's own image. The same code runs in the
 * tools (to refuse an area that is too small) and in the core (to place everything), so the two
 * cannot disagree. The sizes of the core's structures are budgets that the core's build checks.
 *
 * Order in the area: core image | configuration | pools (in the order of struct conf_pool) |
 * control tables | container. Each of the five starts on a page. */
#ifndef CONF_POOL_H
#define CONF_POOL_H

#include "conf/layout.h"

/* Budgets of one architecture, in bytes. */
struct conf_budget {
    u32 core; /* the core's image in memory, bss included */
    u32 cpu;  /* block of one CPU: guard page, stack, per-CPU data */
    u32 vcpu;
    u32 partition;
    u32 port;
    u32 channel; /* head of a channel */
    u32 dest;    /* for each destination of a channel */
    u32 device;
    u32 pct;         /* partition_control_table_t */
    u32 pct_area;    /* struct prtos_physical_mem_map */
    u32 pct_word;    /* prtos_word_t of the port bitmap */
    u32 pct_clock;   /* clock page, aligned to 8 */
    u32 io_map;      /* I/O ports of a partition that owns any, whole pages; 0: there are none */
    u32 page;        /* bookkeeping of one page of a partition's areas; 0: none */
    u32 space_area;  /* page tables that the core keeps for an area of a partition, ... */
    u32 space;       /* ... and besides for a partition; 0: there are none, else whole pages */
    u32 tables;      /* the core's own page tables besides those of its area, whole pages */
    u32 table_shift; /* log2 of the bytes that one of its page tables maps */
};

/* Of structures that hold pointers, by the bytes of one. */
#define CONF_BUDGET_PORT(word) ((word) == 8 ? 128u : 64u)
#define CONF_BUDGET_CHANNEL(word) ((word) == 8 ? 128u : 64u)
#define CONF_BUDGET_DEST(word) ((word) == 8 ? 32u : 16u)

/* Offsets from the start of the pools, each a multiple of 64. */
struct conf_pool {
    u64 cpus;
    u64 vcpus;
    u64 partitions;
    u64 ports;
    u64 channels;
    u64 devices;
    u64 pages;
    u64 tables;  /* page aligned: page tables of the hypervisor's own mapping */
    u64 io_maps; /* page aligned: one for each partition that owns I/O ports */
    u64 pcts;    /* page aligned: one run of whole pages for each partition */
    u64 total;   /* multiple of CONF_PAGE */
};

/* What the layout depends on, so that the compiler of the configuration can ask before it has
 * an image. Sums are exact: `channel_bytes` is the sum of conf_channel_bytes() and so on. */
struct conf_pool_need {
    u32 arch; /* enum conf_arch */
    u32 n_cpus;
    u32 n_vcpus;
    u32 n_partitions;
    u32 n_ports;
    u32 n_devices;
    u32 n_io_maps; /* partitions that own I/O ports */
    u64 channel_bytes;
    u64 pct_bytes;
    u32 n_areas;   /* of all partitions */
    u64 pages;     /* pages of all areas of partitions, devices apart */
    u64 area_size; /* the hypervisor's */
};

#define CONF_MESSAGE_HEAD 16u /* in front of each buffered message: time stamp, length */

/* Budgets of `arch`, or null if there is no such architecture. */
const struct conf_budget *conf_budget_of(u32 arch);

/* Bytes from one vCPU's control table to the next: table, memory map, port bitmap, clock page. */
u32 conf_pct_stride(const struct conf_budget *budget, u32 n_areas, u32 n_ports);

/* Bytes of a partition's control tables, whole pages. */
u32 conf_pct_bytes(const struct conf_budget *budget, u32 n_vcpus, u32 n_areas, u32 n_ports);

/* Bytes of the core's bookkeeping for a partition's memory. */
u64 conf_space_bytes(const struct conf_budget *budget, u32 n_areas, u64 pages);

/* Bytes between two buffered messages of up to `message_size` bytes. */
u64 conf_message_stride(u32 message_size);

/* Bytes of a channel. Sampling (n_messages = 0) keeps one buffer for each destination and two more,
 * so that neither a writer nor a reader ever waits. */
u64 conf_channel_bytes(const struct conf_budget *budget, u32 message_size, u32 n_messages,
                       u32 n_dests);

/* Lays the pools out. `need->arch` must have a budget. */
void conf_pool_layout(const struct conf_pool_need *need, struct conf_pool *pool);

/* Fills `need` from a verified image. */
void conf_pool_need_of(const struct conf_header *conf, struct conf_pool_need *need);

#endif
