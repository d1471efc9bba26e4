/* SPDX-License-Identifier: Apache-2.0 */
/* Page tables of the attacker's own making, and processes: writes to what has become a table by
 * every way that was open before, and ways out of a process other than its kernel's handlers. */
#include <string.h>
#include "attacker.h"

extern struct prtos_image_hdr prtos_image_hdr;

#define TABLES ((prtos_u32_t)prtos_image_hdr.page_table)
#define BITS (PTE_PRESENT | PTE_WRITE | PTE_USER)
#define WINDOW 0x63fe000u /* nothing is mapped there, in a table that is there */
#define CORE_MEMORY 0x1000000u
#define FREE_SLOT 0x21u  /* of the directory */
#define PROCESS_CS 0x33u /* entry 6, with the AVL bit */
#define PROCESS_STACK 0x63fd000u

static volatile prtos_u32_t page[1024] __attribute__((aligned(4096)));
static volatile prtos_u32_t directory[1024] __attribute__((aligned(4096)));
static volatile prtos_u32_t stack[1024] __attribute__((aligned(4096)));

static prtos_s32_t put(prtos_u32_t at, prtos_u32_t value)
{
    return call(update_page32_nr, at, value, 0, 0, 0);
}

static prtos_s32_t type(volatile prtos_u32_t *at, prtos_u32_t to)
{
    return call(set_page_type_nr, PTR2ADDR(at), to, 0, 0, 0);
}

static prtos_u32_t entry_at(prtos_u32_t address)
{
    return (((const prtos_u32_t *)TABLES)[address >> 22] & ~0xfffu) + (address >> 12 & 1023) * 4;
}

static void map(prtos_u32_t address, prtos_u32_t entry)
{
    put(entry_at(address), entry);
    call(invld_tlb_nr, address, 0, 0, 0, 0);
}

/* Where it was mapped before. */
prtos_u32_t attack_type_write(void)
{
    page[3] = 5;
    page[3] = 0;
    if (type(page, PPAG_PTDL2) != PRTOS_OK)
        return WRONG;
    page[3] = CORE_MEMORY | BITS;
    return WRONG;
}

/* By a mapping that is gone from the table and still in the TLB. */
prtos_u32_t attack_type_write_stale(void)
{
    volatile prtos_u32_t *window = (volatile prtos_u32_t *)WINDOW;

    map(WINDOW, PTR2ADDR(page) | BITS);
    window[3] = 0;
    put(entry_at(WINDOW), 0);
    if (type(page, PPAG_PTDL2) != PRTOS_OK)
        return WRONG;
    window[3] = CORE_MEMORY | BITS;
    return WRONG;
}

/* With a second mapping left. */
prtos_u32_t attack_type_mapped_twice(void)
{
    map(WINDOW, PTR2ADDR(page) | BITS);
    return type(page, PPAG_PTDL2) == PRTOS_OP_NOT_ALLOWED ? REFUSED : WRONG;
}

/* A table that was one, by what the TLB has of it; its entries are the attacker's now. */
prtos_u32_t attack_type_stale_table(void)
{
    volatile prtos_u32_t *through = (volatile prtos_u32_t *)(FREE_SLOT << 22);

    page[0] = PTR2ADDR(stack) | BITS;
    if (type(page, PPAG_PTDL2) != PRTOS_OK ||
        put(TABLES + FREE_SLOT * 4, PTR2ADDR(page) | BITS) != PRTOS_OK)
        return WRONG;
    through[0] = 1;
    put(TABLES + FREE_SLOT * 4, 0);
    if (type(page, PPAG_STD) != PRTOS_OK)
        return WRONG;
    page[0] = CORE_MEMORY | BITS;
    through[0] = 2;
    return WRONG;
}

static void typed_stack(void)
{
    prtos_u32_t here;

    type((volatile prtos_u32_t *)(PTR2ADDR(&here) & ~0xfffu), PPAG_PTDL2);
}

/* The page that it stands on: nothing in it is a legal table, or the next push is a fault. */
prtos_u32_t attack_type_stack(void)
{
    typed_stack();
    return REFUSED;
}

prtos_u32_t attack_type_control_table(void)
{
    volatile prtos_u32_t *table = (volatile prtos_u32_t *)PCT_BASE;
    prtos_u32_t at = *(volatile prtos_u32_t *)entry_at(PCT_BASE) & ~0xfffu;

    return type(table, PPAG_PTDL2) == PRTOS_INVALID_PARAM &&
                   call(set_page_type_nr, at, PPAG_PTDL2, 0, 0, 0) == PRTOS_INVALID_PARAM
               ? REFUSED
               : WRONG;
}

/* A directory whose own entry shows it as a table, made in the only order that is left. */
prtos_u32_t attack_type_itself(void)
{
    directory[FREE_SLOT] = PTR2ADDR(directory) | BITS;
    if (type(directory, PPAG_PTDL2) != PRTOS_OK) /* an entry that maps itself: only to be read */
        return WRONG;
    return type(directory, PPAG_PTDL1) == PRTOS_INVALID_PARAM && !(directory[FREE_SLOT] & PTE_WRITE)
               ? REFUSED
               : WRONG;
}

/* The descriptor of processes, and a root: the kernel's, or one that shows a page of code, one of
 * the stack, no more. */
static void make_process(prtos_s32_t bare, void (*program)(void))
{
    const struct x86_desc code = desc_make(0, FLAT, CODE, 0xd);
    prtos_u32_t text = PTR2ADDR(program) & ~0xfffu;

    prepare();
    call(x86_update_gdt_nr, 6, PTR2ADDR(&code), 0, 0, 0);
    call(x86_update_ss_sp_nr, GUEST_DS_SEL, PTR2ADDR(&stack[512]), 1, 0, 0);
    memcpy((void *)directory, (const void *)TABLES, sizeof(directory));
    if (bare) {
        memset((void *)directory, 0, sizeof(directory));
        page[text >> 12 & 1023] = text | PTE_PRESENT | PTE_USER;
        page[(text >> 12 & 1023) + 1] = (text + 4096) | PTE_PRESENT | PTE_USER;
        page[PROCESS_STACK >> 12 & 1023] = PTR2ADDR(stack) | BITS;
        type(page, PPAG_PTDL2);
        directory[text >> 22] = PTR2ADDR(page) | BITS;
    }
    type(directory, PPAG_PTDL1);
    call(x86_set_user_root_nr, PTR2ADDR(directory), 0, 0, 0, 0);
}

static prtos_u32_t enter(void (*program)(void), prtos_u32_t sp, prtos_u32_t ss)
{
    __asm__ __volatile__("pushl %3\n\tpushl %2\n\tpushl %4\n\tpushl %1\n\tpushl %0\n\tint $0x83"
                         :
                         : "r"(program), "i"(PROCESS_CS), "r"(sp), "r"(ss), "i"(X86_EFLAGS_IF)
                         : "memory");
    return WRONG;
}

#define IN_PROCESS(id, bare, sp, ...)                                                              \
    static void process_##id(void)                                                                 \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
        for (;;)                                                                                   \
            ;                                                                                      \
    }                                                                                              \
    prtos_u32_t attack_process_##id(void)                                                          \
    {                                                                                              \
        make_process(bare, process_##id);                                                          \
        return enter(process_##id, sp, GUEST_DS_SEL);                                              \
    }

#define WRITE_WORD(at) *(volatile prtos_u32_t *)(at) = 1
#define OWN_STACK (PROCESS_STACK + PAGE_SIZE)
#define SHARED_STACK PTR2ADDR(&stack[1024])
IN_PROCESS(hypercall, 0, SHARED_STACK, call(halt_partition_nr, ATTACKER, 0, 0, 0, 0))
IN_PROCESS(hypercall_bare, 1, OWN_STACK,
           __asm__ __volatile__("int $0x82"
                                :
                                : "a"(halt_partition_nr), "b"(ATTACKER)))
IN_PROCESS(iret, 0, SHARED_STACK,
           __asm__ __volatile__("pushl $0x200\n\tpushl %0\n\tpushl $1f\n\tint $0x83\n1:"
                                :
                                : "i"(GUEST_CS_SEL)
                                : "memory");
           BOARD->result = WRONG)
IN_PROCESS(kernel, 1, OWN_STACK, WRITE_WORD(&own_idt))
IN_PROCESS(null, 1, OWN_STACK, WRITE_WORD(0))
IN_PROCESS(core, 1, OWN_STACK, WRITE_WORD(HYPERVISOR_BASE))
IN_PROCESS(control_table, 1, OWN_STACK, WRITE_WORD(PCT_BASE))
IN_PROCESS(cli, 1, OWN_STACK, __asm__ __volatile__("cli"))
IN_PROCESS(no_stack, 1, 0, __asm__ __volatile__("push %eax"))

static void spin(void)
{
    for (;;)
        ;
}

/* An interrupt in a process whose kernel has no stack for it. */
static prtos_u32_t without_stack(prtos_u32_t sp)
{
    make_process(0, spin);
    call(x86_update_ss_sp_nr, GUEST_DS_SEL, sp, 1, 0, 0);
    call(clear_irqmask_nr, 0, 1u << PRTOS_VT_EXT_EXEC_TIMER, 0, 0, 0);
    call(set_timer_nr, PRTOS_EXEC_CLOCK, 1, 0, 20, 0);
    return enter(spin, SHARED_STACK, GUEST_DS_SEL);
}

prtos_u32_t attack_process_stack_unmapped(void)
{
    return without_stack(0x63fb800);
}

prtos_u32_t attack_process_stack_zero(void)
{
    return without_stack(4);
}

prtos_u32_t attack_process_stack_core(void)
{
    return without_stack(HYPERVISOR_BASE - 4);
}

prtos_u32_t attack_process_stack_directory(void)
{
    return without_stack(PTR2ADDR(&directory[512]));
}

prtos_u32_t attack_process_bad_ss(void)
{
    make_process(0, spin);
    return enter(process_null, SHARED_STACK, 0);
}

prtos_u32_t attack_process_core_ss(void)
{
    make_process(0, spin);
    return enter(process_null, SHARED_STACK, 0x108);
}

prtos_u32_t attack_process_no_root(void)
{
    make_process(0, spin);
    call(x86_set_user_root_nr, 0, 0, 0, 0, 0);
    return enter(spin, SHARED_STACK, GUEST_DS_SEL);
}

/* The root of a process that is running is in use. */
prtos_u32_t attack_process_root_taken(void)
{
    make_process(0, spin);
    return type(directory, PPAG_STD) == PRTOS_OP_NOT_ALLOWED ? REFUSED : WRONG;
}

/* Tables that nobody gives back; the next life can make them again. */
prtos_u32_t attack_types_and_reset(void)
{
    if (BOARD->begun > 1)
        return type(page, PPAG_PTDL2) == PRTOS_OK && type(page, PPAG_STD) == PRTOS_OK &&
                       type(directory, PPAG_PTDL1) == PRTOS_OK
                   ? SURVIVED
                   : WRONG;
    make_process(0, spin);
    type(page, PPAG_PTDL2);
    call(x86_load_cr3_nr, PTR2ADDR(directory), 0, 0, 0, 0);
    call(reset_partition_nr, ATTACKER, PRTOS_WARM_RESET, 0, 0, 0);
    return WRONG;
}
