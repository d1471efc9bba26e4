/* SPDX-License-Identifier: Apache-2.0 */
/* The program of every process. It uses nothing of the kernel: no function, no constant, no
 * variable; what it does stands in its own memory. */
#include "processes.h"

#define PROCESS __attribute__((section("process")))
#define MINE ((volatile struct memory *)ADDR2PTR(DATA))
#define DELAY 4000

static inline void system_call(prtos_u32_t number, prtos_u32_t argument)
{
    __asm__ __volatile__("int $0x80" : : "a"(number), "b"(argument) : "memory");
}

/* Adds up in its memory, at the same address as all others. */
static PROCESS __attribute__((noinline)) void work(void)
{
    volatile prtos_u32_t i, wait;

    for (i = 0; i < ROUNDS; i++) {
        MINE->sum += MINE->target;
        for (wait = 0; wait < DELAY; wait++)
            ;
        if (i % MINE->target == 0)
            system_call(CALL_YIELD, 0);
    }
    system_call(CALL_SAY, MINE->sum);
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
        __asm__ __volatile__("int $0x82" : : "a"(halt_system_nr) : "memory");
    if (MINE->part == FORGE_RETURN) /* to the kernel's code segment, as if this were a handler */
        __asm__ __volatile__("pushl %2\n\tpushl %1\n\tpushl %0\n\tint $0x83"
                             :
                             : "r"(MINE->target), "i"(GUEST_CS_SEL), "i"(X86_EFLAGS_IF)
                             : "memory");
    if (MINE->part == STOP_INTERRUPTS)
        __asm__ __volatile__("cli");
    system_call(CALL_END, 0);
    for (;;)
        ;
}
