/* SPDX-License-Identifier: Apache-2.0 */
/* Linked behind the program of the processes, which ends its page: nothing else is in it. */
    .section process, "ax", @progbits
    .balign 4096

    .section .note.GNU-stack, "", @progbits
