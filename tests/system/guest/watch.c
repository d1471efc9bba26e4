/* SPDX-License-Identifier: Apache-2.0 */
/* The victim's eyes. */
#include "watch.h"

#define CALM 4u /* frames that make the nominal start */
#define STATIC_WORDS (__builtin_offsetof(partition_control_table_t, iflags) / 4)

static volatile struct health *health;
static volatile prtos_u32_t *pattern;
static prtos_u32_t frame_ns;

static void watch_start(prtos_u64_t now)
{
    static prtos_u32_t nominal = ~0u;
    prtos_u32_t phase = (prtos_u32_t)(now % frame_ns);

    if (health->frames < CALM) {
        if (phase < nominal)
            nominal = phase;
        return;
    }
    if (phase < nominal && nominal - phase > health->early)
        health->early = nominal - phase;
    if (phase > nominal && phase - nominal > health->late)
        health->late = phase - nominal;
}

static void watch_memory(void)
{
    prtos_u32_t i;

    for (i = 0; i < WATCH_WORDS; i++)
        if (pattern[i] != i * 2654435761u) {
            health->words++;
            pattern[i] = i * 2654435761u;
        }
}

static void watch_table(void)
{
    static prtos_u32_t first[STATIC_WORDS];
    volatile partition_control_table_t *pct = (volatile partition_control_table_t *)PCT_BASE;
    volatile prtos_u32_t *table = (volatile prtos_u32_t *)PCT_BASE;
    prtos_u32_t i;

    for (i = 0; i < STATIC_WORDS; i++) {
        if (health->frames == 0)
            first[i] = table[i];
        if (first[i] != table[i])
            health->table++;
    }
    health->table += pct->iflags != START_IFLAGS || pct->hw_irqs_pend != 0 ||
                     (pct->ext_irqs_pend & ~0x100u) != 0;
}

void watch_begin(volatile struct health *where, prtos_u32_t memory, prtos_u32_t frame)
{
    prtos_u32_t i;

    health = where;
    pattern = (volatile prtos_u32_t *)memory;
    frame_ns = frame;
    for (i = 0; i < WATCH_WORDS; i++)
        pattern[i] = i * 2654435761u;
    hold_prepare();
    health->frames = 0;
}

void watch_frame(void)
{
    prtos_clear_irqpend(0, 0x100);
    health->registers |= hold();
    watch_start(clock_ns());
    watch_memory();
    watch_table();
    health->fpu += !fpu_right();
    health->frames++;
}
