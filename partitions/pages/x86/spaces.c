/* SPDX-License-Identifier: Apache-2.0 */
/* Address spaces of the processes on x86, from the pages of the second memory area. Each has a
 * directory with one entry, a table, its copy of the program, a page of memory, one of stack. */
#include <string.h>
#include "processes.h"

#define READ (PTE_PRESENT | PTE_USER)
#define SLOT(address) ((address) >> PTDL2SHIFT & (PTDL2ENTRIES - 1))

static prtos_u32_t *space_page(prtos_u32_t number, prtos_u32_t which)
{
    return (prtos_u32_t *)ADDR2PTR(SPACE_PAGE(number, which));
}

prtos_s32_t space_make(struct process *process, prtos_u32_t number)
{
    prtos_u32_t *directory = space_page(number, DIRECTORY), *table = space_page(number, TABLE);
    prtos_u32_t size = (prtos_u32_t)(__stop_process - __start_process);

    memset(directory, 0, PROCESS_PAGES * PAGE_SIZE);
    memcpy(space_page(number, PROGRAM), __start_process, size);
    table[SLOT(PTR2ADDR(__start_process))] = PTR2ADDR(space_page(number, PROGRAM)) | READ;
    table[SLOT(DATA)] = PTR2ADDR(space_page(number, MEMORY)) | READ | PTE_WRITE;
    table[SLOT(STACK)] = PTR2ADDR(space_page(number, STACK_PAGE)) | READ | PTE_WRITE;
    directory[WINDOW >> PTDL1SHIFT] = PTR2ADDR(table) | READ | PTE_WRITE;
    process->memory = (struct memory *)space_page(number, MEMORY);
    process->root = PTR2ADDR(directory);
    /* The hypervisor looks at every entry; from now on the kernel too can only read both. */
    return size == PAGE_SIZE && prtos_set_page_type(PTR2ADDR(table), PPAG_PTDL2) == PRTOS_OK &&
           prtos_set_page_type(PTR2ADDR(directory), PPAG_PTDL1) == PRTOS_OK;
}

prtos_s32_t space_use(prtos_word_t root)
{
    return prtos_x86_set_user_root(root) == PRTOS_OK;
}

/* The directory first: it refers to the table. Both are ordinary pages again. */
prtos_s32_t space_end(prtos_u32_t number)
{
    prtos_u32_t i, n = 0;

    for (i = DIRECTORY; i <= TABLE; i++)
        n += prtos_set_page_type(PTR2ADDR(space_page(number, i)), PPAG_STD) == PRTOS_OK;
    return n == 2;
}
