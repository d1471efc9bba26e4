/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of stamped entries in memory blocks: the health log and the trace streams, which have one
 * layout. Their operations as objects, permission apart, are the same too. */
#ifndef HV_LOG_H
#define HV_LOG_H

#include <prtos_inc/objects/trace.h>

#include "conf/layout.h"
#include "hv/driver.h"
#include "hv/lock.h"

struct vcpu;

typedef prtos_trace_event_t log_entry;

struct log {
    struct log_store store;
    struct lock lock; /* around the store, for one entry at most */
};

/* Who keeps a log: the health monitor, the hypervisor's trace, the trace of partition n. */
#define LOG_HEALTH 0u
#define LOG_TRACE 1u
#define LOG_PARTITION(n) (2u + (n))

/* Finds the place of a user's log: the memory block that the configuration names, in equal parts if
 * others name the same one. Without a block it takes nothing. */
void log_start(const struct conf_header *conf, struct log *log, u32 user);

/* Gives the entry number, time and sum, and appends it; false: locked and full, or no block. */
bool log_put(struct cpu *self, struct log *log, u32 *sequence, log_entry *entry);

/* read of an object: one entry a call keeps the call short. */
s32 log_read_call(struct vcpu *vcpu, struct log *log);

/* seek: the new place, which is brought into the log's bounds, or refused (PRTOS_INVALID_PARAM). */
s32 log_seek_call(struct vcpu *vcpu, struct log *log, bool bring);

/* ctrl: status, lock, unlock, reset. */
s32 log_ctrl_call(struct vcpu *vcpu, struct log *log);

#endif
