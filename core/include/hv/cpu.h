/* SPDX-License-Identifier: Apache-2.0 */
/* One physical CPU: what it runs, where it is in its plan. There is no global "current": every
 * entry finds its CPU from the stack or from the vCPU that was interrupted. */
#ifndef HV_CPU_H
#define HV_CPU_H

#include "conf/layout.h"
#include "hv/arch_types.h"
#include "hv/base.h"

struct vcpu;

/* Messages, counted for the status object: of a vCPU, of all vCPUs of a CPU. */
struct message_stats {
    u64 sampling_read;
    u64 sampling_written;
    u64 queuing_sent;
    u64 queuing_received;
};

#define MESSAGE_COUNT(vcpu, what) ((vcpu)->stats.what++, (vcpu)->cpu->stats.what++)

struct cpu {
    u32 id;
    bool resched;         /* something changed that sched_resume() must look at */
    bool early;           /* the decision is for the beginning of a span ... */
    u64 span_count;       /* ... and that is when the counter shows this */
    struct vcpu *current; /* the vCPU in the hardware; null: idle */
    struct vcpu *slot;    /* the vCPU that the plan names now; null: idle span */
    const struct conf_plan *plan;
    const struct conf_span *span;       /* running ... */
    const struct conf_span *span_first; /* ... of the plan's, */
    const struct conf_span *span_last;  /* which end here */
    hv_time frame_start;
    hv_time span_end;
    hv_time looked_at; /* time of the last look at the clock ... */
    u64 looked_count;  /* ... the counter then, and what was left of a ns */
    u32 looked_rest;
    u32 plan_id;
    s32 previous_plan; /* -1: none */
    hv_time plan_since;
    struct conf_plan idle_plan; /* where the plan in force has nothing for this CPU */
    struct conf_span idle_span;
    u32 plan_news; /* atomic: a change of plan is agreed and not yet taken up */
    u32 posted;    /* atomic: bit n: there is something in word n of ... */
    u32 posted_to[CONF_MAX_THREADS / 32]; /* ... atomic: bit n: mail of the vCPU with index n */
    u32 frames;                           /* major frames completed */
    u32 n_irqs;
    u32 n_events; /* of the health monitor */
    struct message_stats stats;
    u32 alive_from;   /* the partition from which on to look whether any is alive */
    u32 alive_starts; /* vcpu_starts when that began */
    struct arch_cpu arch;
};

#define CPU_ALIVE_KNOWN 0xffffffffu /* nothing to look for */

extern struct cpu *cpus[CONF_MAX_CPUS]; /* by id; null: not there */
extern u32 cpu_count;

/* The vCPU at an index of the configuration. */
struct vcpu *vcpu_of(u32 index);

#endif
