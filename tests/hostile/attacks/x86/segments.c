/* SPDX-License-Identifier: Apache-2.0 */
/* Segment registers and far transfers. */
#include "attacker.h"

#define INSTRUCTION(id, ...)                                                                       \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        __asm__ __volatile__(__VA_ARGS__);                                                         \
        return WRONG;                                                                              \
    }

INSTRUCTION(load_ss_null, "movl %0, %%ss" ::"r"(0))
INSTRUCTION(load_ss_core, "movl %0, %%ss" ::"r"(0x108))
INSTRUCTION(load_ss_code, "movl %0, %%ss" ::"r"(GUEST_CS_SEL))
INSTRUCTION(load_ds_core, "movl %0, %%ds" ::"r"(0x108))
INSTRUCTION(load_ds_tss, "movl %0, %%ds" ::"r"(0x113))
INSTRUCTION(load_ds_beyond, "movl %0, %%ds" ::"r"(0xfffb))
INSTRUCTION(jump_core_code, "ljmp $0x100, $0xfc000000")
INSTRUCTION(jump_tss, "ljmp $0x113, $0")
INSTRUCTION(call_emergency, "lcall $0x11b, $0")
INSTRUCTION(return_core_code, "pushl $0x100; pushl $0xfc000000; lret")
INSTRUCTION(iret_core_code, "pushfl; pushl $0x100; pushl $0xfc000000; iretl")

static void put_absent(void)
{
    struct x86_desc desc = desc_make(0, FLAT, DATA & ~NOT_PRESENT, 0xc);

    call(x86_update_gdt_nr, 5, PTR2ADDR(&desc), 0, 0, 0);
}

prtos_u32_t attack_load_ds_absent(void)
{
    put_absent();
    __asm__ __volatile__("movl %0, %%ds" ::"r"(OWN_DATA));
    return WRONG;
}

prtos_u32_t attack_load_ss_absent(void)
{
    put_absent();
    __asm__ __volatile__("movl %0, %%ss" ::"r"(OWN_DATA));
    return WRONG;
}
