/* SPDX-License-Identifier: Apache-2.0 */
/* The faults, with known addresses. */
#include <prtos.h>

    .text
ENTRY(fault_breakpoint)
    int3
    .globl fault_breakpoint_pc
fault_breakpoint_pc:
    ret
ENTRY(fault_memory)
    movl 0xfc000000, %eax
    ret
ENTRY(fault_page)
    .globl fault_page_pc
fault_page_pc:
    movl %eax, 0x5000
    ret
ENTRY(fault_invalid)
    ud2
    ret

    .section .note.GNU-stack, "", @progbits
