/* SPDX-License-Identifier: Apache-2.0 */
/* What a victim looks at once in each of its slots: its memory, its registers over the switch, its
 * segments, its control table, its FPU (x86: that it is off), and when its slot began. */
#ifndef TESTS_GUEST_WATCH_H
#define TESTS_GUEST_WATCH_H

#include "check.h"

#define WATCH_WORDS 1024u

struct health {
    prtos_u32_t frames;
    prtos_u32_t words;       /* of memory that changed */
    prtos_u32_t registers;   /* that changed over a switch, as a mask */
    prtos_u32_t early, late; /* ns: worst start of a slot against the nominal one */
    prtos_u32_t fpu;         /* frames in which the FPU was not as it should be */
    prtos_u32_t table;       /* words of the control table that changed */
};

/* memory: WATCH_WORDS words of its own; frame: ns from slot to slot. */
void watch_begin(volatile struct health *health, prtos_u32_t memory, prtos_u32_t frame);

/* Returns in the next slot. */
void watch_frame(void);

/* watch_own.c and hold.S of the architecture. Every register full of patterns until the next slot
 * begins; which were changed. */
prtos_u32_t hold(void);
void hold_prepare(void);

/* Whether the FPU is as it should be for this partition. */
prtos_s32_t fpu_right(void);

#endif
