/* SPDX-License-Identifier: Apache-2.0 */
/* The fake architecture of the unit tests: a 64-bit machine whose counter, guest memory and timer
 * are plain variables (fake/arch.c). First in the include path, in the place of an
 * architecture's hv/arch_types.h. */
#ifndef HV_ARCH_TYPES_H
#define HV_ARCH_TYPES_H

#include "hv/base.h"

#include <sched.h>

#define ARCH_GUEST_LIMIT 0xFC000000ul
#define ARCH_GUEST_SIZE(size) ((size) < ARCH_GUEST_LIMIT)
#define ARCH_DEVICE_SPACE 0u
#define ARCH_EXT_VECTOR 0x90u
#define ARCH_HW_VECTOR 0x20u
#define ARCH_LEVEL_LINES 0xFFFFFFC0u /* lines 0 to 5 are edges */
#define ARCH_WINDOWS 4u
#define ARCH_CONF CONF_ARCH_X86
#define ARCH_ABI_VERSION 0x010000u
#define ARCH_API_VERSION 0x010000u
#define ARCH_PCT_BASE 0xFBFC0000u
#define ARCH_ROUTED 1u
#define ARCH_DELIVERS(vcpu, bits, kind) (bits)

struct arch_vcpu {
    hv_addr arg[5]; /* of the hypercall it makes */
    hv_addr entry;
    hv_addr root; /* that it started with */
    u32 inits;
    u32 starts;
    u32 results;  /* how many long calls ended */
    s32 result;   /* of the last one */
    bool deaf;    /* refuses virtual interrupts */
    bool process; /* and is not deaf any more when it has left that */
    u32 injected;
    u32 vector; /* of the last one */
    u32 trapped;
    u32 trap; /* the last one */
    u32 error;
};

struct arch_cpu {
    hv_time deadline; /* what the timer is set to */
    u32 arms;
    u32 kicks;
    u32 lines_open; /* bit n: line n */
    u32 lines_kept;
    u32 lines_cleared;
    u32 switches;
    hv_phys claimed; /* page that a copy writes to; 0: none */
};

#define ARCH_ARG(vcpu, n) ((vcpu)->arch.arg[n])

extern _Thread_local u64 fake_count;
extern _Thread_local u32 fake_looks; /* at the counter since a test has set it */

bool arch_guest_store32(hv_addr to, u32 value);
bool arch_guest_read(void *to, hv_addr from, u32 size);
bool arch_guest_write(hv_addr to, const void *from, u32 size);
#define ARCH_QUICK_RANGE(addr, size) ((addr)-1 <= ARCH_GUEST_LIMIT - 1 - (size))
#define ARCH_QUICK_WHOLE false
#define arch_quick_read(vcpu, to, from, size) ((void)(vcpu), arch_guest_read(to, from, size))
#define arch_quick_write(vcpu, to, from, size) ((void)(vcpu), arch_guest_write(to, from, size))
#define arch_quick_store32(vcpu, to, value) ((void)(vcpu), arch_guest_store32(to, value))

static inline void arch_memory_written(const void *at, u32 size)
{
    (void)at;
    (void)size;
}

/* CPUs that are threads: who is waited for must get a processor. */
static inline void arch_pause(void)
{
    sched_yield();
}

/* (value * mult) >> shift */
static inline u64 arch_scale(u32 value, u32 mult, u32 shift)
{
    return (u64)value * mult >> shift;
}

static inline u64 arch_shift(u64 value, u32 shift)
{
    return value >> shift;
}

/* ns by which an idle CPU wakes before a slot, to enter it on time. */
#define ARCH_LEAD 600u

/* Time stands still, but not for somebody who waits for it. */
static inline u64 arch_count(void)
{
    if (++fake_looks > 1000)
        fake_count++;
    return fake_count;
}

#endif
