/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of neighbours, and the memory through which the observer chooses one. */
#ifndef BENCH_KINDS_H
#define BENCH_KINDS_H

#include "words.h" /* of the architecture: OWN_PAGES, OWN_NASTY */

#define KINDS(kind)                                                                                \
    kind(IDLE, "sleeps") kind(COMPUTING, "computes") kind(CALLS, "every short call") kind(         \
        SAMPLING, "sampling, 64 KB") kind(QUEUING, "queuing, 64 KB")                               \
        kind(TIMERS, "1 us timers, both clocks") kind(WAITING, "1 us timer and wait_irq") kind(    \
            PROPAGATED, "exceptions, propagated") kind(IGNORED, "an exception, ignored for ever")  \
            kind(SUSPENDED, "exceptions that suspend it") kind(WARM, "exceptions, warm reset")     \
                kind(COLD, "exceptions, cold reset") kind(SELF_WARM, "warm reset of itself")       \
                    kind(SELF_COLD, "cold reset of itself") kind(SELF_VCPU, "reset of its vCPU")   \
                        kind(CONSOLE, "console flood") kind(BATCHES, "batches of 250 calls")       \
                            kind(TRACE, "trace, 50 events a call") kind(COPIES, "memory copies")   \
                                kind(PAGES, OWN_PAGES)                                             \
                                    kind(ARGUMENTS, "any number, bad arguments")

#define KIND_NAME_(name, text) KIND_##name,
enum kind { KINDS(KIND_NAME_) KIND_COUNT };

struct choice {
    prtos_u32_t kind;
    prtos_u32_t done;   /* actions of this kind so far */
    prtos_u32_t ending; /* it is about to be restarted, as it hopes */
    prtos_u32_t random; /* survives the neighbour's restarts */
};

#define CHOICE ((volatile struct choice *)0x6c00000) /* shared area of the XML */

#endif
