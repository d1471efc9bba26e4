/* SPDX-License-Identifier: Apache-2.0 */
/* The faults, with known addresses. */
#include <prtos.h>

    .text
ENTRY(fault_breakpoint)
    svc #0
    .globl fault_breakpoint_pc
fault_breakpoint_pc:
    ret
/* Not an area, and outside of what areas may be. */
ENTRY(fault_memory)
    mov x0, #0xfc000000
    ldr w0, [x0]
    ret
ENTRY(fault_page)
    mov x0, #0x5000
    .globl fault_page_pc
fault_page_pc:
    str w0, [x0]
    ret
ENTRY(fault_invalid)
    udf #0
    ret

    .section .note.GNU-stack, "", @progbits
