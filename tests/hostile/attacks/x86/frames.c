/* SPDX-License-Identifier: Apache-2.0 */
/* Forged frames, every flag at every way in, far jumps, stacks that run out, images that change
 * themselves. */
#include "attacker.h"

#include <bail.h>

#define FLAGS 0x244602u /* ID, AC, NT, DF */
#define FLAGS_SEEN 0x244600u
#define SPIN 700000u /* instructions: over the end of the slot */

extern struct prtos_image_hdr prtos_image_hdr;
extern char nest[];

#define BY_PROCESSOR(id, ...)                                                                      \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        __asm__ __volatile__(__VA_ARGS__);                                                         \
        return WRONG;                                                                              \
    }

/* The processor's own return takes neither IOPL nor VM from a frame. */
BY_PROCESSOR(iretl_iopl, "pushl $0x3202; pushl %%cs; pushl $1f; iretl; 1: cli" ::)
BY_PROCESSOR(iretl_iopl_out, "pushl $0x3202; pushl %%cs; pushl $1f; iretl; 1: outb %%al, $0x80" ::)
BY_PROCESSOR(iretl_trap, "pushl $0x302; pushl %%cs; pushl $1f; iretl; 1: nop; nop" ::)
BY_PROCESSOR(iretl_eip_core, "pushl $0x202; pushl %%cs; pushl $0xfc001000; iretl" ::)
BY_PROCESSOR(iretl_zeros, "movl %0, %%esp; iretl" ::"i"(MESSAGE + MESSAGE_SIZE - 64))
BY_PROCESSOR(flags_opcode, "pushl %0; popfl; ud2" ::"i"(FLAGS))
BY_PROCESSOR(flags_page, "pushl %0; popfl; movl 0, %%eax" ::"i"(FLAGS) : "eax")
BY_PROCESSOR(flags_general, "pushl %0; popfl; int $0x20" ::"i"(FLAGS))
BY_PROCESSOR(flags_divide, "pushl %0; popfl; divl %1" ::"i"(FLAGS), "r"(0), "a"(1), "d"(0))
BY_PROCESSOR(trap_string, "pushl $0x302; popfl; rep stosb" ::"c"(64), "D"(MESSAGE), "a"(0))
BY_PROCESSOR(
    trap_behind_ss,
    "movl %%ss, %%edx; pushl $0x302; popfl; movl %%edx, %%ss; int $0x82; nop" ::"a"(get_vcpuid_nr)
    : "edx")
BY_PROCESSOR(far_jump_core, "ljmp %0, $0xfc001000" ::"i"(GUEST_CS_SEL))
BY_PROCESSOR(far_call_beyond, "lcall $0xfffb, $0" ::)
BY_PROCESSOR(stack_runs_out, "movl %0, %%esp; 1: pushl %%eax; jmp 1b" ::"i"(MESSAGE + 64))
BY_PROCESSOR(code_changes_itself, "movw $0x0b0f, 1f; jmp 1f; 1: nop; nop" ::: "memory")

/* VIF and VIP neither. Not asked for is VM: see CAVEATS.md, 8086 mode. */
prtos_u32_t attack_iretl_virtual(void)
{
    prtos_u32_t flags;

    __asm__ __volatile__("pushl $0x180202; pushl %%cs; pushl $1f; iretl; 1: pushfl; popl %0"
                         : "=r"(flags));
    return flags & 0x1a0000 ? WRONG : SURVIVED;
}

/* The timer comes in between, the slot ends: the flags are the guest's when it goes on. */
prtos_u32_t attack_flags_over_a_switch(void)
{
    prtos_u32_t flags;

    __asm__ __volatile__("pushl %1; popfl; movl %2, %%ecx; 1: loop 1b; pushfl; popl %0; "
                         "pushl $0x202; popfl"
                         : "=r"(flags)
                         : "i"(FLAGS), "i"(SPIN)
                         : "ecx", "cc");
    return (flags & 0x247700) == (FLAGS_SEEN | 0x200) ? SURVIVED : WRONG;
}

/* Each handler is interrupted at once by the next one, until there is no stack. */
prtos_u32_t attack_virqs_nest(void)
{
    prepare();
    gate_set(VECTOR, PTR2ADDR(nest), GUEST_CS_SEL, 0xef);
    return raise_on(GUEST_DS_SEL, MESSAGE + PAGE_SIZE);
}

/* What the image says of itself in memory: nobody reads it there. */
prtos_u32_t attack_image_changes_itself(void)
{
    if (BOARD->begun == 1) {
        *(volatile prtos_u32_t *)&prtos_image_hdr.page_table = VICTIM_MEMORY;
        call(reset_partition_nr, ATTACKER, PRTOS_WARM_RESET, 0, 0, 0);
        return WRONG;
    }
    return SURVIVED;
}

/* A cold reset takes it from the container, whatever was made of it. */
prtos_u32_t attack_image_changes_its_code(void)
{
    if (BOARD->begun == 1) {
        *(volatile prtos_u16_t *)PTR2ADDR(start) = 0x0b0f; /* ud2 */
        call(reset_partition_nr, ATTACKER, PRTOS_COLD_RESET, 0, 0, 0);
        return WRONG;
    }
    return SURVIVED;
}
