/* SPDX-License-Identifier: Apache-2.0 */
/* What boss and team tell each other. Outlives every reset of the team. */
#ifndef BOARD_H
#define BOARD_H

#include <prtos.h>

#define TEAM 1
#define MEMBERS 3
#define MESSAGES 100u /* that each member sends */
#define WORDS 16

enum {
    NOTHING,
    OPERAND,      /* health: warm reset */
    CALL,         /* suspend */
    OTHER,        /* halt */
    OPCODE,       /* cold reset */
    SUSPEND_NEXT, /* calls on the next member; the answer is told */
    RESUME_NEXT,
    HALT_NEXT,
    RESET_NEXT,
    SUSPEND_SELF,
    RESET_SELF,
    SEND
};

struct member {
    volatile prtos_u32_t count; /* turns of its loop */
    volatile prtos_u32_t lives;
    volatile prtos_u32_t command;
    volatile prtos_s32_t answer;
    volatile prtos_u32_t ipvis;
    volatile prtos_u32_t shutdowns;
    volatile prtos_u32_t seen[MEMBERS]; /* its count before it obeys, everybody's behind that */
    volatile prtos_u32_t refused;       /* sends that found another member at the port */
};

#define BOARD ((struct member *)0x6300000)

#endif
