/* SPDX-License-Identifier: Apache-2.0 */
/* Calls without pause up to and over the end of the slot, and control tables full of garbage while
 * interrupts arrive. */
#include "attacker.h"

#define TABLE_WORDS 256u

prtos_u64_t later(prtos_u32_t frames)
{
    return machine_count() + frames * COUNTS_PER_FRAME;
}

static prtos_s32_t open_long(void)
{
    static struct prtos_create_sampling_port create = {"long", MESSAGE_SIZE, PRTOS_SOURCE_PORT,
                                                       PRTOS_INFINITE_TIME};

    return call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, ATTACKER, 0),
                PRTOS_COMM_CREATE_PORT, PTR2ADDR(&create), 0, 0);
}

FLOOD(flood_calls, , call(get_vcpuid_nr, 0, 0, 0, 0, 0))
FLOOD(flood_long_writes, if (open_long() != 0) return WRONG,
      call(write_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, ATTACKER, 0), MESSAGE,
           MESSAGE_SIZE, 0, 0))
FLOOD(flood_timers, , call(set_timer_nr, 0, TIMES(1, 0, 1, 0));
      call(set_timer_nr, 1, TIMES(1, 0, 1, 0)))
FLOOD(flood_console, ,
      call(write_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, ATTACKER, 0), MESSAGE, 128, 0, 0))

/* Each life ends at once in a cold reset. */
prtos_u32_t attack_flood_cold_resets(void)
{
    call(reset_partition_nr, ATTACKER, PRTOS_COLD_RESET, 0, 0, 0);
    return WRONG;
}

/* Timers on both clocks, everything unmasked, the virtual interrupt flag set. */
static void disturb(void)
{
    call(set_timer_nr, PRTOS_HW_CLOCK, TIMES(1, 0, 20, 0));
    call(set_timer_nr, PRTOS_EXEC_CLOCK, TIMES(1, 0, 20, 0));
    call(clear_irqmask_nr, ~0u, ~0u, 0, 0, 0);
    hw_sti();
}

static volatile prtos_u32_t *const words = (volatile prtos_u32_t *)PCT_BASE;

static prtos_u32_t random_word(void)
{
    static prtos_u32_t state = 2463534242u;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

#define PATTERN(id, word)                                                                          \
    FLOOD(table_##id, prtos_u32_t i = 0;                                                           \
          disturb(), for (i = 0; i < TABLE_WORDS; i++) words[i] = (word);                          \
          call(i * 7 % 3 ? get_vcpuid_nr : set_irqpend_nr, ~0u, ~0u, 0, 0, 0))

PATTERN(zeros, 0)
PATTERN(ones, ~0u)
PATTERN(fives, 0x55555555)
PATTERN(tens, 0xaaaaaaaa)
PATTERN(counts, i)
PATTERN(random, random_word())

/* One bit after another through every word. */
prtos_u32_t attack_table_walk(void)
{
    prtos_u64_t end = later(FRAMES);
    prtos_u32_t i = 0;

    disturb();
    while (later(0) < end) {
        words[i % TABLE_WORDS] = 1u << (i / TABLE_WORDS % 32);
        if (++i % 16 == 0)
            call(set_irqpend_nr, 0, 0xff, 0, 0, 0);
    }
    return SURVIVED;
}

/* The core must not take the table's size from the table. */
prtos_u32_t attack_table_size(void)
{
    if (BOARD->begun == 1) {
        words[4] = 0x40000;
        call(reset_partition_nr, ATTACKER, PRTOS_COLD_RESET, 0, 0, 0);
    }
    words[0x1000 / 4] = 0;
    return WRONG;
}

static prtos_u32_t spoil_clock(prtos_u32_t word)
{
    const partition_control_table_t *pct = (const partition_control_table_t *)PCT_BASE;
    volatile prtos_u32_t *clock = words + pct->clock_offset / 4;
    prtos_u64_t end = later(FRAMES);
    prtos_u32_t i;

    disturb();
    while (later(0) < end) {
        for (i = 0; i < sizeof(struct prtos_clock) / 4; i++)
            clock[i] = word;
        call(get_time_nr, 0, MESSAGE, 0, 0, 0);
    }
    return SURVIVED;
}

prtos_u32_t attack_clock_zeros(void)
{
    return spoil_clock(0);
}

prtos_u32_t attack_clock_ones(void)
{
    return spoil_clock(~0u);
}
