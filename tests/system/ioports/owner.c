/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the CMOS, the last eight ports, and the port by which QEMU ends. Each access lies wholly in
 * what it owns or it faults; the same after a restart. The end is its own doing. */
#include "ports.h"

#define INDEX 0x70u
#define DATA 0x71u
#define CELL 0x60u /* a byte of the CMOS that nobody uses */
#define EXIT 0xf4u
#define LAST 0xfff8u
#define OWNED (2u + 1u + 8u)
#define OWNED_SUM (INDEX + DATA + EXIT + 8u * LAST + 28u)

/* Works, or faults once. */
static void check_access(const char *name, prtos_u32_t (*access)(prtos_u32_t), prtos_u32_t port,
                         prtos_u32_t expected)
{
    prtos_u32_t before = faults;

    access(port);
    check(name, (prtos_s32_t)expected, (prtos_s32_t)(faults - before));
}

void partition_main(void)
{
    prtos_part_status_t status;
    prtos_u32_t sum;

    ports_begin();
    if (prtos_get_pct()->reset_counter == 0)
        prtos_reset_partition(PRTOS_PARTITION_SELF, PRTOS_WARM_RESET, 0);
    port_out8(INDEX, CELL);
    port_out8(DATA, 0x5a);
    check_word("cell", 0x5a, port_in8(DATA));
    port_out8(DATA, 0xa5);
    check_word("cell.again", 0xa5, port_in8(DATA));
    check("no-fault", 0, (prtos_s32_t)faults);
    check_access("word.below", port_in16, INDEX - 1, 1);
    check_access("word", port_in16, INDEX, 0);
    check_access("word.above", port_in16, DATA, 1);
    check_access("long", port_in32, INDEX, 1);
    check_access("byte.above", port_in8, DATA + 1, 1);
    check_access("last", port_in8, 0xffff, 0);
    check_access("last.word", port_in16, 0xfffe, 0);
    check_access("last.long", port_in32, LAST, 0);
    check_access("last.beyond", port_in16, 0xffff, 1);
    check_access("last.below", port_in32, LAST - 1, 1);
    check("owned", OWNED, (prtos_s32_t)ports_open(&sum));
    check_word("owned.sum", OWNED_SUM, sum);
    do
        prtos_idle_self();
    while (prtos_get_partition_status(1, &status) == PRTOS_OK &&
           (status.state != PRTOS_STATUS_HALTED ||
            (prtos_get_partition_status(2, &status), status.state != PRTOS_STATUS_HALTED)));
    check_end();
    prtos_idle_self(); /* the text goes out */
    prtos_idle_self();
    port_out8(EXIT, 0x21);
}
