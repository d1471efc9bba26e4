/* SPDX-License-Identifier: Apache-2.0 */
/* Entry of a partition on AArch64: each vCPU comes here with x0 = base of the control tables and no
 * stack. vCPU 0 clears .bss; then each has its own stack and runs partition_main(). */
#include <prtos.h>
#include <config.h>

    .section .text.init, "ax", @progbits
ENTRY(start)
    .globl _start
_start:
    mov x19, x0
    mov x0, #get_vcpuid_nr
    __PRTOS_HC
    cbnz x0, 2f
    adrp x1, _sbss
    add x1, x1, :lo12:_sbss
    adrp x2, _ebss
    add x2, x2, :lo12:_ebss
    b 1f
0:  str xzr, [x1], #8
1:  cmp x1, x2
    b.lo 0b
2:  add x0, x0, #1
    mov x1, #STACK_SIZE
    adrp x2, _stack
    add x2, x2, :lo12:_stack
    madd x2, x0, x1, x2
    mov sp, x2
    mov x29, #0
    mov x30, #0
    mov x0, x19
    bl init_libprtos
    bl init_arch
    bl setup_irqs
    bl partition_main
    bl part_halt

    .section .bss
    .balign 16
    .globl _stack
_stack:
    .skip CONFIG_MAX_NO_VCPUS * STACK_SIZE

    .section .note.GNU-stack, "", @progbits
