/* SPDX-License-Identifier: Apache-2.0 */
/* Where events of processes arrive on AArch64: the partition's own vectors and dispatcher. */
#include "processes.h"

#define CLASS_CALL 0x15
#define CLASS_FETCH_ABORT 0x20
#define CLASS_DATA_ABORT 0x24

/* enter.S */
void process_exception(prtos_u64_t syndrome, context_t *context)
{
    switch (syndrome >> 26) {
    case CLASS_CALL:
        kernel_event(CALL, context);
        break;
    case CLASS_FETCH_ABORT:
    case CLASS_DATA_ABORT:
        kernel_event(PAGE, context);
        break;
    default:
        kernel_event(PROTECTION, context);
        break;
    }
}

/* The kernel itself may be interrupted in a system call: it gets on. */
static void on_timer(trap_ctxt_t *ctxt)
{
    (void)ctxt;
}

/* A process begins at EL0 with nothing masked: PSTATE 0. */
prtos_s32_t machine_start(context_t *context)
{
    install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_EXEC_TIMER), on_timer);
    space_start();
    __asm__ __volatile__("msr vbar_el1, %0\n\tisb" : : "r"(process_vectors));
    prtos_get_pct()->arch.trap_entry = PTR2ADDR(process_interrupted);
    context->pc = PTR2ADDR(process_main);
    context->sp = STACK + PAGE_SIZE;
    return 1;
}
