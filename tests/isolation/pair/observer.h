/* SPDX-License-Identifier: Apache-2.0 */
/* The names in a trace; tests/isolation/runs.py reads them from here. */
#ifndef TESTS_OBSERVER_H
#define TESTS_OBSERVER_H

#include "pair.h"

enum what {
    SEEN_START,     /* value: number of the slot; time: its first instruction */
    SEEN_CLOCK,     /* time: of that instruction, ns of the hardware clock */
    SEEN_SLOT,      /* position in the plan and id of the slot */
    SEEN_DISPATCH,  /* time: of the dispatch by the clock page */
    SEEN_REGISTERS, /* mask of registers that changed over the switch */
    SEEN_FPU,       /* checksum of the unit's state over the switch */
    SEEN_TABLE,     /* checksum of the control table */
    SEEN_MEMORY,    /* checksum of memory that nobody else has */
    SEEN_PENDING,   /* interrupts that wait at the slot's start */
    SEEN_CALL,      /* result of a call; time: behind it */
    SEEN_TIME,      /* time: what get_time gave, ns */
    SEEN_EXEC,      /* time: the execution clock, ns */
    SEEN_MESSAGE,   /* checksum of a message */
    SEEN_TIMER,     /* a virtual interrupt: its number; time: first line of the handler */
    SEEN_IPVI,
};

void observe(void);

/* The unit's state since the last call as a word, and a new one from `salt`. */
prtos_u32_t fpu_look(prtos_u32_t salt);

#endif
