/* SPDX-License-Identifier: Apache-2.0 */
/* What the gates of the IDT point at where each vector needs a few bytes of its own: they push the
 * vector and go on in entry.S. */
#include "x86.h"

        .text

/* Stubs of exceptions, EXCEPTION_BYTES each: vector on top of an error code. */
        .globl  entry_exceptions
entry_exceptions:
        .set    vector, 0
        .rept   32
7:      .if     (vector == 8) || ((vector >= 10) && (vector <= 14)) || (vector == 17)
        .else
        pushl   $0
        .endif
        pushl   $vector
        jmp     exception
        .skip   EXCEPTION_BYTES - (. - 7b)
        .set    vector, vector + 1
        .endr

/* Stubs of the machine's lines, kept ones first, LINE_BYTES each: the vector, less 128 so that it
 * fits a byte, in the place of the error code. */
        .balign 8
        .globl  entry_lines
entry_lines:
        .set    vector, VECTOR_KEPT
        .rept   VECTOR_LINE - VECTOR_KEPT + 32
        .balign LINE_BYTES
        pushl   $vector - 128
        jmp     interrupt
        .set    vector, vector + 1
        .endr
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
