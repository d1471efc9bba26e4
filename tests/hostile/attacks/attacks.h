/* SPDX-License-Identifier: Apache-2.0 */
/* The attempts, in order, and the ways in which each may end. */
#ifndef TESTS_ATTACKS_H
#define TESTS_ATTACKS_H

#include "../../system/guest/watch.h"

enum { ATTACKER, VICTIM, MONITOR };

/* Ways: bit n = health event n; then how an attempt that nobody stopped ends. */
#define FATAL (1u << PRTOS_HM_EV_FATAL_ERROR)
#define MEMORY (1u << PRTOS_HM_EV_MEM_PROTECTION)
#define CALLED (1u << CALL_EVENT) /* what fault_call() is */
#define SURVIVED (1u << 26)       /* went on as it should */
#define WRONG (1u << 27)          /* went on as it should not */
#define REFUSED (1u << 28)        /* by the call's code */
#define RUNNING (1u << 29)        /* nothing heard of it */
#define ANY (~WRONG)

#define FROZEN 0x6300000u /* read-only */
#define VICTIM_MEMORY 0x6180000u
#define MESSAGE 0x6600000u
#define MESSAGE_SIZE 0x20000u

struct attack {
    const char *name;
    prtos_u32_t ends;
};

/* Shared by attacker and monitor. */
struct board {
    prtos_u32_t attack; /* which one is on, plus 1; 0: none */
    prtos_u32_t result; /* SURVIVED, WRONG or REFUSED when it is over; else 0 */
    prtos_u32_t begun;
};
#define BOARD ((volatile struct board *)0x6500000)

/* Shared by victim and monitor. */
#define HEALTH ((volatile struct health *)0x6510000)

#include "list.h"

#define ATTACK(id, ends) ATTACK_##id,
enum attack_id { ATTACK_LIST ATTACKS };
#undef ATTACK

extern const struct attack attack_rows[ATTACKS];

#endif
