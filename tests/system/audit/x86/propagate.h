/* SPDX-License-Identifier: Apache-2.0 */
/* What a propagated trap of the processor leaves in the stream, and the number of the timer's
 * interrupt. */
#define TRAP_ROWS                                                                                  \
    {CODE(IRQ, TRAP_RAISED), {OPCODE_TRAP, 0}}, {CODE(HM, EV_RAISED), {OPCODE_EVENT, ANY}},        \
        {CODE(HM, PART_ACTION), {OPCODE_EVENT, PRTOS_HM_AC_PROPAGATE}},                            \
        {CODE(IRQ, EMULATED), {OPCODE_TRAP}},                                                      \
    {                                                                                              \
        CODE(HCALLS, ASM),                                                                         \
        {                                                                                          \
            ANY                                                                                    \
        }                                                                                          \
    }
#define TIMER_IRQ 0xf0u
