/* SPDX-License-Identifier: Apache-2.0 */
/* Owns two ports that the other owner does not have. */
#include "ports.h"

void partition_main(void)
{
    prtos_u32_t sum, i;

    ports_begin();
    for (i = 0; i < 4; i++) {
        check("open", 2, (prtos_s32_t)ports_open(&sum));
        check_word("open.sum", 0x61 + 0x8000, sum);
    }
    check_end();
}
