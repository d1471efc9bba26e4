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
/* What refused.h does. */
#define PAGE_ROWS(nr, result, event, word)                                                         \
    {CODE(HCALLS, BEGIN), {nr, ANY, ANY, 0}}, {CODE(VMM, event), {ANY, word}},                     \
        {CODE(HCALLS, END), {nr, (prtos_u32_t)(result)}},
#define VMM_ROWS                                                                                   \
    PAGE_ROWS(set_page_type_nr, PRTOS_INVALID_PARAM, PAGE_UNKNOWN, 0)                              \
    PAGE_ROWS(set_page_type_nr, PRTOS_OP_NOT_ALLOWED, PAGE_IN_USE, ANY)                            \
    PAGE_ROWS(update_page32_nr, PRTOS_INVALID_PARAM, PAGE_UNKNOWN, 0)                              \
    PAGE_ROWS(update_page32_nr, PRTOS_INVALID_PARAM, PAGE_NOT_OWNED, ANY)                          \
    PAGE_ROWS(update_page32_nr, PRTOS_INVALID_PARAM, BAD_DIRECTORY_ENTRY, ANY)
#define TIMER_IRQ 0xf0u
