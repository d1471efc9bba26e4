/* SPDX-License-Identifier: Apache-2.0 */
/* The books: one page for each partition, written by it alone and read by all. They outlive every
 * reset. */
#ifndef LEDGER_H
#define LEDGER_H

#include <prtos.h>

#define NODES 4u
#define VICTIM 4u
#define WORDS 8u

#ifndef FRAMES
#define FRAMES 300u
#endif

struct ledger {
    volatile prtos_u32_t sent[NODES];     /* to each other node */
    volatile prtos_u32_t received[NODES]; /* from each other node */
    volatile prtos_u32_t sampled[NODES];  /* new messages seen of each other node */
    volatile prtos_u32_t written;         /* sampling messages of its own */
    volatile prtos_u32_t wrong;           /* out of order, torn, twice, of a foreign sender */
    volatile prtos_u32_t gaps;            /* node 0: messages of the victim that never came */
    volatile prtos_u32_t backwards;       /* times that ran backwards */
    volatile prtos_u32_t odd;             /* answers that no call may give here */
    volatile prtos_u32_t raised, ipvis;   /* IPVIs */
    volatile prtos_u32_t slots;
    volatile prtos_u32_t stop;   /* node 0: no more messages */
    volatile prtos_u32_t number; /* victim: of its last message */
    volatile prtos_u32_t lives[2];
    volatile prtos_time_t now; /* when it wrote this last */
};

#define LEDGER(n) ((struct ledger *)(0x6600000u + (n)*0x1000u))

/* What every node does in a slot. */
void node_start(void);
void node_slot(void);

#endif
