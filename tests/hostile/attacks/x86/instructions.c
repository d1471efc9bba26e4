/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions and accesses that the processor itself must stop. */
#include "attacker.h"

extern struct prtos_image_hdr prtos_image_hdr;

#define INSTRUCTION(id, ...)                                                                       \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        __asm__ __volatile__(__VA_ARGS__);                                                         \
        return WRONG;                                                                              \
    }

static const struct {
    prtos_u16_t limit;
    prtos_u32_t base;
} __PACKED table = {0, 0};
static const prtos_s32_t bounds[2] = {1, 2};

INSTRUCTION(cli, "cli")
INSTRUCTION(sti, "sti")
INSTRUCTION(hlt, "hlt")
INSTRUCTION(in_byte, "inb $0x60, %%al" ::: "eax")
INSTRUCTION(out_byte, "outb %%al, $0x80" ::)
INSTRUCTION(in_string, "rep insb" ::"c"(4), "d"(0x3f8), "D"(MESSAGE))
INSTRUCTION(out_exit, "outl %0, %w1" ::"a"(0x10), "d"(0xf4))
INSTRUCTION(lgdt, "lgdt %0" ::"m"(table))
INSTRUCTION(lidt, "lidt %0" ::"m"(table))
INSTRUCTION(lldt, "lldt %w0" ::"r"(0))
INSTRUCTION(ltr, "ltr %w0" ::"r"(0x110))
INSTRUCTION(lmsw, "lmsw %w0" ::"r"(0))
INSTRUCTION(clts, "clts")
INSTRUCTION(invd, "invd")
INSTRUCTION(wbinvd, "wbinvd")
INSTRUCTION(invlpg, "invlpg (%0)" ::"r"(&table))
INSTRUCTION(read_cr0, "mov %%cr0, %%eax" ::: "eax")
INSTRUCTION(read_cr3, "mov %%cr3, %%eax" ::: "eax")
INSTRUCTION(write_cr0, "mov %0, %%cr0" ::"r"(1))
INSTRUCTION(write_cr3, "mov %0, %%cr3" ::"r"(0x6000000))
INSTRUCTION(write_cr4, "mov %0, %%cr4" ::"r"(0))
INSTRUCTION(write_dr7, "mov %0, %%dr7" ::"r"(0x403))
INSTRUCTION(rdmsr, "rdmsr" ::"c"(0x1b) : "eax", "edx")
INSTRUCTION(wrmsr, "wrmsr" ::"c"(0x174), "a"(0x100), "d"(0))
INSTRUCTION(rdpmc, "rdpmc" ::"c"(0) : "eax", "edx")
INSTRUCTION(int3, "int3")
INSTRUCTION(into, "movb $0x7f, %%al; addb $1, %%al; into" ::: "eax")
INSTRUCTION(bound, "bound %0, %1" ::"r"(7), "m"(bounds))
INSTRUCTION(icebp, ".byte 0xf1")
INSTRUCTION(ud2, "ud2")
INSTRUCTION(lock_nop, ".byte 0xf0, 0x90")
INSTRUCTION(divide, "divl %%ecx" ::"a"(1), "d"(0), "c"(0))
INSTRUCTION(single_step, "pushl $0x302; popfl; nop; nop")
INSTRUCTION(single_step_call, "pushl $0x302; popfl; int $0x82; nop; nop" ::"a"(get_vcpuid_nr))
INSTRUCTION(x87, "fninit")
INSTRUCTION(sse, ".byte 0x0f, 0x28, 0xc0")
INSTRUCTION(sysenter, ".byte 0x0f, 0x34")
INSTRUCTION(syscall, ".byte 0x0f, 0x05")
INSTRUCTION(popf_iopl, "pushl $0x3202; popfl; cli")
INSTRUCTION(nested_iret, "pushl $0x4202; popfl; pushfl; pushl %%cs; pushl $1f; iretl; 1:" ::)
INSTRUCTION(rsm, ".byte 0x0f, 0xaa")
INSTRUCTION(vmcall, ".byte 0x0f, 0x01, 0xc1")
INSTRUCTION(push_null, "movl $0, %%esp; pushl %%eax" ::)

/* With AC set nothing is checked: CR0.AM is not the guest's. */
prtos_u32_t attack_align_check(void)
{
    prtos_u32_t pair[2] = {0, 0};

    __asm__ __volatile__("pushl $0x40202; popfl; movl 1(%0), %%eax" ::"r"(pair) : "eax");
    call(get_vcpuid_nr, 0, 0, 0, 0, 0);
    return SURVIVED;
}

prtos_u32_t attack_popf_spin(void)
{
    __asm__ __volatile__("pushl $2; popfl; 1: jmp 1b");
    return WRONG;
}

prtos_u32_t attack_string_spin(void)
{
    for (;;)
        __asm__ __volatile__(
            "std; movl $0x20000, %%ecx; movl %0, %%edi; rep stosb" ::"i"(MESSAGE + MESSAGE_SIZE)
            : "ecx", "edi", "memory");
}

#define ACCESS(id, address, how)                                                                   \
    prtos_u32_t attack_##id(void)                                                                  \
    {                                                                                              \
        volatile prtos_u32_t *where = (volatile prtos_u32_t *)(address);                           \
                                                                                                   \
        how;                                                                                       \
        return WRONG;                                                                              \
    }
#define READ (void)*where
#define WRITE *where = 0xdeadbeef
#define JUMP ((void (*)(void))PTR2ADDR(where))()

ACCESS(read_null, 0, READ)
ACCESS(write_null, 0, WRITE)
ACCESS(read_victim, VICTIM_MEMORY, READ)
ACCESS(write_victim, VICTIM_MEMORY, WRITE)
ACCESS(write_frozen, FROZEN, WRITE)
ACCESS(write_page_table, prtos_image_hdr.page_table, WRITE)
ACCESS(read_core, HYPERVISOR_BASE, READ)
ACCESS(write_core, HYPERVISOR_BASE + 0x2000, WRITE)
ACCESS(read_apic, 0xfee00020, READ)
ACCESS(write_top, 0xfffffffc, WRITE)
ACCESS(read_load_address, 0x1000000, READ)
ACCESS(jump_null, 0, JUMP)
ACCESS(jump_core, HYPERVISOR_BASE, JUMP)
ACCESS(jump_top, 0xfffffff0, JUMP)
ACCESS(jump_victim, VICTIM_MEMORY, JUMP)
