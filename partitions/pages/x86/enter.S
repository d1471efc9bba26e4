/* SPDX-License-Identifier: Apache-2.0 */
/* void process_enter(const trap_ctxt_t *context): what a handler's end does, for a process that has
 * never been left: ss, sp, flags, cs, ip on the stack, then the virtual return. */
#include <prtos.h>

#define CTXT_IP 52
#define CTXT_SS 68

    .text
    .globl process_enter
process_enter:
    movl 4(%esp), %eax
    movl $CTXT_SS, %ecx
1:  pushl (%eax, %ecx)
    subl $4, %ecx
    cmpl $CTXT_IP, %ecx
    jae 1b
    /* The order in the context is ip, cs, flags, sp, ss: the same as on the stack. */
    __PRTOS_IRET

    /* The program of the processes begins a page. */
    .section process, "ax", @progbits
    .balign 4096

    .section .note.GNU-stack, "", @progbits
