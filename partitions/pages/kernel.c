/* SPDX-License-Identifier: Apache-2.0 */
/* A small kernel inside a partition: processes in address spaces of their own, system calls, a
 * timer that takes turns, and the end of whoever does what it may not. Everything happens in
 * handlers: the context that a handler leaves is where the virtual return goes. */
#include <stdio.h>
#include <string.h>
#include "processes.h"

#define PROCESS_CS 0x1b /* entry 3 of the descriptor table, with the AVL bit */
#define TURN 500        /* us */
#define CANARY 0x600dcafeu
#define NONE 0xffu

static struct process processes[] = {
    {"adds up threes", WORK, 3, CALL_VECTOR, 0, 0, {0}},
    {"adds up fives", WORK, 5, CALL_VECTOR, 0, 0, {0}},
    {"writes through a null pointer", WRITE, 0, PAGE_FAULT, 0, 0, {0}},
    {"writes to the kernel", WRITE, WINDOW, PAGE_FAULT, 0, 0, {0}},
    {"writes to process 0", WRITE, 0x6103000, PAGE_FAULT, 0, 0, {0}},
    {"writes to its own page directory", WRITE, 0x6119000, PAGE_FAULT, 0, 0, {0}},
    {"writes to the control tables", WRITE, PRTOS_PCTRLTAB_ADDR, PAGE_FAULT, 0, 0, {0}},
    {"writes to the hypervisor", WRITE, CONFIG_PRTOS_OFFSET, PAGE_FAULT, 0, 0, {0}},
    {"jumps into the kernel", JUMP, WINDOW, PAGE_FAULT, 0, 0, {0}},
    {"makes a hypercall", MAKE_HYPERCALL, 0, GENERAL_PROTECTION_FAULT, 0, 0, {0}},
    {"forges the return of a handler", FORGE_RETURN, WINDOW, GENERAL_PROTECTION_FAULT, 0, 0, {0}},
    {"turns interrupts off", STOP_INTERRUPTS, 0, GENERAL_PROTECTION_FAULT, 0, 0, {0}},
};

#define PROCESSES (sizeof(processes) / sizeof(processes[0]))

static prtos_u32_t current, canary = CANARY, turns, wrong;
static prtos_u8_t trap_stack[4096] __attribute__((aligned(16)));

/* All have ended. */
static void finish(void)
{
    prtos_u32_t i, pages = 0;

    prtos_x86_set_user_root(0);
    for (i = 0; i < PROCESSES; i++)
        pages += space_end(i);
    printf("[P0] the timer has taken turns: %s\n", turns > 2 ? "yes" : "no");
    printf("[P0] page tables given back: %d of %d\n", pages, 2 * PROCESSES);
    printf("[P0] verdict: %s\n",
           !wrong && canary == CANARY && pages == 2 * PROCESSES ? "PASS" : "FAIL");
    prtos_halt_partition(PRTOS_PARTITION_SELF);
}

static prtos_u32_t next_of(prtos_u32_t from)
{
    prtos_u32_t i;

    for (i = 1; i <= PROCESSES; i++)
        if (processes[(from + i) % PROCESSES].root)
            return (from + i) % PROCESSES;
    return NONE;
}

/* Leaves the current process and goes on with the next one. */
static void switch_process(trap_ctxt_t *ctxt)
{
    prtos_u32_t next = next_of(current);

    if (next == NONE)
        finish();
    processes[current].context = *ctxt;
    current = next;
    *ctxt = processes[current].context;
    prtos_x86_set_user_root(processes[current].root);
}

static void end_process(trap_ctxt_t *ctxt, const char *how)
{
    struct process *process = &processes[current];
    prtos_s32_t good = ctxt->irq_nr == process->ended_by;

    printf("[P0] process %d %s: %s%s\n", current, process->what, how, good ? "" : ", WRONG");
    wrong += !good;
    process->root = 0;
    switch_process(ctxt);
}

static void on_call(trap_ctxt_t *ctxt)
{
    struct process *process = &processes[current];

    if (ctxt->eax == CALL_SAY) {
        printf("[P0] process %d says %d\n", current, ctxt->ebx);
        wrong += ctxt->ebx != process->target * ROUNDS || ctxt->ebx != process->memory->sum;
    } else if (ctxt->eax == CALL_YIELD) {
        switch_process(ctxt);
    } else {
        end_process(ctxt, "done");
    }
}

static void on_page_fault(trap_ctxt_t *ctxt)
{
    if (ctxt->cs == PROCESS_CS)
        end_process(ctxt, "page fault");
    else
        printf("[P0] FAILED: the kernel's own page fault at 0x%x\n", ctxt->ip);
}

static void on_protection_fault(trap_ctxt_t *ctxt)
{
    end_process(ctxt, "protection fault");
}

/* The kernel itself may be interrupted in a system call: it gets on. */
static void on_timer(trap_ctxt_t *ctxt)
{
    if (ctxt->cs != PROCESS_CS)
        return;
    turns++;
    switch_process(ctxt);
}

/* A code segment whose AVL bit tells the hypervisor that a process is meant; a gate for system
 * calls; a stack for what comes from processes. */
static void set_up(void)
{
    struct x86_desc code = part_gdt_table[PART_CS_SEL >> 3];
    struct x86_gate gate = part_idt_table[CALL_VECTOR];

    code.avl = 1;
    gate.type = X86_GATE_TRAP;
    wrong += prtos_x86_update_gdt(PROCESS_CS >> 3, &code) != PRTOS_OK;
    wrong += prtos_x86_update_idt(CALL_VECTOR, &gate) != PRTOS_OK;
    wrong += prtos_x86_update_ss_sp(GUEST_DS_SEL, PTR2ADDR(trap_stack + sizeof(trap_stack)), 1) !=
             PRTOS_OK;
    install_trap_handler(CALL_VECTOR, on_call);
    install_trap_handler(PAGE_FAULT, on_page_fault);
    install_trap_handler(GENERAL_PROTECTION_FAULT, on_protection_fault);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_timer);
    prtos_clear_irqmask(0, 1 << PRTOS_VT_EXT_EXEC_TIMER);
    prtos_set_timer(PRTOS_EXEC_CLOCK, TURN, TURN);
}

void partition_main(void)
{
    trap_ctxt_t start;
    prtos_u32_t i;

    set_up();
    memset(&start, 0, sizeof(start));
    start.ds = start.es = start.ss = GUEST_DS_SEL;
    start.cs = PROCESS_CS;
    start.ip = PTR2ADDR(process_main);
    start.flags = X86_EFLAGS_IF;
    start.sp = STACK + PAGE_SIZE;
    for (i = 0; i < PROCESSES; i++) {
        processes[i].context = start;
        wrong += !space_make(&processes[i], i);
        processes[i].memory->part = processes[i].part;
        processes[i].memory->target = processes[i].target;
    }
    printf("[P0] %d processes, each with page tables of its own\n", PROCESSES);
    wrong += prtos_x86_set_user_root(processes[0].root) != PRTOS_OK;
    process_enter(&start);
}
