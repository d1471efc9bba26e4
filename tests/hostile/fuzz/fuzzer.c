/* SPDX-License-Identifier: Apache-2.0 */
/* Random calls with random and edge arguments. Whatever they do to this partition, the next life
 * goes on where the last one ended. */
#include "fuzz.h"

#define SCRATCH 0x6600000u
#define SCRATCH_END 0x6640000u
#define PICK(table) table[random_word() % (sizeof(table) / sizeof(table[0]))]

static prtos_u32_t random_word(void)
{
    prtos_u32_t state = BOARD->state;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    BOARD->state = state;
    return state * 2654435761u ^ state >> 15;
}

static prtos_u32_t random_address(void)
{
    static const prtos_u32_t edges[] = {0,
                                        1,
                                        0x1000,
                                        0x5ffffff,
                                        0x6000000,
                                        0x6300000,
                                        0x6301ffc,
                                        0x6302000,
                                        SCRATCH,
                                        SCRATCH_END - 1,
                                        SCRATCH_END,
                                        SCRATCH_END - 64,
                                        0x6180000,
                                        0x6200000,
                                        0x1000000,
                                        0x2300000,
                                        0xfbf6e000,
                                        PCT_BASE,
                                        PCT_BASE + 20,
                                        PCT_BASE + 96,
                                        PCT_BASE + 0xfff,
                                        0xfbffffff,
                                        0xfc000000,
                                        0xfc100000,
                                        0xfee00000,
                                        0xff000000,
                                        0xfffffff8,
                                        0xffffffff};

    switch (random_word() % 4) {
    case 0:
        return PICK(edges);
    case 1:
        return PICK(edges) + random_word() % 9 - 4;
    default:
        return SCRATCH + random_word() % (SCRATCH_END - SCRATCH);
    }
}

static prtos_u32_t random_value(void)
{
    static const prtos_u32_t edges[] = {
        0,    1,     2,     3,       4,       7,          8,          23,  24,   27,
        31,   32,    64,    127,     128,     129,        255,        256, 0x2f, 0x30,
        0x80, 0x143, 0x13b, 0x10000, 0x20000, 0x7fffffff, 0x80000000, ~0u};
    prtos_u32_t which = random_word() % 8;

    if (which < 4)
        return PICK(edges);
    if (which == 4)
        return random_word();
    if (which == 5)
        return 1u << random_word() % 32;
    return random_address();
}

static prtos_u32_t random_descriptor(void)
{
    static const prtos_u32_t owners[] = {FUZZER, FUZZER, FUZZER, VICTIM, MONITOR, 3, 0xff};

    return OBJDESC_BUILD_VCPUID(random_word() % 9, random_word() % 16 ? 0 : random_word(),
                                PICK(owners), random_word() % 4);
}

/* Calls after which this partition does not go on by itself are made seldom. */
static prtos_u32_t random_number(void)
{
    prtos_u32_t nr = random_word() % 50, kind = random_word() % 64;

    if (kind == 0)
        return random_word();
    if (kind < 4)
        return random_word() % 128;
    if (nr <= reset_partition_nr || nr == idle_self_nr || nr == wait_irq_nr)
        return random_word() % 32 ? ctrl_object_nr : nr;
    /* The objects have more to be tried. */
    return kind < 32 ? read_object_nr + kind % 4 : nr;
}

static void random_call(void)
{
    prtos_u32_t nr = random_number();
    prtos_u32_t arg[5], i;
    prtos_s32_t code;

    for (i = 0; i < 5; i++)
        arg[i] = random_value();
    if (nr >= read_object_nr && nr <= ctrl_object_nr) {
        arg[0] = random_descriptor();
        if (nr == ctrl_object_nr) {
            arg[1] = random_word() % 6;
            arg[2] = random_address();
        } else {
            arg[1] = random_address();
        }
    }
    if (nr == get_time_nr)
        arg[0] &= 1;
    BOARD->calls++;
    code = call(nr, arg[0], arg[1], arg[2], arg[3], arg[4]);
    if (code >= 0)
        BOARD->codes[0]++;
    else if (code >= -8)
        BOARD->codes[-code]++;
    else if (nr !=
             seek_object_nr) /* calls without a result keep their number, which is none of these */
        BOARD->strange++;
}

/* Ports opened, and words in the scratch area that calls may take for structures. */
static void furnish(void)
{
    static struct prtos_create_sampling_port sampling = {"long", 0x20000, PRTOS_SOURCE_PORT,
                                                         PRTOS_INFINITE_TIME};
    static struct prtos_create_queuing_port queuing = {"send", 4, 4096, PRTOS_SOURCE_PORT};
    prtos_u32_t i;

    call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, FUZZER, 0), 0, PTR2ADDR(&sampling),
         0, 0);
    call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_QUEUING_PORT, FUZZER, 0), 0, PTR2ADDR(&queuing), 0,
         0);
    for (i = 0; i < 512; i++)
        ((volatile prtos_u32_t *)SCRATCH)[random_word() % 0x10000] = random_value();
}

void partition_main(void)
{
    if (!BOARD->state)
        BOARD->state = SEED;
    furnish();
    while (BOARD->calls < CALLS)
        random_call();
    BOARD->damage = raw_damage & RAW_GENERAL;
    call(halt_partition_nr, FUZZER, 0, 0, 0, 0);
}
