/* SPDX-License-Identifier: Apache-2.0 */
/* The program of every process. It uses nothing of the kernel: no function, no constant, no
 * variable; what it does stands in its own memory. */
#include "processes.h"

#define PROCESS __attribute__((section("process")))
#define MINE ((volatile struct memory *)ADDR2PTR(DATA))
#define DELAY 4000

/* Adds up in its memory, at the same address as all others. */
static PROCESS __attribute__((noinline)) void work(void)
{
    volatile prtos_u32_t i, wait;

    for (i = 0; i < ROUNDS; i++) {
        MINE->sum += MINE->target;
        for (wait = 0; wait < DELAY; wait++)
            ;
        if (i % MINE->target == 0)
            SYSTEM_CALL(CALL_YIELD, 0);
    }
    SYSTEM_CALL(CALL_SAY, MINE->sum);
}

PROCESS void process_main(void)
{
    /* Read each time, so that no compiler makes a table of jumps: that would be the kernel's. */
    if (MINE->part == WORK)
        work();
    if (MINE->part == WRITE)
        *(volatile prtos_u32_t *)ADDR2PTR(MINE->target) = 0xdeadbeef;
    if (MINE->part == JUMP)
        ((void (*)(void))ADDR2PTR(MINE->target))();
    if (MINE->part == MAKE_HYPERCALL)
        TRY_HYPERCALL(halt_system_nr);
    if (MINE->part == FORGE_RETURN)
        TRY_RETURN(MINE->target);
    if (MINE->part == STOP_INTERRUPTS)
        TRY_INTERRUPTS_OFF;
    SYSTEM_CALL(CALL_END, 0);
    for (;;)
        ;
}
