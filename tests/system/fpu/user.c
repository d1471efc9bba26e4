/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the FPU with its own number and looks whether it is still there in later slots. */
#include "fpu.h"

void fpu_set(const prtos_u32_t value[4]);
void fpu_get(prtos_u32_t value[12]);

void fpu_use(prtos_u32_t id)
{
    prtos_u32_t value[4] = {1000001 * (id + 1), 77 * (id + 1), 0xabcd0000 + id, 0};
    prtos_u32_t got[12] = {0};
    prtos_u32_t round, wrong = 0;

    value[3] = id ? 0x027f : 0x037f;
    fpu_set(value);
    for (round = 0; round < ROUNDS / (id + 1); round++) {
        prtos_idle_self();
        fpu_get(got);
        wrong += got[0] != value[0] || got[1] != value[1] || (got[2] & 0xffff) != value[3];
        wrong += got[4] != value[0] || got[7] != value[3] || got[10] != value[2];
    }
    check("state", 0, (prtos_s32_t)wrong);
    check("traps", 0, (prtos_s32_t)traps);
}

void partition_main(void)
{
    prtos_u32_t id = PRTOS_PARTITION_SELF;
    prtos_s32_t i;

    own_prepare();
    if (id < 2)
        fpu_use(id);
    own_part(id);
    check_end();
    for (i = 0; id == 0 && i < 4 * ROUNDS; i++)
        prtos_idle_self();
    if (id == 0)
        prtos_halt_system();
}
