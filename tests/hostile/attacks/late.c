/* SPDX-License-Identifier: Apache-2.0 */
/* What takes the hypervisor longest, begun right before the slot ends: the next slot must begin in
 * time all the same. */
#include <string.h>
#include "attacker.h"

#define SLOT 300000u /* ns */
#define STEP 400u

void wait_until(prtos_u32_t n)
{
    prtos_u64_t end = dispatch_ns() + SLOT - n * STEP;

    while (clock_ns() < end)
        ;
}

LATE(fault, 1, , fault_call())
LATE(fault, 2, , fault_call())
LATE(fault, 3, , fault_call())
LATE(fault, 4, , fault_call())

#define RESTART(mode)                                                                              \
    if (BOARD->begun == 1)                                                                         \
    call(reset_partition_nr, ATTACKER, mode, 0, 0, 0)
LATE(warm, 1, , RESTART(PRTOS_WARM_RESET))
LATE(warm, 2, , RESTART(PRTOS_WARM_RESET))
LATE(warm, 3, , RESTART(PRTOS_WARM_RESET))
LATE(cold, 1, , RESTART(PRTOS_COLD_RESET))
LATE(cold, 2, , RESTART(PRTOS_COLD_RESET))
LATE(cold, 3, , RESTART(PRTOS_COLD_RESET))
LATE(halt, 1, , call(halt_partition_nr, ATTACKER, 0, 0, 0, 0))
LATE(halt, 2, , call(halt_partition_nr, ATTACKER, 0, 0, 0, 0))

prtos_u32_t attack_suspend_late(void)
{
    wait_until(2);
    call(suspend_partition_nr, ATTACKER, 0, 0, 0, 0);
    return WRONG;
}

#define LINE_OUT                                                                                   \
    call(write_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, ATTACKER, 0), MESSAGE, 128, 0, 0)
#define LINES memset((void *)MESSAGE, '\n', 128)
LATE(console, 1, LINES, LINE_OUT)
LATE(console, 2, LINES, LINE_OUT)

static void open_port(void)
{
    static struct prtos_create_sampling_port create = {"a_name_of_thirty_characters_ok", 1, 1, 0};

    call(ctrl_object_nr, OBJDESC_BUILD(OBJ_CLASS_SAMPLING_PORT, ATTACKER, 0),
         PRTOS_COMM_CREATE_PORT, PTR2ADDR(&create), 0, 0);
}

LATE(ports, 1, , open_port())
LATE(ports, 2, , open_port())
