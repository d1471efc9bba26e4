/* SPDX-License-Identifier: Apache-2.0 */
/* The published copy of a vCPU's state: what the core writes into the partition control table. */
#ifndef HV_PCT_H
#define HV_PCT_H

#include "conf/layout.h"
#include "hv/vcpu.h"

/* Writes the table anew: a vCPU is about to start. Its memory map in pieces 0, 1, ...; false after
 * the last one. */
void pct_reset(struct vcpu *vcpu);
bool pct_reset_map(struct vcpu *vcpu, u32 piece);

/* The slot that the vCPU is in. */
static inline void pct_publish_slot(struct vcpu *vcpu, const struct conf_span *span)
{
    struct prtos_cyclic_sched_info *slot = &vcpu->pct->cyclic_sched_info;

    slot->num_of_slots = span->slot_index;
    slot->id = span->slot_id;
    slot->slot_duration = span->slot_us;
}

/* The bits of `flags` that follow the state. */
void pct_publish_state(struct vcpu *vcpu);

#endif
