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

prtos_s32_t call(prtos_u32_t nr, prtos_word_t b, prtos_word_t c, prtos_word_t d, prtos_word_t s,
                 prtos_word_t di)
{
    prtos_word_t args[5] = {b, c, d, s, di};
    prtos_u32_t damage = machine_call(nr, args, &last.result);

    if (damage)
        raw_damage_nr = raw_damage ? raw_damage_nr : nr;
    raw_damage |= damage;
    last.made = 1;
    last.nr = nr;
    last.desc = (prtos_u32_t)b;
    last.cmd = (prtos_u32_t)c;
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
    prtos_u64_t count, base, product;
    prtos_u32_t sequence;

    do {
        sequence = clock->sequence;
        count = machine_count() - clock->base_count;
        base = clock->base_ns;
    } while (sequence & 1 || sequence != clock->sequence);
    /* The count since the dispatch fits 32 bits in all that the tests do. */
    product = (prtos_u64_t)(prtos_u32_t)count * clock->mult;
    return base + (product >> clock->shift);
}
