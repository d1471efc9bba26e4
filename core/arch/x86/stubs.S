/* SPDX-License-Identifier: Apache-2.0 */
/* What the gates of the IDT point at where each vector needs a few bytes of its own: they push the
 * vector and go on in entry.S. */
#include "x86.h"

        .text

/* Stubs stand in two halves around the one long jump, so that theirs to it are short. */

/* Of exceptions, EXCEPTION_BYTES each: vector on top of an error code. */
.macro  EXCEPTIONS first, target
        .set    vector, \first
        .rept   EXCEPTION_HALF
7:      .if     (vector == 8) || ((vector >= 10) && (vector <= 14)) || (vector == 17)
        .else
        pushl   $0
        .endif
        pushl   $vector
        jmp     \target
        .skip   EXCEPTION_BYTES - (. - 7b)
        .set    vector, vector + 1
        .endr
.endm
        .globl  entry_exceptions
entry_exceptions:
        EXCEPTIONS 0, 2f
2:      jmp     exception
        .skip   STUB_JUMP - (. - 2b)
        EXCEPTIONS EXCEPTION_HALF, 2b

/* Of the machine's lines, kept ones first, LINE_BYTES each: the vector, less 128 so that it fits a
 * byte, in the place of the error code. */
.macro  LINES first, target
        .set    vector, \first
        .rept   LINE_HALF
        pushl   $vector - 128
        jmp     \target
        .set    vector, vector + 1
        .endr
.endm
        .globl  entry_lines
entry_lines:
        LINES   VECTOR_KEPT, 2f
2:      jmp     interrupt
        .skip   STUB_JUMP - (. - 2b)
        LINES   VECTOR_KEPT + LINE_HALF, 2b
.macro  INTERRUPT name, vector
        .globl  \name
\name:
        pushl   $\vector - 128
        jmp     interrupt
.endm
        INTERRUPT entry_kick, VECTOR_KICK
        INTERRUPT entry_timer_told, VECTOR_TIMER
        INTERRUPT entry_stop, VECTOR_STOP
        INTERRUPT entry_restart, VECTOR_RESTART
        INTERRUPT entry_unused, VECTOR_UNUSED
/* Spurious ones need no end of interrupt (SDM vol. 3A, 11.9; 8259A). */
        .globl  entry_spurious
entry_spurious:
        iretl
