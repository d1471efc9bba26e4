/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of checks, and hypercalls that look at what they leave behind. */
#include "check.h"
#include <stdio.h>

static prtos_u32_t checks;

/* The last call(), until a check looks at its result. */
static struct {
    prtos_u32_t made, nr, desc, cmd;
    prtos_s32_t result;
} last;

prtos_u32_t raw_damage, raw_damage_nr;
prtos_u32_t raw_ds = GUEST_DS_SEL, raw_es = GUEST_DS_SEL, raw_fs, raw_gs;

void check(const char *name, prtos_s32_t expected, prtos_s32_t got)
{
    char of[24] = "";

    checks++;
    if (last.made && last.result == got) {
        if (last.nr < read_object_nr || last.nr > ctrl_object_nr)
            sprintf(of, " @%u", last.nr);
        else if (last.nr < ctrl_object_nr)
            sprintf(of, " @%u.%u", last.nr, last.desc >> 24);
        else
            sprintf(of, " @%u.%u.%u", last.nr, last.desc >> 24, last.cmd);
    }
    last.made = 0;
    printf("[P%d] # %s %d %d%s\n", PRTOS_PARTITION_SELF, name, expected, got, of);
}

void check_word(const char *name, prtos_u32_t expected, prtos_u32_t got)
{
    checks++;
    printf("[P%d] # %s 0x%x 0x%x\n", PRTOS_PARTITION_SELF, name, expected, got);
}

void check_range(const char *name, prtos_u32_t low, prtos_u32_t high, prtos_u32_t got)
{
    checks++;
    printf("[P%d] # %s %u..%u %u\n", PRTOS_PARTITION_SELF, name, low, high, got);
}

void check_end(void)
{
    check_word("damage", 0, raw_damage);
    if (raw_damage)
        check("damage-by", -1, (prtos_s32_t)raw_damage_nr);
    printf("[P%d] = %d\n", PRTOS_PARTITION_SELF, checks);
}

/* Flags of the caller change from call to call: arithmetic, DF, NT, AC, ID. */
static prtos_u32_t next_flags(void)
{
    static const prtos_u32_t flags[] = {0x202, 0xad7, 0x4202, 0x40602, 0x200202, 0x244ed7};
    static prtos_u32_t turn;

    return flags[turn++ % (sizeof(flags) / sizeof(flags[0]))];
}

prtos_s32_t call(prtos_u32_t nr, prtos_u32_t b, prtos_u32_t c, prtos_u32_t d, prtos_u32_t s,
                 prtos_u32_t di)
{
    struct raw in = {nr, b, c, d, s, di, 0xbadcab1e, 0, 0, 0, 0, 0, 0};
    struct raw out;
    const prtos_u32_t *before = &in.eax, *after = &out.eax;
    prtos_u32_t i;

    in.eflags = next_flags();
    in.ds = raw_ds;
    in.es = raw_es;
    in.fs = raw_fs;
    in.gs = raw_gs;
    raw_call(&in, &out);
    for (i = 1; i < sizeof(in) / sizeof(prtos_u32_t); i++)
        if (before[i] != after[i]) {
            raw_damage_nr = raw_damage ? raw_damage_nr : nr;
            raw_damage |= 1u << i;
        }
    last.made = 1;
    last.nr = nr;
    last.desc = b;
    last.cmd = c;
    last.result = (prtos_s32_t)out.eax;
    return last.result;
}

static struct prtos_clock *clock_page(void)
{
    partition_control_table_t *pct = prtos_get_pct();

    return (struct prtos_clock *)(PTR2ADDR(pct) + pct->clock_offset);
}

prtos_u64_t dispatch_ns(void)
{
    volatile struct prtos_clock *clock = clock_page();
    prtos_u32_t sequence;
    prtos_u64_t base;

    do {
        sequence = clock->sequence;
        base = clock->base_ns;
    } while (sequence & 1 || sequence != clock->sequence);
    return base;
}

prtos_u64_t clock_ns(void)
{
    volatile struct prtos_clock *clock = clock_page();
    prtos_u32_t sequence, low, high;
    prtos_u64_t count, base, product;

    do {
        sequence = clock->sequence;
        __asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
        count = ((prtos_u64_t)high << 32 | low) - clock->base_count;
        base = clock->base_ns;
    } while (sequence & 1 || sequence != clock->sequence);
    /* The count since the dispatch fits 32 bits in all that the tests do. */
    product = (prtos_u64_t)(prtos_u32_t)count * clock->mult;
    return base + (product >> clock->shift);
}
