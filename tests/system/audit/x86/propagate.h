/* SPDX-License-Identifier: Apache-2.0 */
/* What a propagated trap of the processor leaves in the stream besides what every trap does, and
 * the number of the timer's interrupt. */
#define OPCODE_VECTOR OPCODE_TRAP
#define TRAP_BEGIN
#define TRAP_END
#define TIMER_IRQ 0xf0u
