/* SPDX-License-Identifier: Apache-2.0 */
/* Three lives: after boot, after a warm reset of its own, after a cold one. Each ends by
 * overwriting everything that the control table holds. */
#include <string.h>
#include "start.h"

/* In the area that no reset touches: the life, and how long the control table is. */
#define LIFE (*(volatile prtos_u32_t *)0x7500000)
#define TABLE_SIZE (*(volatile prtos_u32_t *)0x7500004)
#define GARBAGE_SIZE 0x40000u /* as if all the rest of the window were the control table */

static const struct life lives[] = {{"boot", 0, 0}, {"warm", 1, 0x77}, {"cold", 0, 0x99}};
static prtos_u32_t changed = 0x600d;

/* What is mapped around the control table, and what is not. */
static void check_window(const char *life)
{
    static const prtos_u32_t holes[] = {0,          0x1000,   0xfbf6e000, 0xfbfbf000,
                                        0xfbfff000, OWN_CORE, 0x6300000};
    prtos_u32_t end = (TABLE_SIZE + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
    prtos_u32_t i, mapped = 0;

    for (i = 0; i < sizeof(holes) / sizeof(holes[0]); i++) {
        if (try_read((const prtos_u32_t *)holes[i]) != MEMORY_TRAP)
            mapped |= 1u << i;
    }
    note(life, "holes", 0, mapped);
    for (i = end; i < GARBAGE_SIZE; i += PAGE_SIZE) {
        if (try_read((const prtos_u32_t *)(PCT_BASE + i)) != MEMORY_TRAP)
            break;
    }
    note(life, "behind-table", GARBAGE_SIZE, i);
}

/* Every word of the table, map, bitmap and clock, but the size: that says how far it goes. */
static void spoil(prtos_u32_t pattern)
{
    volatile prtos_u32_t *table = (volatile prtos_u32_t *)PCT_BASE;
    prtos_u32_t words = TABLE_SIZE / 4;
    prtos_u32_t i;

    for (i = 0; i < words; i++)
        table[i] = pattern;
    table[4] = GARBAGE_SIZE;
}

void partition_main(void)
{
    prtos_u32_t number = LIFE;
    prtos_u32_t id = PRTOS_PARTITION_SELF;
    const struct life *life = &lives[number];

    if (number == 0)
        TABLE_SIZE = prtos_get_pct()->part_ctrl_table_size;
    check_registers(life->name);
    check_table(life);
    check_map(life->name);
    check_clock(life->name);
    own_prepare();
    check_fpu(life->name);
    prtos_idle_self(); /* HM event PAGE_FAULT above the limit is MEM_PROTECTION: not propagated */
    check_window(life->name);
    note(life->name, "data", number == 1 ? 0xbad : 0x600d, changed);
    changed = 0xbad;
    LIFE = number + 1;
    check_end();
    if (number == 2)
        prtos_halt_partition(id);
    own_spoil();
    spoil(number ? ~0u : 0);
    call(reset_partition_nr, id, number == 0 ? PRTOS_WARM_RESET : PRTOS_COLD_RESET,
         lives[number + 1].reset_status, 0, 0);
}
