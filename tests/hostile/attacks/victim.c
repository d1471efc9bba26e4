/* SPDX-License-Identifier: Apache-2.0 */
/* Runs right after the attacker. In each frame: its memory, its registers over the switch, its
 * segments, its control table, that its FPU is off, and when its slot began. */
#include <irqs.h>
#include "attacks.h"

#define WORDS 1024u
#define PATTERN ((volatile prtos_u32_t *)VICTIM_MEMORY)
#define FRAME 1000000u /* ns */
#define CALM 4u        /* frames that make the nominal start */
#define STATIC_WORDS 19u

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
    static prtos_u32_t nominal = FRAME;
    prtos_u64_t rest = now;
    prtos_u32_t phase;

    phase = (prtos_u32_t)(rest % FRAME);
    if (HEALTH->frames < CALM) {
        if (phase < nominal)
            nominal = phase;
        return;
    }
    if (phase < nominal && nominal - phase > HEALTH->early)
        HEALTH->early = nominal - phase;
    if (phase > nominal && phase - nominal > HEALTH->late)
        HEALTH->late = phase - nominal;
}

static void watch_memory(void)
{
    prtos_u32_t i;

    for (i = 0; i < WORDS; i++)
        if (PATTERN[i] != i * 2654435761u) {
            HEALTH->words++;
            PATTERN[i] = i * 2654435761u;
        }
}

static void watch_table(void)
{
    static prtos_u32_t first[STATIC_WORDS];
    volatile prtos_u32_t *table = (volatile prtos_u32_t *)PCT_BASE;
    prtos_u32_t i;

    for (i = 0; i < STATIC_WORDS; i++) {
        if (HEALTH->frames == 0)
            first[i] = table[i];
        if (first[i] != table[i])
            HEALTH->table++;
    }
    /* iflags, pending hardware and external interrupts */
    HEALTH->table += table[19] != 0 || table[20] != 0 || (table[22] & ~0x100u) != 0;
}

void partition_main(void)
{
    prtos_u32_t i;

    for (i = 0; i < WORDS; i++)
        PATTERN[i] = i * 2654435761u;
    make_segment();
    install_trap_handler(DEVICE_NOT_AVAILABLE, on_trap);
    HEALTH->frames = 0;
    for (;;) {
        prtos_u32_t before;

        prtos_clear_irqpend(0, 0x100);
        HEALTH->registers |= hold();
        watch_start(clock_ns());
        watch_memory();
        watch_table();
        before = traps;
        use_fpu();
        HEALTH->fpu += traps != before + 1;
        HEALTH->frames++;
    }
}
