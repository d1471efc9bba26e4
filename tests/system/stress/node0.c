/* SPDX-License-Identifier: Apache-2.0 */
/* Node 0 is a node and the one that makes trouble: it switches plans, and suspends, resumes, halts
 * and resets the victim, at random. At the end it audits all books. */
#include <stdio.h>
#include "../../system/guest/check.h"
#include "ledger.h"

#define PLANS 3u
#define SETTLE 20u /* frames in which queues run empty */

static prtos_u32_t switches, resets, seed = 12345;

static prtos_u32_t random_below(prtos_u32_t n)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % n;
}

static void odd(prtos_s32_t code, prtos_s32_t other)
{
    LEDGER(0)->odd += code != PRTOS_OK && code != other;
}

static void trouble(void)
{
    prtos_u32_t previous;
    prtos_s32_t code;

    switch (random_below(12)) {
    case 0:
        code = prtos_switch_sched_plan(random_below(PLANS), &previous);
        switches += code == PRTOS_OK;
        odd(code, PRTOS_NO_ACTION);
        break;
    case 1:
        odd(prtos_suspend_partition(VICTIM), PRTOS_NO_ACTION);
        break;
    case 2:
    case 3:
        odd(prtos_resume_partition(VICTIM), PRTOS_NO_ACTION);
        break;
    case 4:
        odd(prtos_halt_partition(VICTIM), PRTOS_NO_ACTION);
        break;
    case 5:
    case 6:
        odd(prtos_reset_partition(VICTIM, random_below(2), resets), PRTOS_OK);
        resets++;
        break;
    default:
        break;
    }
}

static const char *name(const char *what, prtos_u32_t from, prtos_u32_t to)
{
    static char text[40];

    sprintf(text, "%s.%d.%d", what, from, to);
    return text;
}

static void audit(void)
{
    prtos_u32_t i, j;

    for (i = 0; i < NODES; i++) {
        struct ledger *books = LEDGER(i);

        check(name("wrong", i, i), 0, (prtos_s32_t)books->wrong);
        check(name("odd", i, i), 0, (prtos_s32_t)books->odd);
        check(name("backwards", i, i), 0, (prtos_s32_t)books->backwards);
        check_range(name("slots", i, i), FRAMES / 4, 2 * FRAMES, books->slots);
        check_range(name("ipvis", i, i), FRAMES / 8, 3 * books->slots, books->ipvis);
        for (j = 0; j < NODES; j++) {
            if (i == j)
                continue;
            check(name("messages", i, j), (prtos_s32_t)books->sent[j],
                  (prtos_s32_t)LEDGER(j)->received[i]);
            check_range(name("many", i, j), FRAMES / 4, 4 * FRAMES, books->sent[j]);
            check_range(name("heard", i, j), FRAMES / 8, books->written, LEDGER(j)->sampled[i]);
        }
    }
    /* Each life of its vCPU 0 may have ended between a number and its message. */
    check_range("gaps", 0, LEDGER(VICTIM)->lives[0], LEDGER(0)->gaps);
    check_range("victim.lives", FRAMES / 20, resets + 1, LEDGER(VICTIM)->lives[0]);
    check_range("victim.lives1", FRAMES / 20, 4 * FRAMES, LEDGER(VICTIM)->lives[1]);
    check_range("victim.messages", FRAMES / 8, 10 * FRAMES, LEDGER(VICTIM)->number);
    check_range("switches", FRAMES / 40, FRAMES, switches);
    check_range("resets", FRAMES / 20, FRAMES, resets);
}

void partition_main(void)
{
    prtos_u32_t i;

    node_start();
    for (i = 0; i < FRAMES; i++) {
        node_slot();
        trouble();
        prtos_idle_self();
    }
    LEDGER(0)->stop = 1;
    for (i = 0; i < SETTLE; i++) {
        node_slot();
        prtos_idle_self();
    }
    audit();
    check_end();
    prtos_halt_system();
}
