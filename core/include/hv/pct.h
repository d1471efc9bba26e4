/* SPDX-License-Identifier: Apache-2.0 */
/* The published copy of a vCPU's state: what the core writes into the partition control table. */
#ifndef HV_PCT_H
#define HV_PCT_H

#include "hv/vcpu.h"

/* Writes the whole table anew: a vCPU is being initialised. */
void pct_reset(struct vcpu *vcpu);

/* The bits of `flags` that follow the state. */
void pct_publish_state(struct vcpu *vcpu);

#endif
