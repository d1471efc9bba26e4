/* SPDX-License-Identifier: Apache-2.0 */
/* Audit: what the hypervisor tells of itself in its own trace stream. The configuration chooses the
 * modules; where one is off, an event costs the test of a word. */
#ifndef HV_TRACE_H
#define HV_TRACE_H

#include <prtos_inc/audit.h>

#include "conf/layout.h"
#include "hv/base.h"

struct cpu;
struct vcpu;

/* Bit n: module n is told. */
extern u32 trace_mask;

/* Opens the streams in the memory blocks of the configuration. */
void trace_init(const struct conf_header *conf);

/* Whether a module (IRQ, HCALLS, SCHED, HM, VMM) is told. */
#define TRACE_WANTS(module) unlikely(trace_mask &(1u << TRACE_##module##_MODULE))

/* An event of the hypervisor on this CPU, with one to four words. */
#define TRACE_EVENT(self, module, event, ...)                                                      \
    do {                                                                                           \
        if (TRACE_WANTS(module))                                                                   \
            trace_event((self), TRACE_CODE(module, AUDIT_##module##_##event),                      \
                        sizeof((const u32[]){__VA_ARGS__}) / sizeof(u32),                          \
                        (const u32[]){__VA_ARGS__});                                               \
    } while (0)

#define TRACE_CODE(module, event) TRACE_BUILD_EVENT(TRACE_##module##_MODULE, event)

void trace_event(struct cpu *self, u32 code, u32 n, const u32 *words);

/* The whole life of a call that is told: its beginning, the call, its end. */
s32 trace_call(struct vcpu *vcpu, u32 nr);

/* The call that a vCPU is in has this result; told once. */
void trace_call_end(struct vcpu *vcpu, s32 result);

#endif
