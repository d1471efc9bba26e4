/* SPDX-License-Identifier: Apache-2.0 */
/* What kernel and processes agree on: where a process finds its memory, its system calls, the parts
 * that there are; how the kernel keeps a process; and what x86/ and aarch64/ do for it. */
#ifndef PAGES_PROCESSES_H
#define PAGES_PROCESSES_H

#include <prtos.h>
#include <irqs.h>
#include "machine.h" /* context_t, the pages of a process, the instructions that it tries */

/* As every process sees it: its program where it was linked, in the kernel's memory, and two pages
 * of its own behind that. */
#define WINDOW 0x6000000u
#define DATA 0x6190000u
#define STACK 0x6191000u

/* System calls: a number and an argument. */
#define CALL_END 0
#define CALL_SAY 1 /* a number */
#define CALL_YIELD 2

enum part { WORK, WRITE, JUMP, MAKE_HYPERCALL, FORGE_RETURN, STOP_INTERRUPTS };

/* The first words of its memory. */
struct memory {
    prtos_word_t target; /* an address, or what a worker adds in each round */
    prtos_u32_t part;
    prtos_u32_t sum;
};

#define ROUNDS 100

/* The program, in a section of its own: program.c. */
extern prtos_u8_t __start_process[], __stop_process[];
void process_main(void);

/* Why the kernel is entered from a process. */
enum event { CALL, PAGE, PROTECTION, TIMER };

struct process {
    const char *what;
    enum part part;
    prtos_word_t target;
    enum event ended_by;
    prtos_word_t root; /* its page tables; 0: it is no more */
    struct memory *memory;
    context_t context; /* while another one runs */
};

/* Where the kernel finds a page of a process: in the second memory area, which is mapped where it
 * is, so an address is a physical address. */
#define POOL 0x6100000u
#define SPACE_PAGE(number, which) (POOL + ((number)*PROCESS_PAGES + (which)) * PAGE_SIZE)

/* kernel.c: an event of the current process; the context that it leaves is where it goes on. */
void kernel_event(enum event event, context_t *context);

/* machine.c: events come to kernel_event() from now on; false if the hypervisor refuses. Fills the
 * context of a process that begins. */
prtos_s32_t machine_start(context_t *context);

/* enter.S: the first return into a process. */
void process_enter(const context_t *context);

/* spaces.c: gives a process its address space, makes one the current one (0: the kernel's), takes
 * it away; false if the hypervisor refuses. */
prtos_s32_t space_make(struct process *process, prtos_u32_t number);
prtos_s32_t space_use(prtos_word_t root);
prtos_s32_t space_end(prtos_u32_t number);

#endif
