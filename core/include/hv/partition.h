/* SPDX-License-Identifier: Apache-2.0 */
/* Partition: what the configuration gives it and how far its life has come. */
#ifndef HV_PARTITION_H
#define HV_PARTITION_H

#include "conf/layout.h"
#include "hv/base.h"
#include "hv/loader.h"
#include "hv/log.h"

struct cpu;
struct port;
struct vcpu;

struct partition {
    const struct conf_partition *conf;
    const struct conf_health *health; /* reactions, by event */
    const char *name;
    u32 name_sum;
    const struct conf_ipvi *ipvi[8]; /* that it raises, by number; null: not configured */
    struct vcpu *vcpus;
    struct port *ports;
    const struct conf_area *areas;
    u32 page_first; /* those that are not shared lie in pages from this one on, ... */
    u32 page_end;   /* ... before this one */
    u32 n_ports;
    u32 desc_base; /* descriptor of its object 0, without class and vCPU */
    u32 id;
    u32 n_vcpus;
    bool system;
    bool loaded;    /* its image is in memory and was found good */
    u32 reset_mode; /* of the restart that is posted to vCPU 0 */
    u32 reset_status;
    u32 resets;       /* atomic: requests that are being posted: the partition lives */
    u32 restarting;   /* atomic: no other vCPU may start; written on vCPU 0's CPU */
    hv_phys root;     /* of its address space */
    u32 table_bytes;  /* page tables, its root included */
    bool remapped;    /* it changed its page tables: a reset builds them anew */
    u32 *pages;       /* room for the architecture's knowledge of its areas ... */
    u32 pages_bytes;  /* ... by conf/pool.c */
    u32 pages_lock;   /* and of this: somebody changes page tables */
    u32 pct_stride;   /* from one vCPU's control table to the next */
    hv_phys pct;      /* its control tables */
    hv_phys io_map;   /* the I/O ports it owns, in the architecture's form; 0: none */
    struct log trace; /* its stream */
    struct loader loader;
};

extern struct partition *partitions;
extern u32 partition_count;

/* Whether any vCPU is not halted. */
bool partition_alive(const struct partition *partition);

/* PRTOS_STATUS_* as the status object reports it. */
u32 partition_state(const struct partition *partition);

/* Whether vCPU 0 has a slot in any plan: a partition without one does not start. */
bool partition_has_slot(const struct partition *partition);

/* Requests to every vCPU; the code of the contract (PRTOS_OK or PRTOS_NO_ACTION). */
s32 partition_halt(struct cpu *self, struct partition *partition);
s32 partition_suspend(struct cpu *self, struct partition *partition);
s32 partition_resume(struct cpu *self, struct partition *partition);

/* Restart: all vCPUs halt, ports close, vCPU 0 starts again. PRTOS_INVALID_CONFIG without a good
 * image. */
s32 partition_reset(struct cpu *self, struct partition *partition, u32 mode, u32 status);

/* External interrupt SHUTDOWN to every vCPU that is not halted. */
void partition_shutdown(struct cpu *self, struct partition *partition);

/* On vCPU 0's CPU: begins the restart that partition_reset() posted. */
void partition_restart(struct vcpu *vcpu);

/* The area of memory that holds [start, start + size) physically, or null. */
const struct conf_area *partition_area(const struct partition *partition, hv_phys start, u64 size);

/* The same by the addresses the guest sees. */
const struct conf_area *partition_area_mapped(const struct partition *partition, u64 start,
                                              u64 size);

/* On an idle CPU whose alive_from says so: looks at some partitions; ends the system if it has come
 * to the last and none was alive. */
void partition_look_alive(struct cpu *self);

#endif
