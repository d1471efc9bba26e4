/* SPDX-License-Identifier: Apache-2.0 */
/* Where events of processes arrive on x86: handlers of BAIL, to which the hypervisor comes with the
 * kernel's page directory and on the stack of level 1. */
#include "processes.h"

#define PROCESS_CS 0x1b /* entry 3 of the descriptor table, with the AVL bit */

static prtos_u8_t trap_stack[4096] __attribute__((aligned(16)));

static void on_call(trap_ctxt_t *ctxt)
{
    kernel_event(CALL, ctxt);
}

static void on_page_fault(trap_ctxt_t *ctxt)
{
    kernel_event(PAGE, ctxt);
}

static void on_protection_fault(trap_ctxt_t *ctxt)
{
    kernel_event(PROTECTION, ctxt);
}

/* The kernel itself may be interrupted in a system call: it gets on. */
static void on_timer(trap_ctxt_t *ctxt)
{
    if (ctxt->cs == PROCESS_CS)
        kernel_event(TIMER, ctxt);
}

/* A code segment whose AVL bit tells the hypervisor that a process is meant; a gate for system
 * calls; a stack for what comes from processes. */
prtos_s32_t machine_start(context_t *context)
{
    struct x86_desc code = part_gdt_table[PART_CS_SEL >> 3];
    struct x86_gate gate = part_idt_table[CALL_VECTOR];

    code.avl = 1;
    gate.type = X86_GATE_TRAP;
    install_trap_handler(CALL_VECTOR, on_call);
    install_trap_handler(PAGE_FAULT, on_page_fault);
    install_trap_handler(GENERAL_PROTECTION_FAULT, on_protection_fault);
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_timer);
    context->ds = context->es = context->ss = GUEST_DS_SEL;
    context->cs = PROCESS_CS;
    context->ip = PTR2ADDR(process_main);
    context->flags = X86_EFLAGS_IF;
    context->sp = STACK + PAGE_SIZE;
    return prtos_x86_update_gdt(PROCESS_CS >> 3, &code) == PRTOS_OK &&
           prtos_x86_update_idt(CALL_VECTOR, &gate) == PRTOS_OK &&
           prtos_x86_update_ss_sp(GUEST_DS_SEL, PTR2ADDR(trap_stack + sizeof(trap_stack)), 1) ==
               PRTOS_OK;
}
