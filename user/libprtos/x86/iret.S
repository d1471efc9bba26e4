/* SPDX-License-Identifier: Apache-2.0 */
/* Return from a virtual interrupt: jumped to with esp at eip, cs, eflags. Does not return. */
#include <prtos.h>

    .text
ENTRY(prtos_x86_iret)
    __PRTOS_IRET

    .section .note.GNU-stack, "", @progbits
