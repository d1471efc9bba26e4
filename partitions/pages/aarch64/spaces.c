/* SPDX-License-Identifier: Apache-2.0 */
/* Address spaces of the processes on AArch64, from the pages of the second memory area: tables of
 * the partition's own, of which the hypervisor knows nothing (its second stage holds whatever they
 * say). Each has three tables, its copy of the program, a page of memory, a page of stack. The
 * kernel is mapped in all of them, for EL1 only. */
#include <string.h>
#include "processes.h"

#define TABLE_ENTRY 0x3ull
#define BLOCK 0xf01ull /* of normal memory: access flag, inner shareable, not global */
#define PAGE_ENTRY 0xf03ull
#define FOR_ALL (1ull << 6) /* for EL0 too */
#define READ_ONLY (1ull << 7)
#define NEVER_AT_EL1 (1ull << 53)
#define NEVER_AT_EL0 (1ull << 54)

#define MAIR 0xffull       /* attribute 0: write-back */
#define TCR 0x100803520ull /* 4 GB below, none above, 4 KB pages, walks write-back, 36 bits */
#define SCTLR_ON 0x1005ull /* M, C, I */
#define KERNEL_PAGES 384u  /* both areas */
#define TOP 0xC0000000ull  /* the control tables are in this GB */
#define ASID(number) ((prtos_u64_t)((number) + 1) << 48)

static prtos_u64_t kernel_root[512] __attribute__((aligned(4096)));

static prtos_u64_t *space_page(prtos_u32_t number, prtos_u32_t which)
{
    return (prtos_u64_t *)ADDR2PTR(SPACE_PAGE(number, which));
}

#define SLOT(address) ((prtos_u64_t)(address) >> 12 & 511)

void space_start(void)
{
    kernel_root[0] = BLOCK | NEVER_AT_EL0;
    kernel_root[3] = TOP | BLOCK | NEVER_AT_EL0 | NEVER_AT_EL1;
    space_use(0);
    __asm__ __volatile__(
        "msr mair_el1, %0\n\tmsr tcr_el1, %1\n\tisb\n\ttlbi vmalle1\n\tdsb nsh\n\tisb\n\t"
        "mrs x0, sctlr_el1\n\torr x0, x0, %2\n\tmsr sctlr_el1, x0\n\tisb"
        :
        : "r"(MAIR), "r"(TCR), "r"(SCTLR_ON)
        : "x0", "memory");
}

/* What was written as data is to be fetched (Arm ARM B2.4.4). The least line has 16 bytes. */
static void program_written(const prtos_u8_t *at, prtos_u32_t size)
{
    prtos_u32_t i;

    for (i = 0; i < size; i += 16)
        __asm__ __volatile__("dc cvau, %0" : : "r"(at + i) : "memory");
    __asm__ __volatile__("dsb ish\n\tic ialluis\n\tdsb ish\n\tisb" : : : "memory");
}

prtos_s32_t space_make(struct process *process, prtos_u32_t number)
{
    prtos_u64_t *directory = space_page(number, DIRECTORY), *middle = space_page(number, MIDDLE);
    prtos_u64_t *table = space_page(number, TABLE);
    prtos_u32_t size = (prtos_u32_t)(__stop_process - __start_process), i;

    memset(directory, 0, PROCESS_PAGES * PAGE_SIZE);
    memcpy(space_page(number, PROGRAM), __start_process, size);
    program_written((const prtos_u8_t *)space_page(number, PROGRAM), size);
    for (i = 0; i < KERNEL_PAGES; i++)
        table[i] = (WINDOW + i * PAGE_SIZE) | PAGE_ENTRY | NEVER_AT_EL0;
    table[SLOT(__start_process)] =
        PTR2ADDR(space_page(number, PROGRAM)) | PAGE_ENTRY | FOR_ALL | READ_ONLY | NEVER_AT_EL1;
    table[SLOT(DATA)] =
        PTR2ADDR(space_page(number, MEMORY)) | PAGE_ENTRY | FOR_ALL | NEVER_AT_EL1 | NEVER_AT_EL0;
    table[SLOT(STACK)] = PTR2ADDR(space_page(number, STACK_PAGE)) | PAGE_ENTRY | FOR_ALL |
                         NEVER_AT_EL1 | NEVER_AT_EL0;
    middle[WINDOW >> 21] = PTR2ADDR(table) | TABLE_ENTRY;
    directory[0] = PTR2ADDR(middle) | TABLE_ENTRY;
    directory[3] = kernel_root[3];
    process->memory = (struct memory *)space_page(number, MEMORY);
    process->root = PTR2ADDR(directory) | ASID(number);
    return size == PAGE_SIZE;
}

/* No translation is dropped: each space has an ASID, the kernel's is 0. */
prtos_s32_t space_use(prtos_word_t root)
{
    __asm__ __volatile__("dsb ishst\n\tmsr ttbr0_el1, %0\n\tisb"
                         :
                         : "r"(root ? root : PTR2ADDR(kernel_root))
                         : "memory");
    return 1;
}

/* What translates nothing any more is ordinary memory. */
prtos_s32_t space_end(prtos_u32_t number)
{
    prtos_u64_t *directory = space_page(number, DIRECTORY);
    prtos_s32_t was = directory[0] == (SPACE_PAGE(number, MIDDLE) | TABLE_ENTRY);

    memset(directory, 0, PROCESS_PAGES * PAGE_SIZE);
    __asm__ __volatile__("dsb ishst\n\ttlbi aside1is, %0\n\tdsb ish\n\tisb"
                         :
                         : "r"(ASID(number))
                         : "memory");
    return was;
}
