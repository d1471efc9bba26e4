/* SPDX-License-Identifier: Apache-2.0 */
/* AArch64: every partition has the FPU, with the flag `fp` or without; at its first use it is as at
 * a start. Exceptions are flags (FPSR) and stay. */
#include "fpu.h"

void fpu_get(prtos_u32_t value[12]);
void fpu_leave(void);
prtos_u32_t fpu_left(void);

#define LEFT 0x2u /* FPSR.DZC: divided by zero */

volatile prtos_u32_t traps;

void own_prepare(void)
{
}

static void first_use(void)
{
    prtos_u32_t got[12], i, found = 0;

    prtos_idle_self();
    fpu_get(got);
    for (i = 0; i < 12; i++)
        found |= got[i];
    check_word("first-use", 0, found);
    fpu_use(2);
}

static void leave_flag(void)
{
    prtos_u32_t round, left = 0;

    fpu_leave();
    for (round = 0; round < ROUNDS; round++) {
        prtos_idle_self();
        left += fpu_left() == LEFT;
    }
    check("left", ROUNDS, (prtos_s32_t)left);
}

void own_part(prtos_u32_t id)
{
    if (id == 2)
        first_use();
    if (id == 3)
        leave_flag();
}
