/* SPDX-License-Identifier: Apache-2.0 */
/* A system for the tests of vCPUs and partitions: two of two vCPUs and one of one, on two CPUs, all
 * of them running. */
#ifndef RULED_H
#define RULED_H

#include "fake.h"

#define AREA PHYS_BASE

enum { A0, A1, B0, B1, C0 }; /* vCPUs: A on CPU 0, B on both, C on CPU 1 */

static inline struct vcpu *v(u32 index)
{
    return vcpu_of(index);
}

static inline void boot(void)
{
    fake_reset();
    fake_cpu();
    fake_cpu();
    fake_plan(0, 3000);
    fake_span(1000, A0, 0);
    fake_span(2000, A1, 1);
    fake_span(3000, B0, 2);
    fake_plan(1, 3000);
    fake_span(2000, B1, 0);
    fake_span(3000, C0, 1);
    fake_partition("A", CONF_PARTITION_SYSTEM, 2);
    fake_area(AREA, 0x1000, AREA, 0);
    fake_partition("B", 0, 2);
    fake_area(AREA + 0x1000, 0x1000, AREA + 0x1000, 0);
    fake_port("p", CONF_PORT_QUEUING, CONF_PORT_SOURCE);
    fake_partition("C", 0, 1);
    fake_area(AREA + 0x2000, 0x1000, AREA + 0x2000, 0);
    fake_boot();
    fake_images();
    for (u32 i = A0; i <= C0; i++)
        vcpu_start(v(i), 0x1000 + i, 0, 7);
}

static inline void state_set(struct vcpu *vcpu, enum vcpu_state state)
{
    if (state == VCPU_SUSPENDED)
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_SUSPEND);
    if (state == VCPU_HALTED)
        vcpu_post(vcpu->cpu, vcpu, VCPU_MAIL_HALT);
    assert_int_equal(vcpu->state, state);
}

/* A restart goes on in pieces, in the slots of its vCPU; answers how many it took. */
static inline u32 finish(struct vcpu *vcpu)
{
    u32 pieces = 0;

    for (; vcpu->work & VCPU_WORK_CONT; pieces++) {
        assert_in_range(pieces, 0, 100);
        vcpu->cont.step(vcpu);
    }
    return pieces;
}

#endif
