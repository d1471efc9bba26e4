/* SPDX-License-Identifier: Apache-2.0 */
/* What kernel and processes agree on: where a process finds its memory, its system calls, the parts
 * that there are; and how the kernel keeps a process. */
#ifndef PAGES_PROCESSES_H
#define PAGES_PROCESSES_H

#include <prtos.h>
#include <irqs.h>

/* As every process sees it: its program where it was linked, in the kernel's first 4 MB, and two
 * pages of its own behind that. */
#define WINDOW 0x6000000u
#define DATA 0x6380000u
#define STACK 0x6381000u

/* System calls: `int $0x80`, number in eax, argument in ebx. */
#define CALL_VECTOR 0x80
#define CALL_END 0
#define CALL_SAY 1 /* a number */
#define CALL_YIELD 2

enum part { WORK, WRITE, JUMP, MAKE_HYPERCALL, FORGE_RETURN, STOP_INTERRUPTS };

/* The first words of its memory. */
struct memory {
    prtos_u32_t part;
    prtos_u32_t target; /* an address, or what a worker adds in each round */
    prtos_u32_t sum;
};

#define ROUNDS 100

/* The program, in a section of its own: program.c. */
extern prtos_u8_t __start_process[], __stop_process[];
void process_main(void);

struct process {
    const char *what;
    enum part part;
    prtos_u32_t target;
    prtos_u32_t ended_by; /* the vector that has to end it */
    prtos_u32_t root;     /* its page directory; 0: it is no more */
    struct memory *memory;
    trap_ctxt_t context; /* while another one runs */
};

/* enter.S: the first return into a process. */
void process_enter(const trap_ctxt_t *context);

/* spaces.c: gives a process its address space; false if the hypervisor refuses. */
prtos_s32_t space_make(struct process *process, prtos_u32_t number);

/* Makes its tables ordinary pages again; how many were. */
prtos_u32_t space_end(prtos_u32_t number);

/* Where the kernel finds a page of a process. */
enum { DIRECTORY, TABLE, PROGRAM, MEMORY, STACK_PAGE, PROCESS_PAGES };
prtos_u32_t *space_page(prtos_u32_t number, prtos_u32_t which);

#endif
