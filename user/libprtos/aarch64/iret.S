/* SPDX-License-Identifier: Apache-2.0 */
/* Return from a virtual interrupt: jumped to with every register but x0 as the interrupted program
 * had it. Does not return. */
#include <prtos.h>

    .text
ENTRY(prtos_x86_iret)
    mov x0, #iret_nr
    __PRTOS_HC

    .section .note.GNU-stack, "", @progbits
