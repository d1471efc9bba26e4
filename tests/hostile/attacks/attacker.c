/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the attempt that the monitor has named, once in each life, at the start of a slot. It does
 * not trust its control table: an attempt before may have spoiled it. */
#include "attacker.h"

#define ATTACK(id, ends) attack_##id,
static prtos_u32_t (*const attempts[ATTACKS])(void) = {ATTACK_LIST};
#undef ATTACK

void partition_main(void)
{
    prtos_u32_t id = BOARD->attack - 1;

    call(idle_self_nr, 0, 0, 0, 0, 0);
    if (id < ATTACKS && !BOARD->result) {
        BOARD->begun++;
        BOARD->result = attempts[id]();
    }
    for (;;)
        call(idle_self_nr, 0, 0, 0, 0, 0);
}
