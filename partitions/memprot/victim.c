/* SPDX-License-Identifier: Apache-2.0 */
/* Owns memory that the attacker wants and a slot right after the attacker's. In each frame it
 * checks every word of its pattern and when its slot began, and tells the monitor. */
#include <prtos.h>
#include <stdio.h>
#include "attacks.h"

#define PATTERN_WORDS 16384 /* 64 KB around VICTIM_SECRET */
#define PATTERN ((volatile prtos_u32_t *)ADDR2PTR(VICTIM_SECRET - PATTERN_WORDS * 2))

static prtos_u32_t pattern_of(prtos_u32_t i)
{
    return 0x5a5a5a5au ^ i * 2654435761u;
}

static prtos_u32_t count_changes(void)
{
    prtos_u32_t i, changed = 0;

    for (i = 0; i < PATTERN_WORDS; i++)
        if (PATTERN[i] != pattern_of(i))
            changed++;
    return changed;
}

/* Start of the slot against the first one, whole frames taken off. */
static void watch_clock(struct testimony *testimony)
{
    static prtos_time_t last;
    static prtos_s32_t place, earliest, latest;
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    if (last != 0) {
        prtos_s32_t away = (prtos_s32_t)(now - last) - FRAME;

        while (away > FRAME / 2) {
            away -= FRAME;
            testimony->slots_missed++;
        }
        place += away;
        if (place < earliest)
            earliest = place;
        if (place > latest)
            latest = place;
        testimony->slot_spread = (prtos_u32_t)(latest - earliest);
    }
    last = now;
}

void partition_main(void)
{
    static struct testimony testimony;
    prtos_s32_t port;
    prtos_u32_t i;

    port = prtos_create_sampling_port("testimony", sizeof(testimony), PRTOS_SOURCE_PORT,
                                      PRTOS_INFINITE_TIME);
    if (port < 0) {
        printf("[P1] FAILED: port gives %d\n", port);
        return;
    }
    for (i = 0; i < PATTERN_WORDS; i++)
        PATTERN[i] = pattern_of(i);
    for (;;) {
        prtos_idle_self();
        watch_clock(&testimony);
        testimony.words_changed += count_changes();
        testimony.frames++;
        prtos_write_sampling_message(port, &testimony, sizeof(testimony));
    }
}
