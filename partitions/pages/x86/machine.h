/* SPDX-License-Identifier: Apache-2.0 */
/* Processes on x86: what of them is in a context, their pages, what they try. */
#ifndef PAGES_MACHINE_H
#define PAGES_MACHINE_H

#include <irqs.h>

typedef trap_ctxt_t context_t;
#define NO_CONTEXT                                                                                 \
    {                                                                                              \
        0                                                                                          \
    }

/* `int $0x80`, number in eax, argument in ebx. */
#define CALL_VECTOR 0x80
#define CONTEXT_CALL(context) (context)->eax
#define CONTEXT_ARGUMENT(context) (context)->ebx
#define SYSTEM_CALL(number, argument)                                                              \
    __asm__ __volatile__("int $0x80" : : "a"(number), "b"(argument) : "memory")

#define TRY_HYPERCALL(number) __asm__ __volatile__("int $0x82" : : "a"(number) : "memory")
/* To the kernel's code segment, as if this were a handler. */
#define TRY_RETURN(target)                                                                         \
    __asm__ __volatile__("pushl %2\n\tpushl %1\n\tpushl %0\n\tint $0x83"                           \
                         :                                                                         \
                         : "r"(target), "i"(GUEST_CS_SEL), "i"(X86_EFLAGS_IF)                      \
                         : "memory")
#define TRY_INTERRUPTS_OFF __asm__ __volatile__("cli")

enum { DIRECTORY, TABLE, PROGRAM, MEMORY, STACK_PAGE, PROCESS_PAGES };

#endif
