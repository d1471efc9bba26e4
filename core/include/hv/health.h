/* SPDX-License-Identifier: Apache-2.0 */
/* Health monitor: the only one that decides what happens after a fault. */
#ifndef HV_HEALTH_H
#define HV_HEALTH_H

#include "conf/layout.h"
#include "hv/base.h"
#include "hv/vcpu.h"

struct health_context {
    hv_addr pc;
    hv_addr psr; /* flags on PC, fault address on AArch64 */
    bool valid;
    const void *payload; /* PRTOS_HMLOG_PAYLOAD_LENGTH words in its place; or null */
};

/* Sets the log up from the configuration: null for none. */
void health_init(const struct conf_header *conf);

/* An event of the vCPU's partition, on the CPU that owns the vCPU. With PROPAGATE the trap goes to
 * the guest: `trap` and `error` say which; NO_TRAPS: there is none to propagate. */
void health_partition(struct vcpu *vcpu, u32 event, u32 trap, u32 error);

/* PARTITION_ERROR, which the vCPU reports itself, with words for the log. */
void health_raised(struct vcpu *vcpu, const void *payload);

/* An event of the hypervisor itself; returns if the action lets it go on. */
void health_hypervisor(struct cpu *self, u32 event, const struct health_context *context);

/* Number of events since boot, for the status object. */
u64 health_count(void);

#endif
