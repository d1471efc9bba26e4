/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that only AArch64 has, and its arguments of 64 bits. */
#include "oracle.h"

prtos_s32_t own_call(struct trial *trial)
{
    switch (trial->nr) {
    case iret_nr:
        trial->nr = get_vcpuid_nr; /* there is no interrupt to return from */
        return OK;
    case raise_partition_trap_nr:
        A(0) |= 32; /* else the health monitor ends this partition */
        return PARAM;
    default:
        return OK;
    }
}

/* 32 random bits are never negative. */
prtos_u32_t own_timer_is_legal(struct trial *trial)
{
    A(2) |= 1u << 20;
    return 1;
}

/* There is one vCPU. */
void own_reset(struct trial *trial)
{
    A(0) |= 1;
}
