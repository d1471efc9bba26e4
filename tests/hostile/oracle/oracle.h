/* SPDX-License-Identifier: Apache-2.0 */
/* What the partitions share, and the parts of the two callers. Places and names as in the XML. */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include "../../system/guest/check.h"
#include "../../system/guest/codes.h"

enum { PLAIN, BOSS, WORKER, ECHO, TARGET, MONITOR, NOBODY, PARTITIONS };

#define SAMPLE 64u /* bytes of a sampling message at most */
#define SHORT 32u  /* of a queuing message */
#define DEPTH 4u
#define HEARD 40u /* bytes of what the monitor says */
#define REPORT_FRAMES 20u
#define WRONG_KEPT 8u

/* Of each caller, in the area of both and the monitor. */
struct board {
    prtos_u32_t calls, wrong, codes[9];
    prtos_u32_t damage;
    prtos_u32_t supply; /* set: drain and fill my ports, take my interrupt */
    struct {
        prtos_u32_t nr, arg[5];
        prtos_s32_t low, high, got;
    } kept[WRONG_KEPT];
};
#define BOARD(id) (&((volatile struct board *)0x6500000)[id])
#define REPORTED(id) (((volatile prtos_u32_t *)0x6510000)[id])

/* A call as the description has it. */
struct oracle_call {
    prtos_u32_t nr, built, system, words;
    struct {
        prtos_u32_t word, size, out;
    } pointer[1];
};

/* One call: number, arguments, and the results that the contract allows. */
struct trial {
    prtos_u32_t nr, arg[5];
    prtos_s32_t low, high;
};

extern prtos_u32_t self;

void caller_run(void);

/* random.c */
void random_seed(prtos_u32_t seed);
prtos_u32_t random_word(void);
prtos_u32_t random_value(void);
prtos_u32_t one_of(const prtos_u32_t *list, prtos_u32_t n);
#define PICK(...)                                                                                  \
    one_of((const prtos_u32_t[]){__VA_ARGS__},                                                     \
           sizeof((const prtos_u32_t[]){__VA_ARGS__}) / sizeof(prtos_u32_t))
#define ROOM (0x6600000u + self * 0x100000)  /* structures */
#define BLANK (0x6800000u + self * 0x100000) /* zeros */
#define AREA 0x2000u
#define FROZEN 0x6a00000u
prtos_u32_t accessible(prtos_u32_t addr, prtos_u32_t size, prtos_u32_t write);
prtos_u32_t random_pointer(prtos_u32_t area, prtos_u32_t size);

/* model.c, objects.c: choose arguments, compute the result, note what it will do. */
void model_call(struct trial *trial);
void model_supplied(void);
void objects_call(struct trial *trial);
void objects_supplied(void);

/* own.c of the architecture: calls that model.c has no rule for; arguments of set_timer with an
 * interval that lets the caller get on; those of reset_vcpu. */
prtos_s32_t own_call(struct trial *trial);
prtos_u32_t own_timer_is_legal(struct trial *trial);
void own_reset(struct trial *trial);

#define A(n) trial->arg[n]
#define AT(type, addr) ((type *)ADDR2PTR(addr))

#endif
