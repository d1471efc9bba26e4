/* SPDX-License-Identifier: Apache-2.0 */
/* The slot's end falls on every instruction of each operation: in each round the operation
 * begins one instruction later, to the instruction, and must do the same. A line for each says
 * how long it is uncut, in how many rounds in a row it was cut, and how often it did something
 * else. */
#include <prtos.h>
#include <stdio.h>
#include <string.h>
#include "operations.h"
#include "own.h"

#ifndef GAP
#define GAP 20000 /* ns without a slot in each frame */
#endif
#define QUIET 1000 /* frames */
#define MARGIN 400 /* rounds before the first and behind the last that is cut, about */

/* Returns at a moment of the clock, exact to the instruction. */
static __attribute__((noinline)) void wait_exactly(rtos_time_t moment)
{
    rtos_time_t left;

    do
        left = moment - rtos_now();
    while (left > 400);
    if (left < 0)
        left = 0;
    walk((prtos_u32_t)left);
}

static void next_slot(void)
{
    rtos_time_t start;

    rtos_slot_next(&start);
    rtos_thread_delay_until(start + RTOS_US(1));
}

/* One round; how long it took by the clock. */
static rtos_time_t run(const struct operation *operation, rtos_time_t offset)
{
    rtos_time_t left, began, took;

    if (operation->before)
        operation->before();
    next_slot();
    rtos_slot_left(&left);
    begin_moment = rtos_now() + left - offset;
    if (operation->prepare)
        operation->prepare();
    wait_exactly(begin_moment);
    began = rtos_now();
    operation->run();
    took = rtos_now() - began;
    if (operation->finish)
        operation->finish();
    return took;
}

static int is_right(const struct operation *operation)
{
    return strcmp(notes_take(), operation->expected) == 0 && is_clean();
}

void sweep(const struct operation *operation)
{
    unsigned cuts = 0, stretches = 0, wrong = 0, rounds = 0;
    rtos_time_t length, shortest, took, offset;
    int was_cut = 0;

    /* Text that is still drained delays the starts of slots. */
    for (rounds = 0; rounds < QUIET; rounds++)
        next_slot();
    rounds = 0;
    length = shortest = run(operation, RTOS_US(20));
    wrong += !is_right(operation);
    for (offset = length + MARGIN; offset > -MARGIN; offset--) {
        int is_cut;

        took = run(operation, offset);
        wrong += !is_right(operation);
        is_cut = took > GAP / 2;
        /* The hypervisor's part may take an instruction more, by the phase of the time. */
        if (took < shortest)
            shortest = took;
        cuts += is_cut;
        stretches += is_cut && !was_cut;
        was_cut = is_cut;
        rounds++;
    }
    printf("= %s %u %u %u %u %u\n", operation->name, (unsigned)shortest, rounds, cuts, stretches,
           wrong);
}
