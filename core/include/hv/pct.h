/* SPDX-License-Identifier: Apache-2.0 */
/* The published copy of a vCPU's state: what the core writes into the partition control table. */
#ifndef HV_PCT_H
#define HV_PCT_H

#include "hv/vcpu.h"

/* Writes the table anew: a vCPU is about to start. Its memory map in pieces 0, 1, ...; false after
 * the last one. */
void pct_reset(struct vcpu *vcpu);
bool pct_reset_map(struct vcpu *vcpu, u32 piece);

/* The bits of `flags` that follow the state. */
void pct_publish_state(struct vcpu *vcpu);

#endif
