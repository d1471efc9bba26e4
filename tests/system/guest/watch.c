/* SPDX-License-Identifier: Apache-2.0 */
/* The victim's eyes. */
#include <irqs.h>
#include "watch.h"

#define CALM 4u /* frames that make the nominal start */
#define STATIC_WORDS 19u

static volatile struct health *health;
static volatile prtos_u32_t *pattern;
static prtos_u32_t frame_ns;

extern prtos_u32_t hold_secret;

/* Registers and segments full of patterns until the next slot begins; which were changed. */
prtos_u32_t hold(void);
void use_fpu(void);

static volatile prtos_u32_t traps;

static void on_trap(trap_ctxt_t *ctxt)
{
    traps++;
    ctxt->ip += 2; /* fldz */
}

/* fs and gs look at a word of ours through a descriptor that every partition may fill otherwise. */
static void make_segment(void)
{
    struct x86_desc desc;
    prtos_u32_t base = PTR2ADDR(&hold_secret);

    desc.low = 3 | base << 16;
    desc.high = (base >> 16 & 0xff) | 0xf200 | 0x400000 | (base & 0xff000000u);
    prtos_x86_update_gdt(3, &desc);
}

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
    volatile prtos_u32_t *table = (volatile prtos_u32_t *)PCT_BASE;
    prtos_u32_t i;

    for (i = 0; i < STATIC_WORDS; i++) {
        if (health->frames == 0)
            first[i] = table[i];
        if (first[i] != table[i])
            health->table++;
    }
    /* iflags, pending hardware and external interrupts */
    health->table += table[19] != 0 || table[20] != 0 || (table[22] & ~0x100u) != 0;
}

void watch_begin(volatile struct health *where, prtos_u32_t memory, prtos_u32_t frame)
{
    prtos_u32_t i;

    health = where;
    pattern = (volatile prtos_u32_t *)memory;
    frame_ns = frame;
    for (i = 0; i < WATCH_WORDS; i++)
        pattern[i] = i * 2654435761u;
    make_segment();
    install_trap_handler(DEVICE_NOT_AVAILABLE, on_trap);
    health->frames = 0;
}

void watch_frame(void)
{
    prtos_u32_t before;

    prtos_clear_irqpend(0, 0x100);
    health->registers |= hold();
    watch_start(clock_ns());
    watch_memory();
    watch_table();
    before = traps;
    use_fpu();
    health->fpu += traps != before + 1;
    health->frames++;
}
