/* SPDX-License-Identifier: Apache-2.0 */
/* Processes on AArch64: what of them is in a context, their pages, what they try. enter.S knows the
 * offsets. */
#ifndef PAGES_MACHINE_H
#define PAGES_MACHINE_H

#include <prtos.h>

typedef struct {
    prtos_u64_t x[31];
    prtos_u64_t sp, pc, pstate;
} context_t;
#define NO_CONTEXT                                                                                 \
    {                                                                                              \
        {0}, 0, 0, 0                                                                               \
    }

/* `svc #0`, number in x0, argument in x1. */
#define CONTEXT_CALL(context) (prtos_u32_t)(context)->x[0]
#define CONTEXT_ARGUMENT(context) (prtos_u32_t)(context)->x[1]
#define SYSTEM_CALL(number, argument)                                                              \
    do {                                                                                           \
        register prtos_u64_t x0 __asm__("x0") = (number);                                          \
        register prtos_u64_t x1 __asm__("x1") = (argument);                                        \
        __asm__ __volatile__("svc #0" : : "r"(x0), "r"(x1) : "memory");                            \
    } while (0)

#define TRY_HYPERCALL(number)                                                                      \
    __asm__ __volatile__("mov x0, %0\n\thvc #0" : : "r"((prtos_u64_t)(number)) : "x0", "memory")
#define TRY_RETURN(target)                                                                         \
    __asm__ __volatile__("mov x30, %0\n\teret" : : "r"((prtos_u64_t)(target)) : "x30", "memory")
#define TRY_INTERRUPTS_OFF __asm__ __volatile__("msr daifset, #2")

enum { DIRECTORY, MIDDLE, TABLE, PROGRAM, MEMORY, STACK_PAGE, PROCESS_PAGES };

/* enter.S: from processes to kernel_event(), everything else to BAIL's own. */
extern char process_vectors[], process_interrupted[];

/* spaces.c: the kernel's own translation begins. */
void space_start(void);

#endif
