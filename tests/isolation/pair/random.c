/* SPDX-License-Identifier: Apache-2.0 */
/* Any call with any arguments, edges more often than chance has them. */
#include "attacker.h"

#define PICK(table) table[random_word() % (sizeof(table) / sizeof(table[0]))]

static prtos_u8_t scratch[2 * LARGE];

prtos_u32_t random_word(void)
{
    prtos_u32_t state = BOARD->random;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    BOARD->random = state;
    return state * 2654435761u ^ state >> 15;
}

static prtos_u32_t random_value(void)
{
    static const prtos_u32_t edges[] = {
        0,          1,          2,          3,          7,          24,         27,
        31,         32,         128,        0x2f,       0x80,       0x10000,    0x6000000,
        0x6100000,  0x6200000,  0x6c00000,  0x8000000,  0x8fffff8,  0x1000000,  0x2300000,
        0xfbf6e000, 0xfbfc0000, 0xfbfff000, 0xfc000000, 0xfee00000, 0xff000000, 0x7fffffff,
        0x80000000, 0xfffffffc, ~0u};

    switch (random_word() % 6) {
    case 0:
        return random_word();
    case 1:
        return 1u << random_word() % 32;
    case 2:
        return random_word() % 64;
    case 3:
        return PICK(edges);
    case 4:
        return PICK(edges) + random_word() % 9 - 4;
    default:
        return (prtos_u32_t)PTR2ADDR(scratch) + random_word() % sizeof(scratch);
    }
}

static prtos_u32_t random_descriptor(void)
{
    static const prtos_u32_t owners[] = {ATTACKER, ATTACKER, FIRST, SECOND, KEEPER, 0xff};

    return OBJDESC_BUILD_VCPUID(random_word() % 9, random_word() % 16 ? 0 : random_word(),
                                PICK(owners), random_word() % 4);
}

/* Calls that only sleep are made seldom. */
static prtos_u32_t random_number(void)
{
    prtos_u32_t number = random_word() % 56;

    if (random_word() % 64 == 0)
        return random_word();
    if (number <= reset_partition_nr || number == shutdown_partition_nr || number == idle_self_nr ||
        number == wait_irq_nr || number == halt_vcpu_nr)
        return random_word() % 16 ? read_object_nr + random_word() % 4 : number;
    return number;
}

void random_call(void)
{
    prtos_u32_t arg[5], i, number = random_number();

    for (i = 0; i < 5; i++)
        arg[i] = random_value();
    if (number >= read_object_nr && number <= ctrl_object_nr && random_word() % 8) {
        arg[0] = random_descriptor();
        if (number == ctrl_object_nr)
            arg[1] = random_word() % 6;
    }
    call(number, arg[0], arg[1], arg[2], arg[3], arg[4]);
}
