/* SPDX-License-Identifier: Apache-2.0 */
/* An exception is handed over by a call, in which it is propagated; it is delivered when the
 * call is over. */
#include <irqs.h>

#define OPCODE_VECTOR BAIL_TRAP_VECTOR(OPCODE_TRAP)
#define TRAP_BEGIN {CODE(HCALLS, BEGIN), {raise_partition_trap_nr, OPCODE_TRAP, ANY, ANY}},
#define TRAP_END {CODE(HCALLS, END), {raise_partition_trap_nr, 0}},
#define TIMER_IRQ 26u /* EL2 physical timer */
