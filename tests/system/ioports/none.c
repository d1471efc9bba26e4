/* SPDX-License-Identifier: Apache-2.0 */
/* Owns no port, beside partitions that do. */
#include "ports.h"

void partition_main(void)
{
    prtos_u32_t sum, i;

    ports_begin();
    for (i = 0; i < 4; i++) {
        check("open", 0, (prtos_s32_t)ports_open(&sum));
        check_word("faults", (i + 1) * ALL_PORTS, faults);
    }
    port_out8(0xf4, 0x33);
    check_word("out", 4 * ALL_PORTS + 1, faults);
    check_end();
}
