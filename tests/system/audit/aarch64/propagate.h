/* SPDX-License-Identifier: Apache-2.0 */
/* The same on AArch64: an exception is handed over by a call, in which it is propagated; it is
 * delivered when the call is over. */
#include <irqs.h>

#define TRAP_ROWS                                                                                  \
    {CODE(HCALLS, BEGIN), {raise_partition_trap_nr, OPCODE_TRAP, ANY, ANY}},                       \
        {CODE(IRQ, TRAP_RAISED), {OPCODE_TRAP, 0}}, {CODE(HM, EV_RAISED), {OPCODE_EVENT, ANY}},    \
        {CODE(HM, PART_ACTION), {OPCODE_EVENT, PRTOS_HM_AC_PROPAGATE}},                            \
        {CODE(IRQ, EMULATED), {BAIL_TRAP_VECTOR(OPCODE_TRAP)}},                                    \
        {CODE(HCALLS, END), {raise_partition_trap_nr, 0}},                                         \
    {                                                                                              \
        CODE(HCALLS, ASM),                                                                         \
        {                                                                                          \
            ANY                                                                                    \
        }                                                                                          \
    }
#define TIMER_IRQ 26u /* EL2 physical timer */
#define VMM_ROWS
